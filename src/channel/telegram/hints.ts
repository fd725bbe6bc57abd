import type { Clock, Millis } from "../../async/clock.ts";

const betweenHintsMs: Millis = 30_000;

/** Says when a person may be told again how to answer: somebody who pastes sixty lines is told once. */
export class Hints {
  readonly #clock: Clock;
  readonly #givenAt = new Map<number, Millis>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether one is due in this chat; it counts as given then. */
  take(chat: number): boolean {
    const now = this.#clock.now();
    const last = this.#givenAt.get(chat);
    if (last !== undefined && now - last < betweenHintsMs) return false;
    this.#givenAt.set(chat, now);
    return true;
  }
}
