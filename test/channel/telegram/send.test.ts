import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { test } from "node:test";
import type { TelegramOptions } from "../../../src/channel/telegram/telegram.ts";
import type { Fault } from "../../botapi/fault.ts";
import { askOf, decisionOn, receipt } from "../ask.ts";
import { FastClock, patient, quick, SleepersClock } from "./fast-clock.ts";
import { openStage } from "./stage.ts";

const { signal } = new AbortController();

async function sending(options: Partial<TelegramOptions> = {}) {
  const clock = new FastClock();
  const stage = await openStage({ clock, patience: patient, ...options });
  const sends = () => stage.api.calls.filter((call) => call.method === "sendMessage");
  return { stage, clock, sends, api: stage.api, channel: stage.channel, ada: stage.ada, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() };
}

const passing: [string, Fault, number][] = [
  ["429", { kind: "flood", retryAfter: 2 }, 3],
  ["502", { kind: "html", status: 502 }, 5],
  ["a captive portal", { kind: "html", status: 200 }, 5],
  ["500", { kind: "error", code: 500, description: "Internal Server Error" }, 4],
];
for (const [name, fault, times] of passing) {
  test(`a prompt arrives once, and unmarked, in spite of ${name}`, async () => {
    await using scene = await sending();
    scene.api.fault("sendMessage", fault, times);
    await scene.channel.send(askOf(), signal);
    assert.equal(scene.sends().length, times + 1);
    assert.deepEqual(scene.ada.inbox.map((message) => message.text.startsWith("packages asks")), [true]);
  });
}

const unclear: [string, Fault, number][] = [
  ["that arrived but was not acknowledged", { kind: "lost" }, 2],
  ["whose connection was cut", { kind: "reset" }, 1],
  ["that was never answered", { kind: "hang" }, 1],
  ["that a gateway gave up", { kind: "error", code: 504, description: "Gateway Timeout" }, 1],
];
for (const [name, fault, copies] of unclear) {
  const patience = fault.kind === "hang" ? quick : patient;
  test(`a prompt ${name} is sent once more, marked, with the same buttons`, async () => {
    await using scene = await sending({ patience });
    scene.api.fault("sendMessage", fault);
    const ask = askOf();
    const refs = await scene.channel.send(ask, signal);
    const { inbox } = scene.ada;
    assert.equal(inbox.length, copies);
    assert.match(inbox.at(-1)?.text ?? "", /^\(again\) packages asks\n/);
    assert.deepEqual(inbox.at(-1)?.within("code")[0], "packages");
    assert.deepEqual(refs.map((ref) => ref.id), [String(inbox.at(-1)?.id)]);
    assert.equal(new Set(inbox.map((message) => JSON.stringify(message.buttons))).size, 1);
  });

  test(`a prompt ${name} twice is not sent a third time`, async () => {
    await using scene = await sending({ patience });
    scene.api.fault("sendMessage", fault, Infinity);
    await assert.rejects(scene.channel.send(askOf(), signal), { name: "TelegramTrouble" });
    assert.equal(scene.sends().length, 2);
  });
}

test("a server that is not there is tried until the prompt expires", async () => {
  const clock = new SleepersClock();
  const ask = askOf({}, { timeoutMs: 10_000 });
  await using scene = await sending({ clock, apiRoot: "http://127.0.0.1:9" });
  await assert.rejects(scene.channel.send(ask, signal), /Telegram cannot be reached \(sendMessage: ECONNREFUSED\)/);
  assert.deepEqual(clock.slept.filter((ms) => ms > 500 && ms <= 5_000), [750, 1_500, 3_000, 3_750]);
});

test("a send that is no longer wanted ends at once", async () => {
  await using scene = await sending({ apiRoot: "http://127.0.0.1:9" });
  const unwanted = new AbortController();
  const sent = scene.channel.send(askOf(), unwanted.signal);
  unwanted.abort();
  await assert.rejects(sent, { name: "AbortError" });
});

test("a message on its way is finished when it is no longer wanted, so that it can be settled", async () => {
  await using scene = await sending();
  const unwanted = new AbortController();
  const sent = scene.channel.send(askOf(), unwanted.signal);
  await scene.api.until("call", () => scene.api.calls.find(({ method }) => method === "sendMessage"));
  unwanted.abort();
  assert.equal((await sent).length, 1);
});

test("a server that refuses the entities gets the same text without them", async () => {
  await using scene = await sending();
  scene.api.fault("sendMessage", { kind: "error", code: 400, description: "Bad Request: can't parse entities: unsupported" });
  await scene.channel.send(askOf(), signal);
  const [message] = scene.ada.inbox;
  assert.deepEqual([message?.entities.length, message?.buttons.length, message?.text.includes("Do you want to continue?")], [0, 2, true]);
});

test("one who has blocked the bot keeps the prompt from nobody else, and it is told", async () => {
  const missed: unknown[] = [];
  await using scene = await sending({ allowedUsers: [42, 43, 44], onMissed: (who) => missed.push(who) });
  scene.api.user(43).blocks();
  const refs = await scene.channel.send(askOf(), signal);
  assert.deepEqual(refs.map((ref) => ref.recipient), ["telegram:42"]);
  assert.deepEqual(missed, [
    { recipient: "telegram:43", message: "Telegram may not write to this person (sendMessage: 403 Forbidden: bot was blocked by the user)" },
    { recipient: "telegram:44", message: "this person has not pressed Start in the chat with the bot (sendMessage: 400 Bad Request: chat not found)" },
  ]);
});

