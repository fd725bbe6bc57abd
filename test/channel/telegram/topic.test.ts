import assert from "node:assert/strict";
import { test } from "node:test";
import type { Group, GroupOptions } from "../../botapi/group.ts";
import { askOf, decisionOn, receipt } from "../ask.ts";
import { FastClock, quick } from "./fast-clock.ts";
import { openStage, type TelegramStage } from "./stage.ts";

const chat = -1_001_234_567_890;
const { signal } = new AbortController();

interface Scene extends AsyncDisposable {
  readonly stage: TelegramStage;
  readonly group: Group;
  readonly opened: number[];
  readonly refused: string[];
}

async function scene(options: GroupOptions = {}, topicName = "shop (k3v9tq)"): Promise<Scene> {
  const [opened, refused]: [number[], string[]] = [[], []];
  const group = { chat, topicName, onOpened: async (thread: number) => void opened.push(thread), onRefused: (message: string) => void refused.push(message) };
  const stage = await openStage({ clock: new FastClock(), patience: quick, group });
  return { stage, group: stage.api.group(chat, options), opened, refused, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() };
}

const topics = ({ stage }: Scene): number => stage.api.calls.filter(({ method, status }) => method === "createForumTopic" && status === 200).length;

test("everything of a session goes to one topic, which is told before anything is sent, and closed when the session leaves", async () => {
  await using play = await scene();
  const { channel, api } = play.stage;
  await Promise.all([channel.send(askOf(), signal), channel.talk?.tell(`telegram:${chat}`, { text: "a note" }, signal)]);
  const [thread] = play.opened;
  assert.ok(thread !== undefined);
  assert.deepEqual([topics(play), api.messages.map((message) => message.thread)], [1, [thread, thread]]);
  assert.equal(play.group.topics.get(thread)?.name, "shop (k3v9tq)");
  await channel.leave?.(signal);
  assert.equal(play.group.topics.get(thread)?.isClosed, true);
});

test("a session that said nothing opens no topic", async () => {
  await using play = await scene();
  await play.stage.channel.leave?.(signal);
  assert.deepEqual(play.stage.api.calls, []);
});

test("a long name that plays tricks becomes one that Telegram takes", async () => {
  await using play = await scene({}, `\u202E${"long ".repeat(60)}`);
  await play.stage.channel.send(askOf(), signal);
  const name = play.group.topics.get(play.opened[0] ?? 0)?.name ?? "";
  assert.ok(name.startsWith("‹U+202E›long") && name.length <= 128);
});

for (const fault of [{ kind: "flood", retryAfter: 2 }, { kind: "html", status: 502 }, { kind: "reset" }] as const) {
  test(`a topic that could not be opened at once (${fault.kind}) is opened later, and nothing goes elsewhere`, async () => {
    await using play = await scene();
    play.stage.api.fault("createForumTopic", fault);
    await play.stage.channel.send(askOf(), signal);
    assert.deepEqual([topics(play), play.refused, play.stage.api.messages.map(({ thread }) => thread)], [1, [], play.opened]);
  });
}

test("a topic that somebody deleted is opened anew, once for all that goes there", async () => {
  await using play = await scene();
  const { channel, api } = play.stage;
  await channel.send(askOf(), signal);
  play.group.deleteTopic(play.opened[0] ?? 0);
  await Promise.all([channel.send(askOf(), signal), channel.send(askOf(), signal)]);
  assert.equal(play.opened.length, 2);
  assert.deepEqual(play.group.messages.filter(({ isDeleted }) => !isDeleted).map(({ thread, entities }) => [thread, entities.length > 0]), [[play.opened[1], true], [play.opened[1], true]]);
  assert.equal(api.messages.length, 3);
});

test("a topic that somebody closed, and that the bot may not write to, is opened anew", async () => {
  await using play = await scene();
  const { channel, api } = play.stage;
  await channel.send(askOf(), signal);
  api.fault("sendMessage", { kind: "error", code: 400, description: "Bad Request: TOPIC_CLOSED" });
  await channel.send(askOf(), signal);
  assert.deepEqual(api.messages.map(({ thread }) => thread), play.opened);
  assert.equal(play.opened.length, 2);
});

test("a prompt in a topic is settled there, and the topic of a killed session is closed with it", async () => {
  await using play = await scene();
  const { channel, api } = play.stage;
  const ask = askOf();
  const messages = await channel.send(ask, signal);
  await channel.settle(ask, messages, { outcome: { is: "delivered", decision: decisionOn(ask) }, receipt }, signal);
  assert.match(api.messages[0]?.text ?? "", /Delivered/);
  assert.equal(play.group.topics.get(play.opened[0] ?? 0)?.isClosed, false);
  await channel.settle(ask, messages, { outcome: { is: "ended", exitCode: undefined }, receipt }, signal);
  assert.equal(play.group.topics.get(play.opened[0] ?? 0)?.isClosed, true);
});

test("an answer to a message that is gone comes without pointing at it", async () => {
  await using play = await scene();
  const { channel, api } = play.stage;
  const recipient = `telegram:${chat}`;
  const note = await channel.talk?.tell(recipient, { text: "first" }, signal);
  assert.ok(note);
  await channel.talk?.tell(recipient, { text: "second", replyTo: note }, signal);
  await channel.talk?.tell(recipient, { text: "third", replyTo: { recipient, id: `${play.opened[0]}.4711` } }, signal);
  assert.deepEqual(api.messages.map(({ text, replyTo, thread }) => [text, replyTo === undefined, thread]), [
    ["first", true, play.opened[0]],
    ["second", false, play.opened[0]],
    ["third", true, play.opened[0]],
  ]);
});

test("where the group takes no topics, that is said once, and messages stand in the group", async () => {
  for (const [options, words] of [[{ isForum: false }, /not a forum/], [{ canManageTopics: false }, /not enough rights/]] as const) {
    await using play = await scene(options);
    for (let prompt = 0; prompt < 2; prompt++) await play.stage.channel.send(askOf(), signal);
    assert.equal(play.refused.length, 1);
    assert.match(play.refused[0] ?? "", words);
    assert.deepEqual(play.stage.api.messages.map(({ thread }) => thread), [undefined, undefined]);
  }
});
