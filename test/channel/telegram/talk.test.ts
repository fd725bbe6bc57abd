import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseCallback } from "../../../src/channel/telegram/callback.ts";
import { parsePress, pressData } from "../../../src/channel/telegram/press.ts";
import { Canvas } from "../../../src/channel/drawing/canvas.ts";
import { pngOf } from "../../../src/channel/drawing/png.ts";
import type { Note, Press, Request, Talk } from "../../../src/channel/talk.ts";
import { openStage, type TelegramStage } from "./stage.ts";

const id = fc.stringMatching(/^[a-z0-9]{4,10}$/);
const nonce = fc.stringMatching(/^[A-Za-z0-9_-]{22}$/);
const press: fc.Arbitrary<Press> = fc.oneof(
  fc.record({ is: fc.constant("address" as const), order: id, session: id }),
  fc.record({ is: fc.constant("confirm" as const), session: id, order: id, nonce, yes: fc.boolean() }),
  fc.record({ is: fc.constant("again" as const), prompt: id }),
  fc.record({ is: fc.constant("answer" as const), draft: id, prompt: id }),
  fc.record({ is: fc.constant("mute" as const), session: id }),
);

test("every button of a note fits into 64 bytes, comes back as it went, and passes for no answer", () => {
  fc.assert(
    fc.property(press, (press) => {
      const data = pressData(press);
      assert.ok(Buffer.byteLength(data) <= 64);
      assert.deepEqual(parsePress(data), { ...press });
      assert.equal(parseCallback(data), undefined);
    }),
  );
});

interface Scene extends AsyncDisposable {
  readonly stage: TelegramStage;
  readonly talk: Talk;
  next(): Promise<Request>;
}

async function scene(): Promise<Scene> {
  const stage = await openStage();
  const leave = new AbortController();
  const { talk } = stage.channel;
  assert.ok(talk);
  const requests = talk.requests(leave.signal)[Symbol.asyncIterator]();
  const replies = stage.channel.replies(leave.signal)[Symbol.asyncIterator]().next();
  return {
    stage,
    talk,
    async next() {
      const { value } = await requests.next();
      return value;
    },
    async [Symbol.asyncDispose]() {
      leave.abort();
      await replies;
      await stage[Symbol.asyncDispose]();
    },
  };
}

const signal = new AbortController().signal;

test("a command comes with its sender and with the message that it replies to", async () => {
  await using play = await scene();
  const note = await play.talk.tell("telegram:42", { text: "shop runs" }, signal);
  play.stage.ada.replies("/screen");
  const request = await play.next();
  assert.deepEqual({ ...request.said, replyTo: request.replyTo, by: request.by }, { text: "/screen", replyTo: note, by: { channel: "telegram", id: "42", name: "Ada" } });
});

test("a tap on a note's button comes as what it does, and its toast is shown", async () => {
  await using play = await scene();
  const press: Press = { is: "mute", session: "k3v9tq" };
  await play.talk.tell("telegram:42", { text: "a storm", buttons: [{ label: "Mute", press }] }, signal);
  const tap = await play.stage.taps("Mute");
  const request = await play.next();
  assert.deepEqual(request.said, { press });
  await request.acknowledge("muted");
  assert.equal(await tap.told(), "muted");
});

test("neither a stranger's command nor a stranger's tap is heard", async () => {
  await using play = await scene();
  await play.talk.tell("telegram:42", { text: "a storm", buttons: [{ label: "Mute", press: { is: "mute", session: "k3v9tq" } }] }, signal);
  const mallory = play.stage.api.user(666, { first_name: "Mallory" });
  mallory.says("/screen");
  const [message] = play.stage.ada.inbox;
  assert.ok(message);
  mallory.presses({ data: "mute:k3v9tq" }, message);
  play.stage.ada.says("/status");
  const first = await play.next();
  assert.deepEqual(first.said, { text: "/status" });
  assert.deepEqual(mallory.inbox, []);
});

test("the terminal's text is shown as it stands, and no word of it becomes a link, a command or markup", async () => {
  await using play = await scene();
  const note: Note = { text: "shop shows", excerpt: "\n$ /stop @ada https://x.test \u202Eevil\n", isSilent: true };
  await play.talk.tell("telegram:42", note, signal);
  const [message] = play.stage.ada.inbox;
  assert.deepEqual(message?.within("pre"), ["$ /stop @ada https://x.test ‹U+202E›evil"]);
  assert.deepEqual([message?.links, message?.isSilent], [[], true]);
});

test("a text that is too long for messages comes as a file", async () => {
  await using play = await scene();
  const excerpt = "0123456789".repeat(2_000);
  await play.talk.tell("telegram:42", { text: "shop shows", excerpt }, signal);
  assert.equal(play.stage.ada.inbox.find(({ document }) => document !== undefined)?.document?.bytes.toString(), excerpt);
});

test("the menu offers the commands", async () => {
  await using play = await scene();
  await play.talk.announce([{ command: "status", description: "what runs" }], signal);
  assert.deepEqual(play.stage.api.commands, [{ command: "status", description: "what runs" }]);
});

test("a picture is sent as a photo, and as a file where Telegram does not take it for one", async () => {
  await using play = await scene();
  const small = await pngOf(new Canvas(40, 20, [1, 2, 3]));
  const long = await pngOf(new Canvas(4_000, 20, [1, 2, 3]));
  const heavy = Buffer.concat([small, Buffer.alloc(11 * 1024 * 1024)]);
  for (const picture of [small, long, heavy]) await play.talk.show("telegram:42", picture, { isSilent: true }, signal);
  assert.deepEqual(play.stage.ada.inbox.map(({ photo, document, isSilent }) => [photo?.bytes.length, document?.bytes.length, document?.fileName, isSilent]), [
    [small.length, undefined, undefined, true],
    [undefined, long.length, "screen.png", true],
    [undefined, heavy.length, "screen.png", true],
  ]);
});

test("a note is pinned without a sound, and one that Telegram won't pin is told", async () => {
  await using play = await scene();
  const note = await play.talk.tell("telegram:42", { text: "keep this" }, signal);
  await play.talk.pin(note, signal);
  const call = await play.stage.api.call("pinChatMessage");
  assert.deepEqual([Number(call.params["message_id"]), String(call.params["disable_notification"])], [Number(note.id), "true"]);
  await assert.rejects(play.talk.pin({ ...note, id: "4711" }, signal), /not found/);
});
