import type { Clock, Millis } from "../../async/clock.ts";
import type { Nonce, NonceKey, Recipient } from "../../prompt/nonce.ts";
import type { OrderId } from "../../prompt/order.ts";

/** How long a person may think about it. */
export const confirmMs: Millis = 60_000;

/** Which button of a confirmation. */
const slots = { yes: 1, no: 0 } as const;

interface Pending<T> {
  readonly what: T;
  readonly recipient: Recipient;
  readonly until: Millis;
}

/**
 * What waits to be confirmed, in this process's memory only: an order in the database says nothing but its number and the nonce of
 * the button, which nobody can make who has not seen the message.
 */
export class Confirmations<T> {
  readonly #key: NonceKey;
  readonly #clock: Clock;
  readonly #pending = new Map<OrderId, Pending<T>>();

  constructor(key: NonceKey, clock: Clock) {
    this.#key = key;
    this.#clock = clock;
  }

  /** @returns the nonces of its two buttons */
  add(id: OrderId, what: T, recipient: Recipient): { yes: Nonce; no: Nonce } {
    this.#pending.set(id, { what, recipient, until: this.#clock.now() + confirmMs });
    return { yes: this.#nonce(id, "yes", recipient), no: this.#nonce(id, "no", recipient) };
  }

  /** Takes what a tap is about, once; undefined: nothing waits, its time is over, or the nonce is no button's. */
  take(id: OrderId, nonce: Nonce, recipient: Recipient): { what: T; answer: "yes" | "no" } | undefined {
    const pending = this.#pending.get(id);
    if (pending === undefined || pending.recipient !== recipient || this.#clock.now() >= pending.until) return undefined;
    const answer = (["yes", "no"] as const).find((slot) => this.#nonce(id, slot, recipient) === nonce);
    if (answer === undefined) return undefined;
    this.#pending.delete(id);
    return { what: pending.what, answer };
  }

  /** Gives up on it; false: it was taken before. */
  drop(id: OrderId): boolean {
    return this.#pending.delete(id);
  }

  #nonce(id: OrderId, slot: keyof typeof slots, recipient: Recipient): Nonce {
    return this.#key.nonceFor(`order ${id}`, slots[slot], recipient);
  }
}
