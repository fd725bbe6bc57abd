import type { Clock, Millis } from "../../async/clock.ts";

/** Counts failures per client and forgets them together after each window, so that its memory is bounded by one window's clients. */
export class FailureLimit {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #windowMs: Millis;
  readonly #counts = new Map<string, number>();
  #windowEndsAt: Millis = 0;

  constructor(clock: Clock, { most, windowMs }: { most: number; windowMs: Millis }) {
    this.#clock = clock;
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Counts one more failure of `client` and says whether that is too many. */
  exceeds(client: string): boolean {
    const now = this.#clock.now();
    if (now >= this.#windowEndsAt) {
      this.#counts.clear();
      this.#windowEndsAt = now + this.#windowMs;
    }
    const count = (this.#counts.get(client) ?? 0) + 1;
    this.#counts.set(client, count);
    return count > this.#most;
  }
}
