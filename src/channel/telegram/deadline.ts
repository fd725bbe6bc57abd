import type { Clock, Millis } from "../../async/clock.ts";

/** A signal that aborts with its parent, or when time is up. Disposing of it stops the clock. */
export class Deadline implements Disposable {
  readonly signal: AbortSignal;
  readonly #over = new AbortController();

  constructor(afterMs: Millis, clock: Clock, parent: AbortSignal) {
    const late = new AbortController();
    this.signal = AbortSignal.any([parent, late.signal]);
    void clock.sleep(afterMs, this.#over.signal).then(() => {
      if (!this.#over.signal.aborted) late.abort();
    });
  }

  [Symbol.dispose](): void {
    this.#over.abort();
  }
}
