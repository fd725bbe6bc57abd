import type { Message } from "../botapi/chat.ts";
import type { Desk } from "../e2e/desk.ts";

/** How long an agent may take for a turn, or its start: on a busy machine some need 25 s for that. */
const patienceMs = 60_000;

/** What the person sees on the phone, message after message. */
export class Phone {
  readonly #desk: Desk;
  #last = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** The next message that asks something. */
  prompt(): Promise<Message> {
    return this.#next("prompt", ({ text }) => /^.* asks\n/.test(text));
  }

  /** The next message that says that the turn is over and still stands. */
  turnOver(): Promise<Message> {
    return this.#next("turn's end", (message) => message.edits === 0 && message.text.includes(" waits for the next instruction\n"));
  }

  /** How a message ended: the line before its receipt. */
  async outcome(message: Message, withinMs = patienceMs): Promise<string> {
    await this.#desk.api.until("outcome", () => (message.edits > 0 ? true : undefined), withinMs);
    return message.text.split("\n").at(-2) ?? "";
  }

  /** Messages that asked something, so far. */
  get prompts(): readonly Message[] {
    return this.#desk.api.messages.filter(({ text }) => /^.* asks\n/.test(text));
  }

  /** Everything that the bot said, for the report of a failure. */
  get transcript(): string {
    return this.#desk.api.messages.map(({ id, text, edits }) => `${id} (${edits} edits): ${text}`).join("\n\n");
  }

  async #next(what: string, fits: (message: Message) => boolean): Promise<Message> {
    const { api } = this.#desk;
    try {
      const message = await api.until(what, () => api.messages.find((message) => message.id > this.#last && fits(message)), patienceMs);
      this.#last = message.id;
      return message;
    } catch (error) {
      throw new Error(`waited in vain for the ${what}; the bot said:\n${this.transcript}`, { cause: error });
    }
  }
}
