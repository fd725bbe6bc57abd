import assert from "node:assert/strict";
import { test } from "node:test";
import type { Incoming } from "../../../src/channel/channel.ts";
import type { TelegramState } from "../../../src/channel/telegram/health.ts";
import type { TelegramOptions } from "../../../src/channel/telegram/telegram.ts";
import type { Fault } from "../../botapi/fault.ts";
import { askOf } from "../ask.ts";
import { FastClock, quick } from "./fast-clock.ts";
import { offsetsInMemory, openStage, type TelegramStage } from "./stage.ts";

/** A stage on a fast clock, its states as they were reported, and one consumer of its replies. */
async function polling(options: Partial<TelegramOptions> = {}) {
  const clock = new FastClock();
  const states: TelegramState[] = [];
  const stage = await openStage({ clock, onState: (state) => states.push(state), patience: quick, ...options });
  const leave = new AbortController();
  const replies = stage.channel.replies(leave.signal)[Symbol.asyncIterator]();
  return { ...stageParts(stage), clock, states, replies, leave, [Symbol.asyncDispose]: async () => { leave.abort(); await stage[Symbol.asyncDispose](); } };
}

function stageParts({ api, ada, channel }: TelegramStage) {
  return { api, ada, channel };
}

async function choiceOf(next: Promise<IteratorResult<Incoming>>): Promise<unknown> {
  const result = await next;
  if (result.done === true) throw new Error("the channel ended its replies");
  return result.value.reply.answer;
}

const passing: readonly [string, Fault, number][] = [
  ["429", { kind: "flood", retryAfter: 3 }, 2],
  ["502 with a web page", { kind: "html", status: 502 }, 3],
  ["a captive portal's page", { kind: "html", status: 200 }, 2],
  ["a cut connection", { kind: "reset" }, 3],
  ["an answer that is lost", { kind: "lost" }, 2],
  ["a server that hangs", { kind: "hang" }, 1],
  ["409", { kind: "error", code: 409, description: "Conflict: terminated by other getUpdates request" }, 2],
  ["401", { kind: "error", code: 401, description: "Unauthorized" }, 1],
  ["500", { kind: "error", code: 500, description: "Internal Server Error" }, 2],
  ["a redirect", { kind: "redirect", location: "http://127.0.0.1:9/bot1/getUpdates" }, 1],
];
for (const [name, fault, times] of passing) {
  test(`a tap arrives in spite of ${name}, and the trouble is told once, and its end`, async () => {
    await using scene = await polling();
    await scene.channel.send(askOf(), scene.leave.signal);
    scene.states.length = 0;
    scene.api.fault("getUpdates", fault, times);
    const next = scene.replies.next();
    await scene.ada.taps("Yes");
    assert.deepEqual(await choiceOf(next), { choice: 1 });
    assert.equal(scene.states.length, 2);
    assert.equal(scene.states.at(-1)?.is, "ok");
    assert.notEqual(scene.states[0]?.is, "ok");
    for (const { message } of scene.states) assert.ok(!message.includes(scene.api.token.slice(10)), message);
  });
}

test("what is wrong is told in kinds that a person can act on", async () => {
  const kinds: [Fault, TelegramState["is"]][] = [
    [{ kind: "error", code: 401, description: "Unauthorized" }, "refused"],
    [{ kind: "error", code: 404, description: "Not Found" }, "refused"],
    [{ kind: "error", code: 409, description: "Conflict" }, "conflict"],
    [{ kind: "html", status: 502 }, "degraded"],
    [{ kind: "reset" }, "degraded"],
  ];
  for (const [fault, kind] of kinds) {
    await using scene = await polling();
    scene.api.fault("getUpdates", fault);
    void scene.replies.next();
    await scene.api.until("state", () => scene.states[0]);
    assert.equal(scene.states[0]?.is, kind);
  }
});

test("a poll's trouble is forgotten when another process polls instead", async () => {
  await using scene = await polling();
  scene.api.fault("getUpdates", { kind: "error", code: 409, description: "Conflict" }, Infinity);
  const next = scene.replies.next();
  await scene.api.call("getUpdates", (call) => call.status === 409);
  await scene.api.until("second poll", () => scene.api.calls.filter((call) => call.method === "getUpdates")[1]);
  scene.leave.abort();
  await next;
  await scene.channel.send(askOf(), new AbortController().signal);
  assert.deepEqual(scene.states.map((state) => state.is), ["conflict", "ok"]);
});

test("Telegram's retry_after is kept to, and a little more", async () => {
  await using scene = await polling();
  scene.api.fault("getUpdates", { kind: "flood", retryAfter: 7 });
  void scene.replies.next();
  await scene.api.polled();
  const [refused, repeated] = scene.api.calls.filter((call) => call.method === "getUpdates");
  assert.ok(scene.clock.slept.includes(7_250));
  assert.ok(refused !== undefined && repeated !== undefined && repeated.at - refused.at >= 70);
});

test("an update counts as handled when the consumer comes back, and is confirmed with the next poll", async () => {
  const offsets = offsetsInMemory();
  await using scene = await polling({ offsets });
  await scene.channel.send(askOf(), scene.leave.signal);
  const tap = await scene.ada.taps("Yes");
  await scene.replies.next();
  assert.deepEqual([offsets.get(), scene.api.unconfirmed], [undefined, 1]);
  void scene.replies.next();
  await scene.api.until("confirmation", () => (scene.api.unconfirmed === 0 ? true : undefined));
  assert.equal(offsets.get(), tap.updateId + 1);
});

