// An MCP server on stdio: one tool that does, and two that ask the person first.
import { createInterface } from "node:readline";

const region = { type: "object", properties: { region: { type: "string" } }, required: ["region"] };
const nothing = { type: "object", properties: {} };
const forms = {
  confirm: { message: "Deploy really?", requestedSchema: nothing },
  configure: { message: "Where shall it go?", requestedSchema: { type: "object", properties: { region: { type: "string", enum: ["eu-west", "us-east"], title: "Region" }, note: { type: "string", title: "Note" } }, required: ["region"] } },
};
const tools = [
  { name: "deploy", description: "Deploys to a region", inputSchema: region },
  { name: "confirm", description: "Asks whether to deploy", inputSchema: nothing },
  { name: "configure", description: "Asks where to deploy", inputSchema: nothing },
];
/** Calls that wait for what the person fills in, by the id of the form. */
const waiting = new Map();

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}

function tell(id, text) {
  send({ id, result: { content: [{ type: "text", text }] } });
}

function call(id, { name, arguments: given }) {
  if (forms[name] === undefined) return tell(id, `deployed to ${given.region}`);
  const form = `form-${waiting.size}`;
  waiting.set(form, id);
  send({ id: form, method: "elicitation/create", params: forms[name] });
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params, result } = JSON.parse(line);
  if (method === undefined && waiting.has(id)) tell(waiting.get(id), `the person says ${result.action}`);
  else if (id === undefined) continue;
  else if (method === "initialize") send({ id, result: { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: "demo", version: "1.0.0" } } });
  else if (method === "tools/list") send({ id, result: { tools } });
  else if (method === "tools/call") call(id, params);
  else send({ id, error: { code: -32601, message: "no such method" } });
}
