import assert from "node:assert/strict";
import { test } from "node:test";
import type { Incoming } from "../../../src/channel/channel.ts";
import type { StrangerReport } from "../../../src/channel/telegram/strangers.ts";
import { telegramChannel, type TelegramOptions } from "../../../src/channel/telegram/telegram.ts";
import type { Verdict } from "../../../src/prompt/reply.ts";
import { askOf, decisionOn, freeText, password } from "../ask.ts";
import { FastClock, quick } from "./fast-clock.ts";
import { openStage } from "./stage.ts";

async function answering(options: Partial<TelegramOptions> = {}) {
  const clock = new FastClock();
  const stage = await openStage({ clock, patience: quick, ...options });
  const { api, ada, channel } = stage;
  const leave = new AbortController();
  const iterator = channel.replies(leave.signal)[Symbol.asyncIterator]();
  const next = async (): Promise<Incoming> => {
    const result = await iterator.next();
    if (result.done === true) throw new Error("the channel ended its replies");
    return result.value;
  };
  const toasts = () => api.calls.filter((call) => call.method === "answerCallbackQuery");
  return { api, ada, channel, clock, leave, iterator, next, toasts, [Symbol.asyncDispose]: async () => { leave.abort(); await stage[Symbol.asyncDispose](); } };
}

const decision = decisionOn(askOf());
const verdicts: Verdict[] = [{ is: "accepted", decision }, { is: "already_decided", decision }, { is: "expired" }, { is: "superseded" }, { is: "unknown" }, { is: "invalid", why: "no" }];
for (const verdict of verdicts) {
  test(`a tap that is judged ${verdict.is} is answered once, however often it is told`, async () => {
    await using scene = await answering();
    await scene.channel.send(askOf(), scene.leave.signal);
    const tap = await scene.ada.taps("Yes");
    const incoming = await scene.next();
    await incoming.tell(verdict);
    await incoming.tell(verdict);
    void scene.iterator.next();
    assert.notEqual(await tap.toast(), "");
    await scene.api.until("confirmation", () => (scene.api.unconfirmed === 0 ? true : undefined));
    assert.equal(scene.toasts().length, 1);
  });
}

test("a tap whose consumer comes back without a verdict is answered all the same", async () => {
  await using scene = await answering();
  await scene.channel.send(askOf(), scene.leave.signal);
  const tap = await scene.ada.taps("Yes");
  await scene.next();
  void scene.iterator.next();
  assert.match(await tap.toast(), /^Not accepted/);
});

test("a tap that the channel's end leaves with its consumer can still be answered", async () => {
  await using scene = await answering();
  await scene.channel.send(askOf(), scene.leave.signal);
  const tap = await scene.ada.taps("Yes");
  const incoming = await scene.next();
  scene.leave.abort();
  await incoming.tell({ is: "accepted", decision });
  assert.equal(await tap.toast(), "Yes: sent to the terminal");
});

for (const data of ["", "ans:", "ans:abcdefghij:short:0", "\u0000", "x".repeat(64), "ans:abcdefghij:AAAAAAAAAAAAAAAAAAAAAA:007"]) {
  test(`a tap with the data ${JSON.stringify(data)} is answered, and nobody judges it`, async () => {
    await using scene = await answering();
    await scene.channel.send(askOf(freeText), scene.leave.signal);
    const [message] = scene.ada.inbox;
    assert.ok(message !== undefined);
    const tap = scene.ada.presses({ data }, message);
    const next = scene.next();
    assert.match(await tap.toast(), /^Not accepted/);
    scene.ada.replies("left-pad");
    assert.deepEqual((await next).reply.answer, { text: "left-pad" });
  });
}

test("a tap whose answer comes too late for Telegram stops nobody", async () => {
  await using scene = await answering();
  await scene.channel.send(askOf(), scene.leave.signal);
  scene.api.fault("answerCallbackQuery", { kind: "error", code: 400, description: "Bad Request: query is too old and response timeout expired or query ID is invalid" });
  await scene.ada.taps("Yes");
  await (await scene.next()).tell({ is: "invalid", why: "no" });
  assert.equal(scene.toasts().length, 1);
  await scene.ada.taps("No");
  assert.deepEqual((await scene.next()).reply.answer, { choice: 0 });
});

