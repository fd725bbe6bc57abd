import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ask, Channel, Incoming } from "../../src/channel/channel.ts";
import type { Decision, MessageRef, Reply, Verdict } from "../../src/prompt/reply.ts";
import { askOf, freeText, receipt } from "./ask.ts";

/** What a person now sees of a prompt. */
export interface Shown {
  readonly text: string;
  /** The labels of the buttons, from the first to the last. */
  readonly labels: readonly string[];
}

/** Something that a person did. */
export interface Deed {
  /** What the person is told of it at once. */
  told(): Promise<string>;
}

/** A channel that is open for real, and the person at its other end. */
export interface Stage extends AsyncDisposable {
  readonly channel: Channel;
  /** The newest prompt, as soon as `fits` says that it looks as expected. */
  sees(fits: (shown: Shown) => boolean): Promise<Shown>;
  /** Presses the button with this label. */
  taps(label: string): Promise<Deed>;
  /** Answers the newest prompt with a text. */
  writes(text: string): Promise<Deed>;
}

interface Scene extends Omit<Stage, typeof Symbol.asyncDispose> {
  readonly replies: Replies;
}

const anything = (): boolean => true;

function decided(ask: Ask, reply: Reply, label: string): Decision {
  const { id, sessionId } = ask.prompt;
  return { promptId: id, sessionId, answer: reply.answer, label, by: reply.by, at: Date.now(), nonce: undefined, recipient: reply.recipient };
}

