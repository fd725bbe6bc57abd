import type { Clock, Millis } from "../../async/clock.ts";
import { Queue } from "../../async/queue.ts";
import type { Recipient } from "../../prompt/nonce.ts";
import type { MessageRef } from "../../prompt/reply.ts";
import type { Note, Request, Talk } from "../talk.ts";
import type { Sending, TelegramClient } from "./client.ts";
import type { Deliverer } from "./delivery.ts";
import type { Keyboard } from "./keyboard.ts";
import type { Sort } from "./pace.ts";
import { pressData } from "./press.ts";
import { chatOf } from "./recipient.ts";
import { RichText } from "./rich-text.ts";
import { maxParts, split, trimmed } from "./split.ts";
import { spotId, spotOf } from "./spot.ts";
import { fixedPlace, type Place } from "./topic.ts";
import { TelegramTrouble } from "./trouble.ts";
import { visible, visibleLine } from "../visible.ts";

export interface TalkParts {
  readonly client: TelegramClient;
  readonly deliverer: Deliverer;
  readonly clock: Clock;
  /** Where this session's messages go in a chat. */
  readonly placeIn: (chat: number) => Place;
  /** The group that has a menu of its own; undefined: none. */
  readonly group: number | undefined;
}

/** How long a note is worth telling. */
const noteMs: Millis = 60_000;
/** UTF-16 units: of the terminal's text in one message, of our words, of a button. */
const maxExcerpt = 3_000;
const maxWords = 900;
const maxLabel = 60;
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
    if (document !== undefined) await this.#send(recipient, note, (extra, signal) => client.sendDocument(chat, { name: "terminal.txt", content: document }, extra, signal), signal);
    let message: MessageRef = { recipient, id: "0" };
    for (const [index, part] of parts.entries()) {
      const keyboard = index === parts.length - 1 ? keyboardOf(note) : undefined;
      message = await this.#send(recipient, note, (extra, signal) => client.sendMessage(chat, part, { ...extra, ...(keyboard === undefined ? {} : { keyboard }) }, signal), signal);
    }
    return message;
  }

  async show(recipient: Recipient, picture: Uint8Array, note: Pick<Note, "replyTo" | "isSilent">, signal: AbortSignal): Promise<MessageRef> {
    return await this.#send(recipient, note, (extra, signal) => this.#sendPicture(known(recipient), picture, extra, signal), signal);
  }

  /** As a file where it does not pass for a photo. */
  async #sendPicture(chat: number, picture: Uint8Array, extra: Sending, signal: AbortSignal): Promise<number> {
    const { client } = this.#parts;
    try {
      if (picture.length <= maxPhotoBytes) return await client.sendPhoto(chat, picture, extra, signal);
    } catch (error) {
      if (!(error instanceof TelegramTrouble) || !isNoPhoto(error)) throw error;
    }
    return await client.sendDocument(chat, { name: "screen.png", content: picture }, extra, signal);
  }

  async amend(message: MessageRef, note: Note, signal: AbortSignal): Promise<void> {
    const chat = known(message.recipient);
    const text = drawn(note).parts.at(-1) ?? new RichText(note.text);
    await this.#deliver(chat, (signal) => this.#parts.client.editMessage(chat, spotOf(message.id).message, text, signal), signal, "edit");
  }

  /** Without retries: it is there without a pin, too. */
  async pin(message: MessageRef, signal: AbortSignal): Promise<void> {
    await this.#parts.client.pinMessage(known(message.recipient), spotOf(message.id).message, signal);
  }

  /** Without retries: the commands work without a menu, too. */
  async announce(commands: Parameters<Talk["announce"]>[0], signal: AbortSignal): Promise<void> {
    const { client, group } = this.#parts;
    await client.setCommands(commands, undefined, signal);
    if (group !== undefined) await client.setCommands(commands, group, signal);
  }

  /** An answer goes where it was asked for, everything else to the session's own place. */
  async #send(recipient: Recipient, { replyTo, isSilent }: Pick<Note, "replyTo" | "isSilent">, call: (extra: Sending, signal: AbortSignal) => Promise<number>, signal: AbortSignal): Promise<MessageRef> {
    const chat = known(recipient);
    const spot = replyTo && spotOf(replyTo.id);
    const place = spot === undefined ? this.#parts.placeIn(chat) : fixedPlace(spot.thread);
    const silent = isSilent === true;
    const attempt = async (signal: AbortSignal): Promise<MessageRef> => {
      const put = (extra: Sending) => place.put((thread) => call({ silent, thread, ...extra }, signal), signal);
      const { sent, thread } = await (spot === undefined ? put({}) : put({ replyTo: spot.message }).catch((error: unknown) => (isAnswerToNothing(error) ? put({}) : Promise.reject(error))));
      return { recipient, id: spotId({ thread, message: sent }) };
    };
    return await this.#deliver(chat, attempt, signal);
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
  const body = excerpt === undefined ? "" : trimmed(visible(excerpt));
  if (body === "") return { document: undefined, parts: [words] };
  const pieces = split(body, maxExcerpt);
  if (pieces.length > maxParts) return { document: body, parts: [words] };
  return { document: undefined, parts: pieces.map((piece, index) => (index === 0 ? words.plus("\n") : new RichText()).plus(piece, "pre")) };
}

/** Line by line, because names and questions in it come from the terminal. */
function wordsOf(text: string): string {
  return text.split("\n").map((line) => visibleLine(line, maxWords)).join("\n").slice(0, maxWords);
}

/** In topics Telegram sends no reply to what is gone, whatever it was told. */
function isAnswerToNothing(error: unknown): boolean {
  return error instanceof TelegramTrouble && error.code === 400 && error.message.includes("message to be replied not found");
}

function isNoPhoto({ code, message }: TelegramTrouble): boolean {
  return code === 400 && /PHOTO|IMAGE|photo/.test(message);
}

function keyboardOf({ buttons = [] }: Note): Keyboard | undefined {
  if (buttons.length === 0) return undefined;
  return { inline_keyboard: buttons.map(({ label, press }) => [{ text: visibleLine(label, maxLabel), callback_data: pressData(press) }]) };
}