test("a tap's answer is repeated when its connection is cut", async () => {
  await using scene = await answering();
  await scene.channel.send(askOf(), scene.leave.signal);
  scene.api.fault("answerCallbackQuery", { kind: "reset" });
  const tap = await scene.ada.taps("Yes");
  await (await scene.next()).tell({ is: "expired" });
  assert.equal(await tap.toast(), "Expired: this question is no longer open");
});

test("a text that is not accepted is answered with the reason, as a reply to it", async () => {
  await using scene = await answering();
  await scene.channel.send(askOf(freeText), scene.leave.signal);
  scene.ada.replies("two\nlines");
  await (await scene.next()).tell({ is: "invalid", why: "the reply has more than one line" });
  const word = scene.ada.inbox.at(-1);
  assert.equal(word?.text, "Not accepted: the reply has more than one line");
  assert.equal(scene.ada.chat.find(word?.replyTo ?? 0)?.text, "two\nlines");
});

for (const [title, verdict] of [["accepted", { is: "accepted", decision }], ["that won, delivered once more,", { is: "already_decided", decision, isAgain: true }]] satisfies [string, Verdict][]) {
  test(`a text ${title} is told by the settled message alone`, async () => {
    await using scene = await answering();
    await scene.channel.send(askOf(freeText), scene.leave.signal);
    scene.ada.replies("left-pad");
    await (await scene.next()).tell(verdict);
    assert.equal(scene.ada.inbox.length, 1);
  });
}

test("a tap on a question of another home, whose bot this is too, leaves it its buttons", async () => {
  await using scene = await answering();
  await scene.channel.send(askOf(), scene.leave.signal);
  const [message] = scene.ada.inbox;
  const tap = await scene.ada.taps("Yes");
  await (await scene.next()).tell({ is: "unknown", isElsewhere: true });
  assert.match(await tap.toast(), /another one uses this bot/);
  assert.equal(message?.buttons.length, 2);
});

test("a forged tap that no session knows leaves the buttons of its message alone", async () => {
  await using scene = await answering();
  await scene.channel.send(askOf(), scene.leave.signal);
  const [message] = scene.ada.inbox;
  assert.ok(message !== undefined);
  scene.ada.presses({ data: `ans:aaaaaaaaaa:${"A".repeat(22)}:0` }, message);
  await (await scene.next()).tell({ is: "unknown" });
  assert.equal(message.buttons.length, 2);
});

for (const verdict of verdicts) {
  test(`a secret that was replied is deleted from the chat once it is judged ${verdict.is}, and the message said so`, async () => {
    await using scene = await answering({ isConfidential: ({ recipient, id }) => recipient === "telegram:42" && id === String(scene.ada.inbox[0]?.id) });
    await scene.channel.send(askOf(password, { offer: { choices: false, text: true } }), scene.leave.signal);
    assert.match(scene.ada.inbox[0]?.text ?? "", /your message is deleted/);
    scene.ada.replies("hunter2");
    const [incoming] = [await scene.next()];
    assert.ok(scene.ada.chat.messages.some((message) => message.text === "hunter2" && !message.isDeleted));
    await incoming.tell(verdict);
    assert.ok(scene.ada.chat.messages.some((message) => message.text === "hunter2" && message.isDeleted));
    assert.ok(scene.ada.inbox.slice(1).every(({ text }) => !text.includes(decision.label)));
  });
}

for (const verdict of verdicts.slice(1, 5)) {
  test(`a tap that is told ${verdict.is} takes the dead buttons off its message`, async () => {
    await using scene = await answering();
    await scene.channel.send(askOf(), scene.leave.signal);
    await scene.ada.taps("Yes");
    await (await scene.next()).tell(verdict);
    assert.deepEqual(scene.ada.inbox[0]?.buttons, []);
    assert.match(scene.ada.inbox[0]?.text ?? "", /Do you want to continue/);
  });
}

