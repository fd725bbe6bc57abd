import { messageOf } from "../async/message-of.ts";
import type { Channel } from "../channel/channel.ts";
import type { Note, Talk } from "../channel/talk.ts";
import type { Recipient } from "../prompt/nonce.ts";
import type { SessionId } from "../prompt/prompt.ts";
import type { MessageRef } from "../prompt/reply.ts";
import type { Store } from "../store/store.ts";
import type { Report } from "./report.ts";

export interface NoteParts {
  readonly sessionId: SessionId;
  readonly channels: readonly Channel[];
  readonly store: Store;
  readonly report: Report;
}

/** What a session says besides its prompts. A note that cannot be told is worth a line in the log, no more. */
export class Notes {
  readonly #parts: NoteParts;

  constructor(parts: NoteParts) {
    this.#parts = parts;
  }

  /** @returns undefined: it could not be told */
  async tell(recipient: Recipient, note: Note, signal: AbortSignal): Promise<MessageRef | undefined> {
    return await this.#kept(recipient, (talk) => talk.tell(recipient, note, signal));
  }

  async show(recipient: Recipient, picture: Uint8Array, note: Pick<Note, "replyTo" | "isSilent">, signal: AbortSignal): Promise<void> {
    await this.#kept(recipient, (talk) => talk.show(recipient, picture, note, signal));
  }

  async tellAll(note: Note, signal: AbortSignal): Promise<void> {
    const recipients = this.#parts.channels.flatMap((channel) => (channel.talk === undefined ? [] : channel.recipients));
    await Promise.all(recipients.map((recipient) => this.tell(recipient, note, signal)));
  }

  async amend(message: MessageRef, note: Note, signal: AbortSignal): Promise<void> {
    await this.#sheltered(message.recipient, (talk) => talk.amend(message, note, signal));
  }

  /** A message that can't be pinned is as good. */
  async pin(message: MessageRef, signal: AbortSignal): Promise<void> {
    try {
      await this.#talkWith(message.recipient)?.pin(message, signal);
    } catch (error) {
      this.#parts.report.log("info", `a note to ${message.recipient} was not pinned: ${messageOf(error)}`);
    }
  }

  /** Remembers which session the message is about, so that a reply to it finds the session. */
  async #kept(recipient: Recipient, say: (talk: Talk) => Promise<MessageRef>): Promise<MessageRef | undefined> {
    const message = await this.#sheltered(recipient, say);
    if (message !== undefined) await this.#sheltered(recipient, () => this.#parts.store.noted(this.#parts.sessionId, message));
    return message;
  }

  async #sheltered<T>(recipient: Recipient, say: (talk: Talk) => Promise<T>): Promise<T | undefined> {
    const talk = this.#talkWith(recipient);
    try {
      return talk && (await say(talk));
    } catch (error) {
      this.#parts.report.log("warn", `a note to ${recipient} was not told: ${messageOf(error)}`);
      return undefined;
    }
  }

  /** Only those who are asked are told: an order out of the database may name anybody. */
  #talkWith(recipient: Recipient): Talk | undefined {
    return this.#parts.channels.find(({ recipients, acquaintances = [] }) => [...recipients, ...acquaintances].includes(recipient))?.talk;
  }
}
