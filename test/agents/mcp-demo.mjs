// An MCP server on stdio with one tool.
import { createInterface } from "node:readline";

const results = {
  initialize: (params) => ({ protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: "demo", version: "1.0.0" } }),
  "tools/list": () => ({ tools: [{ name: "deploy", description: "Deploys to a region", inputSchema: { type: "object", properties: { region: { type: "string" } }, required: ["region"] } }] }),
  "tools/call": (params) => ({ content: [{ type: "text", text: `deployed to ${params.arguments.region}` }] }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) continue;
  const result = results[method]?.(params);
  const answer = result === undefined ? { error: { code: -32601, message: "no such method" } } : { result };
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", id, ...answer })}\n`);
}