/** What every channel must do, with a real person's view of it. */
export function channelContract(name: string, open: () => Promise<Stage>): void {
  const contract = (title: string, body: (scene: Scene, signal: AbortSignal) => Promise<void>): void => {
    test(`${name}: ${title}`, async () => {
      const leave = new AbortController();
      await using stage = await open();
      using _ = { [Symbol.dispose]: () => leave.abort() };
      const replies = new Replies(stage.channel, leave.signal);
      await body({ channel: stage.channel, replies, sees: (fits) => stage.sees(fits), taps: (label) => stage.taps(label), writes: (text) => stage.writes(text) }, leave.signal);
    });
  };

  contract("everyone it asks is known beforehand, and each gets a message", async ({ channel }, signal) => {
    assert.ok(channel.recipients.length > 0);
    for (const recipient of channel.recipients) assert.equal(recipient.split(":")[0], channel.name);
    const refs = await channel.send(askOf(), signal);
    assert.deepEqual(new Set(refs.map((ref) => ref.recipient)), new Set(channel.recipients));
  });

  contract("a prompt shows what the terminal shows, where it comes from, and its choices, the declining one last", async ({ channel, sees }, signal) => {
    await channel.send(askOf(), signal);
    const { text, labels } = await sees(anything);
    for (const part of ["36.9 kB of additional disk space", "Do you want to continue?", "packages", "apt-get install hello", "/home/ada"]) assert.ok(text.includes(part), `${part} is not in: ${text}`);
    assert.deepEqual(labels, ["Yes", "No"]);
  });

  contract("a tap is a reply that carries the choice, its nonce and who tapped, and the verdict is told to that person", async ({ channel, taps, replies }, signal) => {
    const ask = askOf();
    await channel.send(ask, signal);
    const deed = await taps("No");
    const incoming = await replies.next();
    const { reply } = incoming;
    assert.deepEqual(reply.answer, { choice: 0 });
    assert.deepEqual(reply.target, { promptId: ask.prompt.id, nonce: ask.nonceFor(0, reply.recipient) });
    assert.ok(channel.recipients.includes(reply.recipient));
    assert.equal(reply.by.channel, channel.name);
    assert.ok(reply.by.id !== "" && reply.by.name !== "" && reply.reference !== "");
    await incoming.tell({ is: "accepted", decision: decided(ask, reply, "No") });
    assert.match(await deed.told(), /No/);
  });

  const refusals: readonly [Verdict["is"], (decision: Decision) => Verdict][] = [
    ["already_decided", (decision) => ({ is: "already_decided", decision })],
    ["expired", () => ({ is: "expired" })],
    ["superseded", () => ({ is: "superseded" })],
    ["unknown", () => ({ is: "unknown" })],
    ["invalid", () => ({ is: "invalid", why: "a reason of its own" })],
  ];
  contract("each verdict has words of its own", async ({ channel, taps, replies }, signal) => {
    const words: string[] = [];
    for (const [, verdictOn] of refusals) {
      const ask = askOf();
      await channel.send(ask, signal);
      const deed = await taps("Yes");
      const incoming = await replies.next();
      await incoming.tell(verdictOn(decided(ask, incoming.reply, "Yes")));
      words.push(await deed.told());
    }
    assert.equal(new Set(words).size, refusals.length);
    for (const word of words) assert.ok(word.length > 0 && word.length <= 200);
    assert.match(words.at(-1) ?? "", /a reason of its own/);
  });

  contract("every button of a long menu gives its own choice", async ({ channel, taps, sees, replies }, signal) => {
    const choices = Array.from({ length: 12 }, (_, index) => ({ label: `${index + 1}. option ${"abcdefghijkl"[index]}`, keys: `${index + 1}\r`, declines: index === 3 }));
    const ask = askOf({ type: "multiple_choice", choices });
    await channel.send(ask, signal);
    const { labels } = await sees((shown) => shown.labels.length === 12);
    assert.equal(labels.at(-1), choices[3]?.label);
    for (const label of labels) {
      await taps(label);
      const { reply } = await replies.next();
      const choice = choices.findIndex((choice) => choice.label === label);
      assert.deepEqual([reply.answer, reply.target], [{ choice }, { promptId: ask.prompt.id, nonce: ask.nonceFor(choice, reply.recipient) }]);
    }
  });

  contract("a text answers the prompt to which it was written", async ({ channel, writes, sees, replies }, signal) => {
    const ask = askOf(freeText);
    const refs = await channel.send(ask, signal);
    assert.deepEqual((await sees(anything)).labels, []);
    await writes("left-pad");
    const { reply } = await replies.next();
    assert.deepEqual(reply.answer, { text: "left-pad" });
    assert.ok(aimsAt(reply, ask, refs), `aimed at ${JSON.stringify(reply.target)}`);
  });

  contract("a password prompt offers nothing to tap", async ({ channel, sees }, signal) => {
    const ask = askOf({ ...freeText, question: "Password:", excerpt: "Password:", secret: true });
    assert.deepEqual(ask.offer, { choices: false, text: false });
    await channel.send(ask, signal);
    const { labels } = await sees(anything);
    assert.deepEqual(labels, []);
  });

  contract("characters that hide are written out, on the buttons too", async ({ channel, sees }, signal) => {
    await channel.send(askOf({ excerpt: "rm\u202E -rf\u200B /\x1b[8m\nDo you want to continue? [Y/n]", choices: [{ label: "Y\u2066es", keys: "y\r", declines: false }] }), signal);
    const { text, labels } = await sees(anything);
    for (const mark of ["‹U+202E›", "‹U+200B›", "‹U+001B›"]) assert.ok(text.includes(mark), `${mark} is not in: ${text}`);
    assert.deepEqual(labels, ["Y‹U+2066›es"]);
  });

  contract("a settled prompt has no buttons and says who answered what and how it ended", async ({ channel, taps, sees, replies }, signal) => {
    const ask = askOf();
    const refs = await channel.send(ask, signal);
    await taps("Yes");
    const { reply } = await replies.next();
    await channel.settle(ask, refs, { outcome: { is: "delivered", decision: decided(ask, reply, "Yes") }, receipt }, signal);
    const { text } = await sees((shown) => shown.labels.length === 0 && shown.text.includes("#217·9f2c41aa"));
    for (const part of ["Yes", reply.by.name, "elivered"]) assert.ok(text.includes(part), `${part} is not in: ${text}`);
    await channel.settle(ask, refs, { outcome: { is: "delivered", decision: decided(ask, reply, "Yes") }, receipt }, signal);
  });

  contract("a prompt that nobody answered is settled with the reason", async ({ channel, sees }, signal) => {
    const ask = askOf();
    const refs = await channel.send(ask, signal);
    await channel.settle(ask, refs, { outcome: { is: "superseded", why: "answered at the keyboard" }, receipt: undefined }, signal);
    await sees((shown) => shown.labels.length === 0 && /answered at the keyboard/i.test(shown.text));
  });

  contract("a reply is forgotten only when its consumer comes back for the next", async ({ channel, taps, replies }, signal) => {
    await channel.send(askOf(), signal);
    await taps("Yes");
    const dropped = await replies.next();
    await replies.leave();
    const later = new Replies(channel, signal);
    const again = await later.next();
    assert.deepEqual(again.reply, dropped.reply);
    const next = later.next();
    await taps("No");
    assert.deepEqual((await next).reply.answer, { choice: 0 });
  });

  contract("waiting for replies ends, and does not throw, when its signal aborts", async ({ channel }) => {
    const leave = new AbortController();
    const waiting = channel.replies(leave.signal)[Symbol.asyncIterator]().next();
    leave.abort();
    assert.deepEqual(await waiting, { done: true, value: undefined });
  });
}

function aimsAt({ target, recipient }: Reply, ask: Ask, refs: readonly MessageRef[]): boolean {
  if ("nonce" in target) return target.promptId === ask.prompt.id && target.nonce === ask.nonceFor("text", recipient);
  return refs.some((ref) => ref.recipient === target.message.recipient && ref.id === target.message.id);
}

/** One consumer of a channel's replies: asking for the next says that the last has been dealt with. */
class Replies {
  readonly #iterator: AsyncIterator<Incoming>;

  constructor(channel: Channel, signal: AbortSignal) {
    this.#iterator = channel.replies(signal)[Symbol.asyncIterator]();
  }

  async next(): Promise<Incoming> {
    const { value, done } = await this.#iterator.next();
    if (done === true) throw new Error("the channel ended its replies");
    return value;
  }

  /** Goes away without having dealt with the last one. */
  async leave(): Promise<void> {
    await this.#iterator.return?.();
  }
}
