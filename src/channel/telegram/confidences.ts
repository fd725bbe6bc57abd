import type { MessageRef } from "../../prompt/reply.ts";

const memory = 200;

/** The messages that asked for a secret: what replies to them is taken out of the chat once it is typed. */
export class Confidences {
  readonly #messages = new Set<string>();

  add(messages: readonly MessageRef[]): void {
    for (const message of messages) this.#messages.add(keyOf(message));
    for (const oldest of this.#messages) {
      if (this.#messages.size <= memory) return;
      this.#messages.delete(oldest);
    }
  }

  has(message: MessageRef): boolean {
    return this.#messages.has(keyOf(message));
  }
}

function keyOf({ recipient, id }: MessageRef): string {
  return `${recipient}/${id}`;
}
