import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { inspect, promisify } from "node:util";
import { parseApiRoot } from "../../../src/channel/telegram/api-root.ts";
import { TelegramClient } from "../../../src/channel/telegram/client.ts";
import { RichText } from "../../../src/channel/telegram/rich-text.ts";
import type { Fault } from "../../botapi/fault.ts";
import { startBotApi } from "../../botapi/server.ts";
import { FastClock, quick } from "./fast-clock.ts";

const canary = "AAHcanarycanarycanarycanarycanary01";
const token = `110201543:${canary}`;
const typed = "typed-secret-hunter2";

const faults: Fault[] = [
  { kind: "flood", retryAfter: 1 },
  { kind: "error", code: 401, description: "Unauthorized" },
  { kind: "error", code: 404, description: `Not Found: /bot${token}/sendMessage` },
  { kind: "error", code: 400, description: `Bad Request: ${token}` },
  { kind: "html", status: 502 },
  { kind: "html", status: 200 },
  { kind: "html", status: 403 },
  { kind: "redirect", location: "https://elsewhere.example/" },
  { kind: "redirect", location: `/bot${token}/sendMessage` },
  { kind: "reset" },
  { kind: "hang" },
  { kind: "lost" },
];

/** Everything that anyone could print of an error. */
function everythingOf(error: unknown): string {
  return [inspect(error, { depth: 10, showHidden: true, getters: true }), JSON.stringify(error), String(error), error instanceof Error ? error.stack : ""].join("\n");
}

for (const fault of faults) {
  test(`an error after ${JSON.stringify(fault).replace(token, "TOKEN")} holds neither the token nor what was sent`, async () => {
    await using api = await startBotApi({ token });
    api.user(42);
    const client = new TelegramClient({ token: { reveal: () => token }, apiRoot: parseApiRoot(api.url), clock: new FastClock(), patience: { ...quick, callMs: 60_000 } });
    api.fault("sendMessage", fault, Infinity);
    const { signal } = new AbortController();
    const error: unknown = await client.sendMessage(42, new RichText(typed), {}, signal).then(() => undefined, (error: unknown) => error);
    assert.ok(error instanceof Error);
    const shown = everythingOf(error);
    assert.ok(!shown.includes(canary), shown);
    assert.ok(!shown.includes(typed), shown);
    assert.equal(error.cause, undefined);
    assert.ok(!inspect(client, { depth: 10, showHidden: true }).includes(canary));
  });
}

test("an error for a server that is not there, or a token that cannot stand in an address, holds no token either", async () => {
  const { signal } = new AbortController();
  for (const [secret, root] of [[token, "http://127.0.0.1:9"], [`${token}\n€`, "http://127.0.0.1:9"], [token, "https://nowhere.invalid"]] as const) {
    const client = new TelegramClient({ token: secret, apiRoot: parseApiRoot(root), clock: new FastClock(), patience: { ...quick, callMs: 60_000 } });
    const error: unknown = await client.sendMessage(42, new RichText(typed), {}, signal).catch((error: unknown) => error);
    assert.ok(error instanceof Error && !everythingOf(error).includes(canary) && !everythingOf(error).includes(typed));
  }
});

test("a redirect takes neither the token nor the text anywhere else", async () => {
  const visits: string[] = [];
  const thief = createServer((request, response) => {
    visits.push(request.url ?? "");
    response.end("{}");
  });
  await new Promise<void>((resolve) => thief.listen(0, "127.0.0.1", resolve));
  const address = thief.address();
  assert.ok(address !== null && typeof address === "object");
  await using api = await startBotApi({ token });
  api.user(42);
  const client = new TelegramClient({ token, apiRoot: parseApiRoot(api.url), clock: new FastClock(), patience: { ...quick, callMs: 60_000 } });
  api.fault("sendMessage", { kind: "redirect", location: `http://127.0.0.1:${address.port}/bot${token}/sendMessage` });
  const { signal } = new AbortController();
  await assert.rejects(client.sendMessage(42, new RichText(typed), {}, signal), /a redirect, which is not followed/);
  thief.close();
  assert.deepEqual(visits, []);
});

test("Node's own debugging output does not hold the token", async () => {
  const env = { ...process.env, NODE_DEBUG: "http,https,net,tls,stream,url,fetch,undici,dns", DEBUG: "" };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--import", "tsx", join(import.meta.dirname, "debugging.child.ts")], { env, maxBuffer: 2 ** 26 });
  assert.match(stderr, /HTTP/);
  assert.ok(!`${stdout}${stderr}`.includes("AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"));
});
