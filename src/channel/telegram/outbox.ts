import { messageOf } from "../../async/message-of.ts";
import type { Clock, Millis } from "../../async/clock.ts";
import type { Recipient } from "../../prompt/nonce.ts";
import type { MessageRef } from "../../prompt/reply.ts";
import type { Ask, Settlement } from "../channel.ts";
import type { TelegramClient } from "./client.ts";
import type { Deliverer } from "./delivery.ts";
import { keyboardFor, type Keyboard } from "./keyboard.ts";
import { settledText } from "./outcome.ts";
import { Linger } from "./linger.ts";
import { pressData } from "./press.ts";
import { chatOf, recipientOf } from "./recipient.ts";
import { type Rendered, renderAsk, renderClosed } from "./render.ts";
import { RichText } from "./rich-text.ts";
import { spotId, spotOf } from "./spot.ts";
import type { Place } from "./topic.ts";
import { TelegramTrouble } from "./trouble.ts";

export interface OutboxParts {
  readonly client: TelegramClient;
  readonly deliverer: Deliverer;
  readonly clock: Clock;
  readonly redact: (text: string) => string;
  /** Where this session's messages go in a chat. */
  readonly placeIn: (chat: number) => Place;
  readonly onMissed: (missed: { readonly recipient: Recipient; readonly message: string }) => void;
}

/** How long a message that is no longer wanted may still be on its way. */
const underwayMs: Millis = 10_000;
/** How long an outcome is worth telling. */
const settleWithinMs: Millis = 600_000;

/** What goes out: prompts, and how they ended. */
export class Outbox {
  readonly #parts: OutboxParts;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /** Sends the prompt to every chat at once; one who has blocked the bot keeps it from nobody else. */
  async send(ask: Ask, chats: readonly number[], signal: AbortSignal): Promise<MessageRef[]> {
    const rendered = renderAsk(ask, this.#parts.redact);
    const results = await Promise.allSettled(chats.map((chat) => this.#sendTo(chat, ask, rendered, signal)));
    const refs = results.flatMap((result) => (result.status === "fulfilled" ? result.value : []));
    const failed = results.flatMap((result, index) => (result.status === "rejected" ? [{ chat: chats[index] ?? 0, error: result.reason as unknown }] : []));
    if (refs.length === 0) throw failed[0]?.error;
    for (const { chat, error } of failed) this.#parts.onMissed({ recipient: recipientOf(chat), message: messageOf(error) });
    return refs;
  }

  /** Every message of the prompt, the one with the buttons last: a reply to any of them finds it. */
  async #sendTo(chat: number, ask: Ask, { document, parts }: Rendered, signal: AbortSignal): Promise<MessageRef[]> {
    const { client, redact } = this.#parts;
    const recipient = recipientOf(chat);
    const keyboard = keyboardFor(ask, recipient, redact);
    const silent = ask.prompt.detection.idle || ask.isQuiet === true;
    const refs: MessageRef[] = [];
    // A call on its way is finished: cut, it might show a message that nobody could settle any more.
    using linger = new Linger(underwayMs, this.#parts.clock, signal);
    const place = this.#parts.placeIn(chat);
    const put = async (call: (maybeAgain: boolean, thread: number) => Promise<number>): Promise<void> => {
      const { sent, thread } = await this.#deliver(ask, chat, (maybeAgain) => place.put((thread) => call(maybeAgain, thread), linger.signal), signal);
      refs.push({ recipient, id: spotId({ thread, message: sent }) });
    };
    if (document !== undefined) await put((_, thread) => client.sendDocument(chat, document, { silent, thread }, linger.signal));
    for (const [index, part] of parts.entries()) {
      const extra = { silent, ...(keyboard !== undefined && index === parts.length - 1 ? { keyboard } : {}) };
      await put((maybeAgain, thread) => acceptingPlain(part, (text) => client.sendMessage(chat, maybeAgain ? again.followedBy(text) : text, { ...extra, thread }, linger.signal)));
    }
    return refs;
  }

  async #deliver<T>(ask: Ask, chat: number, call: (maybeAgain: boolean) => Promise<T>, signal: AbortSignal): Promise<T> {
    return await this.#parts.deliverer.deliver(call, { chat, until: ask.prompt.expiresAt, unclearTries: 2 }, signal);
  }

  /** Takes the buttons off, save that an expired prompt may be asked again, and writes the outcome under the text. What is gone or says so already is done. */
  async settle(ask: Ask, messages: readonly MessageRef[], settlement: Settlement, signal: AbortSignal): Promise<void> {
    const { clock, redact } = this.#parts;
    const settled = renderClosed(ask, redact).plus("\n\n").followedBy(settledText(settlement, ask.prompt.detection.secret, redact));
    const lastOfEach = new Map(messages.map((message) => [message.recipient, message]));
    const until = clock.wall() + settleWithinMs;
    const results = await Promise.allSettled([...lastOfEach.values()].map((message) => this.#edit(message, { settled, until, keyboard: afterwards(ask, settlement) }, signal)));
    if (wasKilled(settlement)) await this.#closeTopics([...lastOfEach.values()], signal);
    const failed = results.find((result) => result.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }

  /** Of a session that can no longer do it itself. Its topics are as good when they stay open. */
  async #closeTopics(messages: readonly MessageRef[], signal: AbortSignal): Promise<void> {
    for (const { recipient, id } of messages) {
      const [chat, { thread }] = [chatOf(recipient), spotOf(id)];
      if (chat !== undefined && thread !== 0) await this.#parts.client.closeTopic(chat, thread, signal).catch(() => undefined);
    }
  }

  async #edit(message: MessageRef, { settled, until, keyboard }: { settled: RichText; until: number; keyboard: Keyboard | undefined }, signal: AbortSignal): Promise<void> {
    const chat = chatOf(message.recipient);
    if (chat === undefined) return;
    const { client, deliverer } = this.#parts;
    const edit = (text: RichText): Promise<void> => client.editMessage(chat, spotOf(message.id).message, text, signal, keyboard);
    try {
      await deliverer.deliver(() => acceptingPlain(settled, edit), { chat, sort: "edit", until, unclearTries: Infinity }, signal);
    } catch (error) {
      if (!(error instanceof TelegramTrouble) || !isAlreadySo(error)) throw error;
    }
  }
}

/** The buttons that a settled message keeps. */
function afterwards({ prompt }: Ask, { outcome }: Settlement): Keyboard | undefined {
  if (outcome.is !== "expired") return undefined;
  return { inline_keyboard: [[{ text: "Ask again", callback_data: pressData({ is: "again", prompt: prompt.id }) }]] };
}

function wasKilled({ outcome }: Settlement): boolean {
  return outcome.is === "ended" && outcome.exitCode === undefined;
}

const again = new RichText("(again) ");

/** Sends plain text to a server that refuses the entities: what is asked matters more than how it looks. */
async function acceptingPlain<T>(text: RichText, call: (text: RichText) => Promise<T>): Promise<T> {
  try {
    return await call(text);
  } catch (error) {
    if (!(error instanceof TelegramTrouble) || error.code !== 400 || isAlreadySo(error) || /thread|TOPIC/.test(error.message) || text.entities.length === 0) throw error;
    return await call(text.plain);
  }
}

function isAlreadySo({ code, message }: TelegramTrouble): boolean {
  return code === 400 && /message is not modified|message to edit not found|message can't be edited|MESSAGE_ID_INVALID/.test(message);
}
