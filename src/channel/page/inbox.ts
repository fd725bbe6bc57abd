import { Bell } from "../../async/bell.ts";
import type { Reply, Verdict } from "../../prompt/reply.ts";
import type { Incoming } from "../channel.ts";

interface Waiting extends Incoming {
  /** Lets the sender go without a verdict. */
  release(): void;
}

/** Replies until someone has dealt with them: one is forgotten when the consumer asks for the next, and comes again if it never does. */
export class Inbox {
  readonly #waiting: Waiting[] = [];
  readonly #arrived = new Bell();

  /** Resolves with the verdict; undefined: nobody is left to judge it. */
  put(reply: Reply): Promise<Verdict | undefined> {
    return new Promise((resolve) => {
      this.#waiting.push({ reply, tell: async (verdict) => resolve(verdict), release: () => resolve(undefined) });
      this.#arrived.ring();
    });
  }

  async *items(signal: AbortSignal): AsyncGenerator<Incoming, void, void> {
    while (!signal.aborted) {
      const [oldest] = this.#waiting;
      if (oldest === undefined) await this.#arrived.rung(signal);
      else {
        yield oldest;
        this.#waiting.shift()?.release();
      }
    }
  }

  close(): void {
    for (const waiting of this.#waiting) waiting.release();
  }
}
