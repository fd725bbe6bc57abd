import type { Clock, Millis } from "../../async/clock.ts";
import type { Recipient } from "../../prompt/nonce.ts";
import type { OrderId } from "../../prompt/order.ts";
import type { PromptId } from "../../prompt/prompt.ts";

/** How long a person may think about it. */
const keptMs: Millis = 600_000;
const memory = 50;

/** Words that wait for their writer to say which question they answer. */
export interface Draft {
  readonly text: string;
  readonly recipient: Recipient;
  /** The questions that they may be for. */
  readonly questions: ReadonlySet<PromptId>;
}

/** Drafts stay in this process's memory: what stands in a database may have been written by anybody. */
export class Drafts {
  readonly #clock: Clock;
  readonly #kept = new Map<OrderId, { readonly draft: Draft; readonly until: Millis }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  keep(id: OrderId, draft: Draft): void {
    this.#kept.set(id, { draft, until: this.#clock.now() + keptMs });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > memory && oldest !== undefined) this.#kept.delete(oldest);
  }

  /** Gives a draft away, once; undefined: there is none, or its time is over. */
  take(id: OrderId, recipient: Recipient): Draft | undefined {
    const kept = this.#kept.get(id);
    if (kept === undefined || kept.draft.recipient !== recipient) return undefined;
    this.#kept.delete(id);
    return this.#clock.now() < kept.until ? kept.draft : undefined;
  }
}
