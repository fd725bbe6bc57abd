import type { Clock, Millis } from "../../async/clock.ts";
import type { MessageRef, Reply, Verdict } from "../../prompt/reply.ts";
import type { Incoming } from "../channel.ts";
import type { Request } from "../talk.ts";
import { admit, type Admission, type Door } from "./admit.ts";
import { parseCallback } from "./callback.ts";
import type { TelegramClient } from "./client.ts";
import type { Deliverer, Errand } from "./delivery.ts";
import { Linger } from "./linger.ts";
import { verdictText } from "./outcome.ts";
import { OwnName } from "./own-name.ts";
import type { RawUpdate } from "./poll.ts";
import { parsePress } from "./press.ts";
import { recipientOf } from "./recipient.ts";
import { RichText } from "./rich-text.ts";
import { spotId } from "./spot.ts";
import type { Strangers } from "./strangers.ts";
import type { TelegramTalk } from "./talk.ts";
import { type Polling, updates } from "./updates.ts";

export interface IncomingParts {
  readonly client: TelegramClient;
  readonly deliverer: Deliverer;
  readonly clock: Clock;
  readonly redact: (text: string) => string;
  readonly strangers: Strangers;
  /** Whether a message asked for a secret: what replies to it is taken out of the chat. */
  readonly isConfidential: (message: MessageRef) => boolean;
  readonly door: Door;
  readonly talk: TelegramTalk;
  readonly polling: Polling;
}

type Tap = Extract<Admission, { is: "tap" }>;
type Talk = Extract<Admission, { is: "talk" }>;
type Written = Extract<Admission, { is: "reply" }>;
type Commanded = Extract<Admission, { is: "command" }>;

/** Telegram refuses the answer to a tap that has waited longer. */
const tapLifetimeMs: Millis = 10_000;
/** How long a word that is on its way when the session ends may still take. */
const lastWordsMs: Millis = 2_000;

/** Admitted replies until `signal` aborts. No word of ours is waited for: a tap must not stand behind it. */
export async function* incoming(parts: IncomingParts, signal: AbortSignal): AsyncGenerator<Incoming, void, void> {
  const names = new OwnName(parts.client);
  try {
    for await (const update of updates(parts.client, parts.polling, signal)) {
      const admission = admit(update.body, parts.door);
      if (admission.is === "stranger") parts.strangers.saw(admission.id);
      else if (admission.is === "talk") parts.talk.hear(fromTalk(admission, update));
      else if (admission.is === "command") void names.isMeant(admission, signal).then((isMeant) => isMeant && parts.talk.hear(fromCommand(admission, update)));
      else if (admission.is === "reply") yield fromText(parts, admission, update, signal);
      else if (admission.is === "tap") yield* fromTap(parts, admission, update, signal);
    }
  } finally {
    parts.strangers.flush();
  }
}

/** Every admitted tap is answered once, whatever becomes of it: else the button spins on. */
async function* fromTap(parts: IncomingParts, tap: Tap, update: RawUpdate, signal: AbortSignal): AsyncGenerator<Incoming, void, void> {
  let isAnswered = false;
  const answer = async (toast: string): Promise<void> => {
    if (isAnswered) return;
    isAnswered = true;
    await answerTap(parts, tap, toast, signal);
  };
  const wish = parsePress(tap.data);
  if (wish !== undefined) return parts.talk.hear({ said: { press: wish }, ...whence(tap, update), replyTo: undefined, acknowledge: answer });
  const press = parseCallback(tap.data);
  if (press === undefined) return void answer("Not accepted: this button is not one of aegis's");
  const recipient = recipientOf(tap.chatId);
  const { promptId, nonce, choice } = press;
  const reply: Reply = { target: { promptId, nonce }, answer: { choice }, recipient, by: tap.by, reference: String(update.id) };
  const tell = async (verdict: Verdict): Promise<void> => {
    await answer(verdictText(verdict, parts.redact, reply));
    // A message that nobody knows of, because its session died first or Telegram's answer was lost, is never settled.
    if (tap.isOnMessage && isOver(verdict)) await lastWord(parts, { chat: tap.chatId, sort: "edit", unclearTries: 2 }, (signal) => parts.client.removeButtons(tap.chatId, tap.messageId, signal), signal);
  };
  yield { reply, tell };
  void answer("Not accepted: aegis could not judge it; answer at the keyboard");
}