test("a send that reaches nobody rejects, with words for a person", async () => {
  await using scene = await sending();
  scene.ada.blocks();
  await assert.rejects(scene.channel.send(askOf(), signal), /Telegram may not write to this person/);
});

test("each person's buttons are good for that person only", async () => {
  await using scene = await sending({ allowedUsers: [42, 43] });
  const bob = scene.api.user(43, { first_name: "Bob" });
  await scene.channel.send(askOf(), signal);
  const [mine, his] = [scene.ada, bob].map((user) => user.inbox[0]?.buttons.map((button) => button.data));
  assert.equal(new Set([...(mine ?? []), ...(his ?? [])]).size, 4);
});

test("every message has link previews off, and only an idle one is silent", async () => {
  await using scene = await sending();
  await scene.channel.send(askOf(), signal);
  await scene.channel.send(askOf({ idle: true }), signal);
  for (const call of scene.sends()) assert.deepEqual(call.params["link_preview_options"], { is_disabled: true });
  assert.deepEqual(scene.ada.inbox.map((message) => message.isSilent), [false, true]);
});

test("a long text comes in order, and only its last message has buttons", async () => {
  await using scene = await sending();
  const excerpt = `${"x".repeat(70)}\n`.repeat(100);
  const refs = await scene.channel.send(askOf({ excerpt, question: "xxx" }), signal);
  assert.deepEqual(refs.map((ref) => ref.id), scene.ada.inbox.map((message) => String(message.id)));
  assert.deepEqual(scene.ada.inbox.map((message) => message.buttons.length), [0, 0, 2]);
});

test("a very long text comes as a file before the buttons", async () => {
  await using scene = await sending();
  const excerpt = `${"é".repeat(70)}\n`.repeat(2_000);
  await scene.channel.send(askOf({ excerpt, question: "é" }), signal);
  const [file, message] = scene.ada.inbox;
  assert.ok(file?.document?.bytes.toString("utf8").includes(excerpt.trimEnd()));
  assert.equal(message?.buttons.length, 2);
});

test("a burst of prompts keeps to a message a second after the first five", async () => {
  await using scene = await sending();
  const begun = scene.clock.now();
  await Promise.all(Array.from({ length: 12 }, () => scene.channel.send(askOf(), signal)));
  assert.ok(scene.clock.now() - begun >= 6_800);
  assert.equal(scene.ada.inbox.length, 12);
});

test("while Telegram wants to be left alone nothing is sent, whoever it is for", async () => {
  const heard = new EventEmitter();
  await using scene = await sending({ onState: ({ is }) => heard.emit(is) });
  scene.api.fault("sendMessage", { kind: "flood", retryAfter: 30 });
  const [flooded] = [scene.channel.send(askOf(), signal), await once(heard, "degraded")];
  await Promise.all([scene.channel.send(askOf(), signal), flooded]);
  const [hit, ...later] = scene.sends();
  assert.equal(hit?.status, 429);
  assert.deepEqual(later.map((call) => call.at - hit.at >= 300), [true, true]);
});

test("an edit that changes nothing, or whose message is gone, is done", async () => {
  await using scene = await sending();
  const ask = askOf();
  const refs = await scene.channel.send(ask, signal);
  const settlement = { outcome: { is: "delivered", decision: decisionOn(ask) }, receipt } as const;
  await scene.channel.settle(ask, refs, settlement, signal);
  await scene.channel.settle(ask, refs, settlement, signal);
  await scene.channel.settle(ask, [{ recipient: "telegram:42", id: "999999" }], settlement, signal);
  assert.equal(scene.ada.inbox[0]?.edits, 1);
});

test("an outcome is told in spite of cut connections and floods, as often as it takes", async () => {
  await using scene = await sending();
  const ask = askOf();
  const refs = await scene.channel.send(ask, signal);
  scene.api.fault("editMessageText", { kind: "lost" }, 3);
  scene.api.fault("editMessageText", { kind: "flood", retryAfter: 1 }, 2);
  await scene.channel.settle(ask, refs, { outcome: { is: "expired" }, receipt }, signal);
  assert.match(scene.ada.inbox[0]?.text ?? "", /\n\nExpired\n#217·9f2c41aa$/);
  assert.deepEqual(scene.ada.inbox[0]?.buttons.map(({ text }) => text), ["Ask again"]);
});

test("every copy of a prompt is settled, and of a long one the message with the buttons", async () => {
  await using scene = await sending({ allowedUsers: [42, 43] });
  const bob = scene.api.user(43);
  const ask = askOf({ excerpt: `${"x".repeat(70)}\n`.repeat(60), question: "xxx" });
  const refs = await scene.channel.send(ask, signal);
  await scene.channel.settle(ask, refs, { outcome: { is: "superseded", why: "answered at the keyboard" }, receipt }, signal);
  for (const user of [scene.ada, bob]) assert.deepEqual(user.inbox.map((message) => message.text.includes("Answered at the keyboard")), [false, true]);
});
