import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { test } from "node:test";
import fc from "fast-check";
import type { Json } from "../../../src/prompt/event.ts";
import { callHook } from "../../../src/relay/hooks/call-hook.ts";
import { HookSocket } from "../../../src/relay/hooks/hook-socket.ts";
import { HookFolder } from "./hook-folder.ts";

const bearer = "b".repeat(43);

/** Bytes that a stranger may send: noise, nearly a greeting, a greeting cut somewhere. */
const greeting = JSON.stringify({ bearer: "c".repeat(43), source: "claude", event: { hook_event_name: "PermissionRequest" } });
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((noise) => Buffer.from(noise)),
  fc.jsonValue().map((value) => Buffer.from(`${JSON.stringify(value)}\n`)),
  fc.nat(greeting.length).map((end) => Buffer.from(`${greeting.slice(0, end)}\n`)),
  fc.constant(Buffer.from(`${greeting}\n${greeting}\n`)),
);

test("nobody without the bearer is heard, whatever they send and in whatever pieces", async () => {
  using folder = new HookFolder();
  await using ear = await HookSocket.listen(folder.place, bearer);
  const ending = new AbortController();
  const heard: Json[] = [];
  const hearing = (async () => {
    for await (const call of ear.calls(ending.signal)) heard.push(call.event);
  })();
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { minLength: 1, maxLength: 3 }), async (pieces) => {
      const socket = connect(folder.place.socket).on("error", () => undefined);
      const answered: Buffer[] = [];
      socket.on("data", (data) => answered.push(Buffer.from(data)));
      for (const piece of pieces) socket.write(piece);
      socket.end();
      await once(socket, "close");
      assert.equal(Buffer.concat(answered).length, 0);
    }),
    { numRuns: 200 },
  );
  ending.abort();
  await hearing;
  assert.deepEqual(heard, []);
});

test("whatever stands in the session's place, the hook passes on one whole answer or none", async () => {
  using folder = new HookFolder();
  writeFileSync(folder.place.bearer, bearer);
  let lie = Buffer.alloc(0);
  const server = createServer((socket) => void socket.on("error", () => undefined).resume().end(lie));
  await new Promise<void>((resolve) => server.listen(folder.place.socket, resolve));
  const answer = '{"reply":{"behavior":"allow"}}\n';
  const lies = fc.oneof(
    bytes,
    fc.nat(answer.length - 1).map((end) => Buffer.from(answer.slice(0, end))),
    fc.jsonValue().map((value) => Buffer.from(`${JSON.stringify({ reply: "allow", more: value })}\n`)),
  );
  await fc.assert(
    fc.asyncProperty(lies, async (told) => {
      lie = told;
      const passed: Json[] = [];
      await callHook(folder.place, "claude", {}, (reply) => passed.push(reply)).catch(() => undefined);
      assert.deepEqual(passed, []);
    }),
    { numRuns: 200 },
  );
  lie = Buffer.from(answer);
  const passed: Json[] = [];
  await callHook(folder.place, "claude", {}, (reply) => passed.push(reply));
  assert.deepEqual(passed, [{ behavior: "allow" }]);
  await new Promise((resolve) => server.close(resolve));
});

test("a caller that never ends its first message is hung up on", async () => {
  using folder = new HookFolder();
  await using _ear = await HookSocket.listen(folder.place, bearer);
  const socket = connect(folder.place.socket).on("error", () => undefined);
  socket.write('{"bearer":');
  socket.resume();
  await once(socket, "close");
});
