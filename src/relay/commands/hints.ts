import type { Clock, Millis } from "../../async/clock.ts";
import type { Recipient } from "../../prompt/nonce.ts";

const betweenHintsMs: Millis = 30_000;

/** Says when a person may be told again how to answer: somebody who pastes sixty lines is told once. */
export class Hints {
  readonly #clock: Clock;
  readonly #givenAt = new Map<Recipient, Millis>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether one is due; it counts as given then. */
  take(recipient: Recipient): boolean {
    const now = this.#clock.now();
    const last = this.#givenAt.get(recipient);
    if (last !== undefined && now - last < betweenHintsMs) return false;
    this.#givenAt.set(recipient, now);
    return true;
  }
}
