import { type Api, json, mintId, stream } from "./api.ts";
import { dict, dicts, text, type Dict } from "./conversation.ts";

/** Gemini's API: Gemini CLI. The path says whether the answer is streamed. */
export const gemini: Api = {
  path: /\/models\/[^:]+:(?:streamGenerateContent|generateContent)$/,
  read(body, path) {
    const offered = dicts(body["tools"]).flatMap((tool) => dicts(tool["functionDeclarations"]));
    return {
      tools: new Map(offered.map((tool) => [text(tool["name"]), dict(tool["parametersJsonSchema"] ?? tool["parameters"])])),
      entries: dicts(body["contents"]).map((content) => {
        const parts = dicts(content["parts"]);
        const results = parts.filter((part) => "functionResponse" in part).map((part) => text(dict(part["functionResponse"])["response"]));
        return { by: content["role"] === "model" ? "model" : "user", text: results.length > 0 ? "" : parts.map((part) => text(part["text"])).join("\n"), results };
      }),
      isStreamed: path.includes("stream"),
    };
  },
  errand(body) {
    const wanted = dict(body["generationConfig"]);
    const isJson = wanted["responseMimeType"] === "application/json" || "responseJsonSchema" in wanted;
    return isJson ? JSON.stringify({ reasoning: "scene", next_speaker: "user", model_choice: "pro", complexity_score: 10, complexity_reasoning: "scene", summary: "scene" }) : "ok";
  },
  write(response, _body, { isStreamed }, pieces) {
    const parts = pieces.map((piece) => ("call" in piece ? { functionCall: { id: mintId("fc"), name: piece.call.tool, args: piece.call.input } } : { text: piece.text }));
    const answer = (parts: readonly Dict[], isLast: boolean): Dict => ({
      candidates: [{ content: { role: "model", parts }, index: 0, ...(isLast ? { finishReason: "STOP" } : {}) }],
      usageMetadata: { promptTokenCount: 100, candidatesTokenCount: 20, totalTokenCount: 120 },
      responseId: mintId("r"),
    });
    if (!isStreamed) return json(response, answer(parts, true));
    stream(response);
    for (const part of parts) response.write(`data: ${JSON.stringify(answer([part], false))}\n\n`);
    response.end(`data: ${JSON.stringify(answer([{ text: "" }], true))}\n\n`);
  },
};
