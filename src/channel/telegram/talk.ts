import type { Clock, Millis } from "../../async/clock.ts";
import { Queue } from "../../async/queue.ts";
import type { Recipient } from "../../prompt/nonce.ts";
import type { MessageRef } from "../../prompt/reply.ts";
import type { Note, Request, Talk } from "../talk.ts";
import type { TelegramClient } from "./client.ts";
import type { Deliverer } from "./delivery.ts";
import type { Keyboard } from "./keyboard.ts";
import type { Sort } from "./pace.ts";
import { pressData } from "./press.ts";
import { chatOf } from "./recipient.ts";
import { RichText } from "./rich-text.ts";
import { split } from "./split.ts";
import { TelegramTrouble } from "./trouble.ts";
import { visible, visibleLine } from "../visible.ts";

export interface TalkParts {
  readonly client: TelegramClient;
  readonly deliverer: Deliverer;
  readonly clock: Clock;
}

/** How long a note is worth telling. */
const noteMs: Millis = 60_000;
/** UTF-16 units: of the terminal's text in one message, of our words, of a button. */
const maxExcerpt = 3_000;
const maxWords = 900;
const maxLabel = 60;
/** More messages than this and the text comes as a file. */
const maxParts = 4;
const maxPhotoBytes = 10 * 1024 * 1024;

/** Notes out, requests in. */
export class TelegramTalk implements Talk {
  readonly #parts: TalkParts;
  readonly #requests = new Queue<Request>();

  constructor(parts: TalkParts) {
    this.#parts = parts;
  }

  hear(request: Request): void {
    this.#requests.put(request);
  }

  requests(signal: AbortSignal): AsyncIterable<Request> {
    return this.#requests.items(signal);
  }

  async tell(recipient: Recipient, note: Note, signal: AbortSignal): Promise<MessageRef> {
    const { client } = this.#parts;
    const chat = known(recipient);
    const { document, parts } = drawn(note);
    const extra = extraOf(note);
    if (document !== undefined) await this.#deliver(chat, (signal) => client.sendDocument(chat, { name: "terminal.txt", content: document }, extra, signal), signal);
    let id = 0;
    for (const [index, part] of parts.entries()) {
      const keyboard = index === parts.length - 1 ? keyboardOf(note) : undefined;
      id = await this.#deliver(chat, (signal) => client.sendMessage(chat, part, { ...extra, ...(keyboard === undefined ? {} : { keyboard }) }, signal), signal);
    }
    return { recipient, id: String(id) };
  }

  async show(recipient: Recipient, picture: Uint8Array, note: Pick<Note, "replyTo" | "isSilent">, signal: AbortSignal): Promise<MessageRef> {
    const chat = known(recipient);
    const id = await this.#deliver(chat, (signal) => this.#sendPicture(chat, picture, extraOf(note), signal), signal);
    return { recipient, id: String(id) };
  }

  /** As a file where it does not pass for a photo. */
  async #sendPicture(chat: number, picture: Uint8Array, extra: { silent?: boolean; replyTo?: number }, signal: AbortSignal): Promise<number> {
    const { client } = this.#parts;
    try {
      if (picture.length <= maxPhotoBytes) return await client.sendPhoto(chat, picture, extra, signal);
    } catch (error) {
      if (!(error instanceof TelegramTrouble) || error.code !== 400) throw error;
    }
    return await client.sendDocument(chat, { name: "screen.png", content: picture }, extra, signal);
  }

  async amend(message: MessageRef, note: Note, signal: AbortSignal): Promise<void> {
    const chat = known(message.recipient);
    const text = drawn(note).parts.at(-1) ?? new RichText(note.text);
    await this.#deliver(chat, (signal) => this.#parts.client.editMessage(chat, Number(message.id), text, signal), signal, "edit");
  }

  /** Without retries: it is there without a pin, too. */
  async pin(message: MessageRef, signal: AbortSignal): Promise<void> {
    await this.#parts.client.pinMessage(known(message.recipient), Number(message.id), signal);
  }

  /** Without retries: the commands work without a menu, too. */
  async announce(commands: Parameters<Talk["announce"]>[0], signal: AbortSignal): Promise<void> {
    await this.#parts.client.setCommands(commands, signal);
  }

  async #deliver<T>(chat: number, call: (signal: AbortSignal) => Promise<T>, signal: AbortSignal, sort: Sort = "message"): Promise<T> {
    const { deliverer, clock } = this.#parts;
    return await deliverer.deliver(() => call(signal), { chat, sort, until: clock.wall() + noteMs, unclearTries: 2 }, signal);
  }
}

/** @throws TypeError for a recipient of another channel */
function known(recipient: Recipient): number {
  const chat = chatOf(recipient);
  if (chat === undefined) throw new TypeError(`${recipient} is not on Telegram`);
  return chat;
}

function drawn({ text, excerpt }: Note): { document: string | undefined; parts: readonly RichText[] } {
  const words = new RichText().plus(wordsOf(text));
  const body = excerpt === undefined ? "" : visible(excerpt).replace(/^(?:[ \t]*\n)+/, "").trimEnd();
  if (body === "") return { document: undefined, parts: [words] };
  const pieces = split(body, maxExcerpt);
  if (pieces.length > maxParts) return { document: body, parts: [words] };
  return { document: undefined, parts: pieces.map((piece, index) => (index === 0 ? words.plus("\n") : new RichText()).plus(piece, "pre")) };
}

/** Line by line, because names and questions in it come from the terminal. */
function wordsOf(text: string): string {
  return text.split("\n").map((line) => visibleLine(line, maxWords)).join("\n").slice(0, maxWords);
}

function extraOf({ replyTo, isSilent }: Pick<Note, "replyTo" | "isSilent">): { silent?: boolean; replyTo?: number } {
  return { ...(isSilent === true ? { silent: true } : {}), ...(replyTo === undefined ? {} : { replyTo: Number(replyTo.id) }) };
}

function keyboardOf({ buttons = [] }: Note): Keyboard | undefined {
  if (buttons.length === 0) return undefined;
  return { inline_keyboard: buttons.map(({ label, press }) => [{ text: visibleLine(label, maxLabel), callback_data: pressData(press) }]) };
}
