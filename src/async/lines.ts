import type { Millis } from "./clock.ts";

export interface Rate {
  readonly everyMs: Millis;
  /** How many may go at once after a silence. */
  readonly burst: number;
}

/** Lines in which callers wait for their turn. */
export interface Lines {
  /** Takes the next place in a line, and says how long until it may be used. `now` on the caller's monotonic clock. */
  waitFor(line: string, rate: Rate, now: Millis): Millis;
  /** Nobody in any line may go for so long. */
  hold(forMs: Millis, now: Millis): void;
  holdFor(now: Millis): Millis;
}

/**
 * A place in a line in which one goes every so often, the first few at once (the generic cell rate algorithm).
 *
 * @param full when the line would be empty, if nobody else came
 */
export function placeIn(full: Millis, { everyMs, burst }: Rate, now: Millis): { readonly at: Millis; readonly full: Millis } {
  return { at: Math.max(now, full - (burst - 1) * everyMs), full: Math.max(full, now) + everyMs };
}

/** Lines of one process. */
export class LocalLines implements Lines {
  readonly #full = new Map<string, Millis>();
  #notBefore: Millis = 0;

  waitFor(line: string, rate: Rate, now: Millis): Millis {
    const { at, full } = placeIn(this.#full.get(line) ?? 0, rate, now);
    this.#full.set(line, full);
    return Math.max(at - now, this.holdFor(now));
  }

  hold(forMs: Millis, now: Millis): void {
    this.#notBefore = Math.max(this.#notBefore, now + forMs);
  }

  holdFor(now: Millis): Millis {
    return Math.max(0, this.#notBefore - now);
  }
}
