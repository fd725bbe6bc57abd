import { type Api, mintId, type Piece, stream } from "./api.ts";
import { dict, dicts, text, type Dict, type Entry } from "./conversation.ts";

/** OpenAI Responses: Codex. */
export const responses: Api = {
  path: /\/responses$/,
  read(body) {
    const offered = dicts(body["tools"]).flatMap((tool) => (tool["type"] === "namespace" ? dicts(tool["tools"]) : [tool]));
    const input = Array.isArray(body["input"]) ? dicts(body["input"]) : [{ role: "user", content: text(body["input"]) }];
    return { tools: new Map(offered.map((tool) => [text(tool["name"] ?? tool["type"]), dict(tool["parameters"])])), entries: entriesOf(input), isStreamed: true };
  },
  errand: () => "Scene",
  write(response, body, _conversation, pieces) {
    stream(response);
    let sequence = 0;
    const send = (type: string, event: Dict): void => void response.write(`event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: (sequence += 1), ...event })}\n\n`);
    const base = { id: mintId("resp"), object: "response", created_at: Math.floor(Date.now() / 1000), model: body["model"] };
    send("response.created", { response: { ...base, status: "in_progress", output: [] } });
    const output = pieces.map((piece) => itemOf(piece, dicts(body["tools"])));
    for (const [output_index, item] of output.entries()) {
      send("response.output_item.added", { output_index, item: { ...item, status: "in_progress" } });
      if ("content" in item) {
        const place = { item_id: item.id, output_index, content_index: 0 };
        send("response.content_part.added", { ...place, part: { type: "output_text", text: "", annotations: [] } });
        send("response.output_text.delta", { ...place, delta: item.content[0]?.text });
        send("response.output_text.done", { ...place, text: item.content[0]?.text });
      }
      send("response.output_item.done", { output_index, item });
    }
    const usage = { input_tokens: 100, input_tokens_details: { cached_tokens: 0 }, output_tokens: 20, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 120 };
    send("response.completed", { response: { ...base, status: "completed", output, usage } });
    response.end();
  },
};

/** What one answer of the model brought (words, calls) is one entry. */
function entriesOf(input: readonly Dict[]): Entry[] {
  const entries: Entry[] = [];
  let isModel = false;
  for (const item of input) {
    const type = text(item["type"]);
    if (type === "reasoning") continue;
    const byModel = item["role"] === "assistant" || type.endsWith("_call");
    if (!(byModel && isModel)) {
      const words = typeof item["content"] === "string" ? item["content"] : dicts(item["content"]).map((part) => text(part["text"])).join("\n");
      entries.push({ by: byModel ? "model" : "user", text: words, results: type.endsWith("_output") ? [text(item["output"])] : [] });
    }
    isModel = byModel;
  }
  return entries;
}

function itemOf(piece: Piece, tools: readonly Dict[]) {
  if ("text" in piece) return { type: "message", id: mintId("msg"), status: "completed", role: "assistant", content: [{ type: "output_text", text: piece.text, annotations: [] }] };
  const { tool, input, raw } = piece.call;
  const takesText = raw !== undefined && tools.some(({ name, type }) => name === tool && type === "custom");
  const call = { status: "completed", call_id: mintId("call"), name: tool };
  return takesText ? { type: "custom_tool_call", id: mintId("ctc"), ...call, input: raw } : { type: "function_call", id: mintId("fc"), ...call, arguments: JSON.stringify(raw === undefined ? input : { input: raw }) };
}
