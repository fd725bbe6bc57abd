import { type Api, json, mintId, stream } from "./api.ts";
import { dict, dicts, text, type Dict } from "./conversation.ts";

function textOf(message: Dict): string {
  const { content } = message;
  return typeof content === "string" ? content : dicts(content).filter(({ type }) => type === "text").map((block) => text(block["text"])).join("\n");
}

function systemOf(body: Dict): string {
  return typeof body["system"] === "string" ? body["system"] : dicts(body["system"]).map((block) => text(block["text"])).join("\n");
}

/** Anthropic Messages: Claude Code. */
export const anthropic: Api = {
  path: /\/v1\/messages$/,
  read(body) {
    const isSide = /haiku/.test(text(body["model"]));
    return {
      tools: new Map(isSide ? [] : dicts(body["tools"]).map((tool) => [text(tool["name"]), dict(tool["input_schema"])])),
      entries: dicts(body["messages"]).map((message) => ({
        by: message["role"] === "assistant" ? "model" : "user",
        text: textOf(message),
        results: dicts(message["content"]).filter(({ type }) => type === "tool_result").map((block) => text(block["content"])),
      })),
      isStreamed: body["stream"] === true,
    };
  },
  errand(body) {
    const system = systemOf(body);
    const last = textOf(dicts(body["messages"]).at(-1) ?? {});
    if (/prefix/i.test(system + last)) return /Command: (\S+)/.exec(last)?.[1] ?? "none";
    return /title/i.test(system) ? '{"title":"Scene","isNewTopic":true}' : "ok";
  },
  write(response, body, { isStreamed }, pieces) {
    const reason = pieces.some((piece) => "call" in piece) ? "tool_use" : "end_turn";
    const usage = { input_tokens: 100, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 20 };
    const content = pieces.map((piece) => ("call" in piece ? { type: "tool_use", id: mintId("toolu"), name: piece.call.tool, input: piece.call.input } : { type: "text", text: piece.text }));
    const message = { id: mintId("msg"), type: "message", role: "assistant", model: body["model"], content, stop_reason: reason, stop_sequence: null, usage };
    if (!isStreamed) return json(response, message);
    stream(response);
    const send = (type: string, event: Dict): void => void response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...event })}\n\n`);
    send("message_start", { message: { ...message, content: [], stop_reason: null } });
    for (const [index, block] of content.entries()) {
      const isCall = block.type === "tool_use";
      send("content_block_start", { index, content_block: isCall ? { ...block, input: {} } : { type: "text", text: "" } });
      send("content_block_delta", { index, delta: isCall ? { type: "input_json_delta", partial_json: JSON.stringify(block.input) } : { type: "text_delta", text: block.text } });
      send("content_block_stop", { index });
    }
    send("message_delta", { delta: { stop_reason: reason, stop_sequence: null }, usage: { output_tokens: 42 } });
    send("message_stop", {});
    response.end();
  },
};