test("an update that an earlier run handled, but did not confirm, is not handled again", async () => {
  await using scene = await polling({ offsets: offsetsInMemory(870_000_002) });
  await scene.channel.send(askOf(), scene.leave.signal);
  await scene.ada.taps("Yes");
  await scene.ada.taps("No");
  assert.deepEqual(await choiceOf(scene.replies.next()), { choice: 0 });
});

test("an update that comes twice is handled once", async () => {
  await using scene = await polling();
  await scene.channel.send(askOf(), scene.leave.signal);
  const [message] = scene.ada.inbox;
  assert.ok(message !== undefined);
  for (const id of [900, 900, 901]) {
    const [yes, no] = message.buttons;
    const { data } = (id === 900 ? yes : no) ?? {};
    scene.api.deliver({ update_id: id, callback_query: { id: String(id), from: { id: 42, is_bot: false, first_name: "Ada" }, message: { message_id: message.id, chat: { id: 42, type: "private" } }, data } });
  }
  assert.deepEqual(await choiceOf(scene.replies.next()), { choice: 1 });
  assert.deepEqual(await choiceOf(scene.replies.next()), { choice: 0 });
});

test("updates that come out of order are all handled, in order", async () => {
  await using scene = await polling();
  const texts = (id: number) => ({ update_id: id, message: { message_id: id, from: { id: 42, is_bot: false }, chat: { id: 42, type: "private" }, text: `text ${id}`, reply_to_message: { message_id: 1, chat: { id: 42, type: "private" } } } });
  for (const id of [502, 501, 503]) scene.api.deliver(texts(id));
  const seen = [await scene.replies.next(), await scene.replies.next(), await scene.replies.next()].map(({ value }) => value.reply.reference);
  assert.deepEqual(seen, ["501", "502", "503"]);
});

test("numbers that Telegram begins anew, far below the old ones, lose no update", async () => {
  await using scene = await polling({ offsets: offsetsInMemory(870_000_900) });
  const texts = (id: number) => ({ update_id: id, message: { message_id: id, from: { id: 42, is_bot: false }, chat: { id: 42, type: "private" }, text: "hello", reply_to_message: { message_id: 1, chat: { id: 42, type: "private" } } } });
  scene.api.deliver(texts(870_000_905));
  assert.equal((await scene.replies.next()).value.reply.reference, "870000905");
  const next = scene.replies.next();
  await scene.api.until("confirmation", () => (scene.api.unconfirmed === 0 ? true : undefined));
  // The poll that confirmed must have been answered, empty, before Telegram can begin anew.
  await scene.api.until("poll without an offset", () => scene.api.calls.filter((call) => call.method === "getUpdates").at(-1)?.params["offset"] === undefined || undefined);
  scene.api.deliver(texts(17));
  assert.equal((await next).value.reply.reference, "17");
});

test("a poll whose connection died while the machine slept is given up when it wakes", async () => {
  await using scene = await polling({ patience: { pollS: 50, graceMs: 1e9, callMs: 300_000 } });
  scene.api.fault("getUpdates", { kind: "hang" });
  await scene.channel.send(askOf(), scene.leave.signal);
  const next = scene.replies.next();
  await scene.api.until("hanging poll", () => scene.api.calls.find((call) => call.method === "getUpdates"));
  await scene.ada.taps("Yes");
  scene.clock.loses(8 * 3_600_000);
  assert.deepEqual(await choiceOf(next), { choice: 1 });
  assert.ok(scene.states.every((state) => state.is === "ok"));
});

test("only messages and taps are asked for, with every poll", async () => {
  await using scene = await polling();
  void scene.replies.next();
  await scene.api.polled();
  for (const call of scene.api.calls) assert.deepEqual(call.params["allowed_updates"], ["message", "callback_query"]);
});

test("a server that answers at once with nothing new is not asked in a spin", async () => {
  await using scene = await polling();
  const stuck = { update_id: 77, message: { message_id: 1, from: { id: 7 } } };
  const { api } = scene;
  void scene.replies.next();
  await api.polled();
  const hasPaused = () => scene.clock.slept.some((ms) => ms > 0 && ms <= 1_000);
  // On a machine so busy that each poll takes a second by itself there is nothing to pause for.
  for (let times = 0; times < 30 && !hasPaused(); times++) {
    api.deliver(stuck);
    await api.polled();
  }
  assert.ok(hasPaused());
});

test("offsets that cannot be kept keep nobody from answering", async () => {
  const broken = { get: () => undefined, set: () => { throw new Error("database is locked"); } };
  await using scene = await polling({ offsets: broken });
  await scene.channel.send(askOf(), scene.leave.signal);
  await scene.ada.taps("Yes");
  assert.deepEqual(await choiceOf(scene.replies.next()), { choice: 1 });
  await scene.ada.taps("No");
  assert.deepEqual(await choiceOf(scene.replies.next()), { choice: 0 });
});

test("leaving takes no longer than hanging up", async () => {
  await using scene = await polling({ patience: { pollS: 50, graceMs: 1e9, callMs: 300_000 } });
  const next = scene.replies.next();
  await scene.api.polled();
  scene.leave.abort();
  assert.equal((await next).done, true);
  await scene.api.until("hang-up", () => (scene.api.isPolled ? undefined : true));
});
