import { type Api, json, mintId, stream } from "./api.ts";
import { dict, dicts, text, type Dict } from "./conversation.ts";

function textOf({ content }: Dict): string {
  return typeof content === "string" ? content : dicts(content).map((part) => text(part["text"])).join("\n");
}

/** OpenAI Chat Completions: Qwen Code, opencode, Copilot. */
export const chat: Api = {
  path: /\/chat\/completions$/,
  read(body) {
    const offered = dicts(body["tools"]).map((tool) => dict(tool["function"]));
    return {
      tools: new Map(offered.map((tool) => [text(tool["name"]), dict(tool["parameters"])])),
      entries: dicts(body["messages"]).map((message) => ({
        by: message["role"] === "assistant" ? "model" : "user",
        text: message["role"] === "user" ? textOf(message) : "",
        results: message["role"] === "tool" ? [text(message["content"])] : [],
      })),
      isStreamed: body["stream"] === true,
    };
  },
  errand: () => "Scene",
  write(response, body, { isStreamed }, pieces) {
    const words = pieces.flatMap((piece) => ("text" in piece ? [piece.text] : [])).join("");
    const calls = pieces.flatMap((piece) => ("call" in piece ? [piece.call] : [])).map(({ tool, input }, index) => ({ index, id: mintId("call"), type: "function", function: { name: tool, arguments: JSON.stringify(input) } }));
    const reason = calls.length > 0 ? "tool_calls" : "stop";
    const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };
    const base = { id: mintId("chatcmpl"), created: Math.floor(Date.now() / 1000), model: body["model"] };
    const message = { role: "assistant", content: words === "" ? null : words, ...(calls.length > 0 ? { tool_calls: calls } : {}) };
    if (!isStreamed) return json(response, { ...base, object: "chat.completion", choices: [{ index: 0, finish_reason: reason, message }], usage });
    stream(response);
    const send = (delta: Dict, finish: string | null): void =>
      void response.write(`data: ${JSON.stringify({ ...base, object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`);
    send({ role: "assistant", content: "" }, null);
    if (words !== "") send({ content: words }, null);
    for (const call of calls) send({ tool_calls: [call] }, null);
    send({}, reason);
    response.write(`data: ${JSON.stringify({ ...base, object: "chat.completion.chunk", choices: [], usage })}\n\n`);
    response.end("data: [DONE]\n\n");
  },
};
