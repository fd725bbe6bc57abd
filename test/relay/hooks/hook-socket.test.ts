import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { callHook } from "../../../src/relay/hooks/call-hook.ts";
import { maxFrameBytes } from "../../../src/relay/hooks/frame.ts";
import { HookSocket, type HookCall } from "../../../src/relay/hooks/hook-socket.ts";
import type { Json } from "../../../src/prompt/event.ts";
import { HookFolder } from "./hook-folder.ts";

/** A session's ear in a folder of its own. */
class Ear implements AsyncDisposable {
  readonly folder: HookFolder;
  readonly socket: HookSocket;
  readonly #calls: AsyncIterator<HookCall>;
  readonly #ending = new AbortController();

  private constructor(folder: HookFolder, socket: HookSocket) {
    this.folder = folder;
    this.socket = socket;
    this.#calls = socket.calls(this.#ending.signal)[Symbol.asyncIterator]();
  }

  static async open(): Promise<Ear> {
    const folder = new HookFolder();
    return new Ear(folder, await HookSocket.listen(folder.place, "b".repeat(43)));
  }

  async call(): Promise<HookCall> {
    const next = await this.#calls.next();
    assert.ok(next.done !== true);
    return next.value;
  }

  /** Says `bytes` as a caller; gives what comes back until the end. */
  async says(bytes: string): Promise<string> {
    const socket = connect(this.socket.place.socket);
    const heard: Buffer[] = [];
    socket.on("data", (data) => heard.push(Buffer.from(data)));
    socket.on("error", () => undefined);
    socket.write(bytes);
    await new Promise((resolve) => socket.once("close", resolve));
    return Buffer.concat(heard).toString();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    await this.socket[Symbol.asyncDispose]();
    this.folder[Symbol.dispose]();
  }
}

const event = { hook_event_name: "Stop", text: "ä".repeat(1000) };

test("a hook brings its event, and passes the answer on", async () => {
  await using ear = await Ear.open();
  const passed: Json[] = [];
  const calling = callHook(ear.socket.place, "claude", event, (reply) => passed.push(reply));
  const call = await ear.call();
  assert.deepEqual([call.source, call.event], ["claude", event]);
  assert.equal(await call.answer({ yes: true }), true);
  await calling;
  assert.deepEqual(passed, [{ yes: true }]);
});

test("null lets the program ask by itself: nothing is passed on", async () => {
  await using ear = await Ear.open();
  const passed: Json[] = [];
  const calling = callHook(ear.socket.place, "claude", event, (reply) => passed.push(reply));
  await (await ear.call()).answer(null);
  await calling;
  assert.deepEqual(passed, []);
});

test("socket and bearer are their owner's alone, and go with the session", async () => {
  await using ear = await Ear.open();
  const { place } = ear.socket;
  assert.deepEqual([place.socket, place.bearer].map((file) => statSync(file).mode & 0o777), [0o600, 0o600]);
  assert.equal(readFileSync(place.bearer, "utf8").length, 43);
  await ear.socket[Symbol.asyncDispose]();
  assert.deepEqual(readdirSync(ear.folder.path), []);
});

test("a path that is too long for a socket makes none, anywhere", async () => {
  using folder = new HookFolder();
  const deep = folder.at("x".repeat(120));
  mkdirSync(deep);
  await assert.rejects(HookSocket.listen({ socket: join(deep, "s.sock"), bearer: join(deep, "s.key") }, "b"), RangeError);
  assert.deepEqual([readdirSync(folder.path).length, readdirSync(deep)], [1, []]);
});

const good = { bearer: "b".repeat(43), source: "claude", event: {} };
for (const [title, bytes] of [
  ["another bearer", `${JSON.stringify({ ...good, bearer: "c".repeat(43) })}\n`],
  ["a longer bearer", `${JSON.stringify({ ...good, bearer: "b".repeat(44) })}\n`],
  ["no bearer", `${JSON.stringify({ source: "claude", event: {} })}\n`],
  ["an unknown source", `${JSON.stringify({ ...good, source: "gemini" })}\n`],
  ["a field too many", `${JSON.stringify({ ...good, allow: true })}\n`],
  ["no JSON", "allow\n"],
  ["too much, without an end", "x".repeat(maxFrameBytes + 1)],
  ["too much", `${JSON.stringify({ ...good, event: "x".repeat(maxFrameBytes) })}\n`],
] as const) {
  test(`a caller with ${title} is hung up on, and the next one is heard`, async () => {
    await using ear = await Ear.open();
    assert.equal(await ear.says(bytes), "");
    void callHook(ear.socket.place, "claude", "next", () => undefined).catch(() => undefined);
    assert.equal((await ear.call()).event, "next");
  });
}

test("a hook that goes away is noticed, and can't be answered", async () => {
  await using ear = await Ear.open();
  const caller = connect(ear.socket.place.socket);
  caller.write(`${JSON.stringify(good)}\n`);
  const call = await ear.call();
  caller.destroy();
  if (!call.gone.aborted) await once(call.gone, "abort");
  assert.equal(await call.answer({ yes: true }), false);
});

test("a session that goes away leaves the hook without an answer", async () => {
  const ear = await Ear.open();
  const passed: Json[] = [];
  const calling = callHook(ear.socket.place, "claude", event, (reply) => passed.push(reply));
  await ear.call();
  await ear[Symbol.asyncDispose]();
  await calling.catch(() => undefined);
  assert.deepEqual(passed, []);
});

test("a hook without a session fails at once", async () => {
  await assert.rejects(callHook({ socket: "/nowhere/s.sock", bearer: "/nowhere/s.key" }, "claude", event, () => undefined));
});

test("an event that is too large for a message is not sent", async () => {
  await using ear = await Ear.open();
  await assert.rejects(callHook(ear.socket.place, "claude", "x".repeat(maxFrameBytes), () => undefined), RangeError);
});