/** Words for a session: of a topic, the one whose it is. */
function fromTalk(talk: Talk, update: RawUpdate): Request {
  const { text = "", thread, at } = talk;
  const from = whence(talk, update);
  return { said: { text }, ...from, at, replyTo: thread === undefined ? undefined : { recipient: from.recipient, id: spotId({ thread, message: thread }) }, acknowledge: async () => undefined };
}

function fromCommand(command: Commanded, update: RawUpdate): Request {
  const { text, thread = 0, replyTo = thread } = command;
  const from = whence(command, update);
  return { said: { text }, ...from, replyTo: replyTo === 0 ? undefined : { recipient: from.recipient, id: spotId({ thread, message: replyTo }) }, acknowledge: async () => undefined };
}

function whence({ chatId, thread = 0, messageId, by }: Tap | Commanded | Talk | Written, update: RawUpdate): Pick<Request, "recipient" | "by" | "message" | "reference"> {
  const recipient = recipientOf(chatId);
  return { recipient, by, message: { recipient, id: spotId({ thread, message: messageId }) }, reference: String(update.id) };
}

/** Its buttons are good for nothing any more, as far as anybody here can know. */
function isOver(verdict: Verdict): boolean {
  return verdict.is !== "accepted" && verdict.is !== "invalid" && !(verdict.is === "unknown" && verdict.isElsewhere === true);
}

function fromText(parts: IncomingParts, written: Written, update: RawUpdate, signal: AbortSignal): Incoming {
  const recipient = recipientOf(written.chatId);
  const message = { recipient, id: spotId({ thread: written.thread ?? 0, message: written.replyTo }) };
  const reply: Reply = {
    target: { message },
    answer: { text: written.text },
    recipient,
    by: written.by,
    reference: String(update.id),
  };
  const tell = async (verdict: Verdict): Promise<void> => {
    const isSecret = parts.isConfidential(message);
    // The settled message tells of an accepted one.
    const isTold = verdict.is === "accepted" || (verdict.is === "already_decided" && verdict.isAgain === true);
    if (verdict.is === "unknown" && !isSecret) parts.talk.hear({ said: { text: written.text }, ...whence(written, update), replyTo: message, acknowledge: async () => undefined });
    else if (!isTold) await say(parts, written, verdictText(isSecret ? hushed(verdict) : verdict, parts.redact, reply), signal);
    // One that came too late, or was refused, is as secret.
    if (isSecret) await lastWord(parts, { chat: undefined, unclearTries: 2 }, (signal) => parts.client.deleteMessage(written.chatId, written.messageId, signal), signal);
  };
  return { reply, tell };
}

/** A verdict that does not repeat the answer. */
function hushed(verdict: Verdict): Verdict {
  return "decision" in verdict ? { ...verdict, decision: { ...verdict.decision, label: "(hidden)" } } : verdict;
}

async function answerTap(parts: IncomingParts, tap: Tap, toast: string, signal: AbortSignal): Promise<void> {
  await lastWord(parts, { chat: undefined, unclearTries: 2 }, (signal) => parts.client.answerTap(tap.queryId, toast, signal), signal);
}

async function say(parts: IncomingParts, { chatId, thread = 0, messageId }: Written, text: string, signal: AbortSignal): Promise<void> {
  const words = new RichText().plus(text);
  await lastWord(parts, { chat: chatId, unclearTries: 1 }, (signal) => parts.client.sendMessage(chatId, words, { replyTo: messageId, thread, silent: true }, signal), signal);
}

/** Says it even while the session ends. What cannot be said is not worth a decision; why shows in the channel's state. */
async function lastWord({ deliverer, clock }: IncomingParts, errand: Omit<Errand, "until">, call: (signal: AbortSignal) => Promise<unknown>, signal: AbortSignal): Promise<void> {
  using linger = new Linger(lastWordsMs, clock, signal);
  const until = clock.wall() + tapLifetimeMs;
  await deliverer.deliver(() => call(linger.signal), { ...errand, until }, linger.signal).catch(() => undefined);
}
