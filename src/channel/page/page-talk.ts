import type { Clock } from "../../async/clock.ts";
import { Queue } from "../../async/queue.ts";
import type { Recipient } from "../../prompt/nonce.ts";
import type { PromptId } from "../../prompt/prompt.ts";
import type { MessageRef, Responder } from "../../prompt/reply.ts";
import type { Note, Request, Talk } from "../talk.ts";
import { visible } from "../visible.ts";
import type { NoteView } from "./wire.ts";

// How many notes a tab can look back on.
const mostNotes = 20;

export interface PageTalkParts {
  readonly recipient: Recipient;
  readonly by: Responder;
  readonly clock: Clock;
  /** Whether a prompt stands on the page: nobody need be reminded of it there. */
  readonly isStanding: (id: PromptId) => boolean;
  readonly push: (note: NoteView) => void;
}

/** What is said on the page besides prompts: notes to whoever looks, and their wish to be asked again. */
export class PageTalk implements Talk {
  readonly #parts: PageTalkParts;
  readonly #requests = new Queue<Request>();
  readonly #unheard = new Set<() => void>();
  readonly #notes = new Map<string, NoteView>();
  #count = 0;

  constructor(parts: PageTalkParts) {
    this.#parts = parts;
  }

  /** Oldest first. */
  get notes(): NoteView[] {
    return [...this.#notes.values()];
  }

  /** Wants an expired prompt asked anew. Resolves with what to tell; undefined: nobody is left to hear it. */
  again(promptId: PromptId): Promise<string | undefined> {
    const { recipient, by } = this.#parts;
    return new Promise((resolve) => {
      const leave = (): void => resolve(undefined);
      this.#unheard.add(leave);
      this.#requests.put({
        said: { press: { is: "again", prompt: promptId } },
        recipient,
        by,
        message: { recipient, id: promptId },
        replyTo: undefined,
        reference: `again:${promptId}`,
        acknowledge: async (words) => {
          this.#unheard.delete(leave);
          resolve(words);
        },
      });
    });
  }

  requests(signal: AbortSignal): AsyncIterable<Request> {
    return this.#requests.items(signal);
  }

  async tell(recipient: Recipient, note: Note): Promise<MessageRef> {
    const message = { recipient, id: `note${++this.#count}` };
    const isReminder = note.replyTo !== undefined && this.#parts.isStanding(note.replyTo.id);
    if (!isReminder) this.#show(message.id, note);
    return message;
  }

  async amend(message: MessageRef, note: Note): Promise<void> {
    this.#show(message.id, note);
  }

  /** The page shows the screen itself. */
  async show(recipient: Recipient): Promise<MessageRef> {
    return { recipient, id: "screen" };
  }

  async pin(): Promise<void> {}

  async announce(): Promise<void> {}

  close(): void {
    this.#requests.close();
    for (const leave of this.#unheard) leave();
  }

  #show(id: string, { text, excerpt }: Note): void {
    const note = { id, at: this.#parts.clock.wall(), text: visible(text), excerpt: excerpt === undefined ? null : visible(excerpt) };
    this.#notes.set(id, note);
    const [oldest] = this.#notes.keys();
    if (oldest !== undefined && this.#notes.size > mostNotes) this.#notes.delete(oldest);
    this.#parts.push(note);
  }
}