test("a text that replies to nothing is no reply", async () => {
  await using scene = await answering();
  await scene.channel.send(askOf(freeText), scene.leave.signal);
  scene.ada.says("left-pad");
  const next = scene.next();
  const [prompt] = scene.ada.inbox;
  assert.ok(prompt !== undefined);
  scene.ada.replies("right-pad", { to: prompt });
  assert.deepEqual((await next).reply.answer, { text: "right-pad" });
});

test("sixty lines that are no replies keep no tap waiting", async () => {
  await using scene = await answering();
  await scene.channel.send(askOf(), scene.leave.signal);
  for (let line = 0; line < 60; line++) scene.ada.says(`line ${line}`);
  await scene.ada.taps("Yes");
  assert.deepEqual((await scene.next()).reply.answer, { choice: 1 });
});

test("a tap that nobody judges keeps the next from nobody, though its answer hangs", async () => {
  await using scene = await answering();
  await scene.channel.send(askOf(), scene.leave.signal);
  const [message] = scene.ada.inbox;
  assert.ok(message !== undefined);
  using _ = scene.api.fault("answerCallbackQuery", { kind: "hang" }, Infinity);
  scene.ada.presses({ data: "ans:" }, message);
  await scene.ada.taps("Yes");
  await scene.next();
  await scene.ada.taps("No");
  assert.deepEqual((await scene.next()).reply.answer, { choice: 0 });
});

test("ten thousand updates of strangers cause no call, and are summed up", async () => {
  const reports: StrangerReport[] = [];
  await using scene = await answering({ onStranger: (report) => reports.push(report) });
  await scene.channel.send(askOf(), scene.leave.signal);
  const eve = { id: 666, is_bot: false, first_name: "Eve" };
  for (let round = 0; round < 5_000; round++) {
    scene.api.deliver({ message: { message_id: round, from: eve, chat: { id: 666, type: "private" }, text: "/start" } });
    scene.api.deliver({ callback_query: { id: `q${round}`, from: eve, message: { message_id: 100, chat: { id: 42, type: "private" } }, data: "ans:x" } });
  }
  await scene.ada.taps("Yes");
  await scene.next();
  const others = scene.api.calls.filter((call) => call.method !== "getUpdates" && call.method !== "sendMessage");
  assert.deepEqual(others, []);
  scene.leave.abort();
  await scene.iterator.return?.();
  assert.equal(reports.reduce((sum, report) => sum + report.count, 0), 10_000);
  assert.ok(reports.length <= 2 + scene.clock.now() / 60_000);
  assert.deepEqual(reports[0]?.ids, [666]);
});

test("the allow-list must hold numeric ids, and api_root be https or loopback", () => {
  const wrong: [Partial<TelegramOptions>, RegExp][] = [
    [{ allowedUsers: [] }, /allowed_users/],
    [{ allowedUsers: [0] }, /allowed_users/],
    [{ allowedUsers: [-100] }, /allowed_users/],
    [{ allowedUsers: [1.5] }, /allowed_users/],
    [{ apiRoot: "api.telegram.org" }, /not an address/],
    [{ apiRoot: "http://api.telegram.org" }, /https, or http on loopback/],
    [{ apiRoot: "http://127.0.0.1.evil.example" }, /https, or http on loopback/],
    [{ apiRoot: "ftp://127.0.0.1" }, /https, or http on loopback/],
    [{ apiRoot: "https://ada:pw@api.telegram.org" }, /must not hold/],
    [{ apiRoot: "https://api.telegram.org/?x=1" }, /must not hold/],
    [{ apiRoot: "https://api.telegram.org/#x" }, /must not hold/],
  ];
  for (const [options, message] of wrong) {
    assert.throws(() => telegramChannel({ token: "1:A", allowedUsers: [42], offsets: { get: () => undefined, set: () => undefined }, ...options }), { name: "TypeError", message });
  }
});
