import type { Clock, Millis } from "./clock.ts";
import { LinkedAbort } from "./linked-abort.ts";

/** A signal that aborts with its parent, or when time is up. Disposing of it stops the clock and lets the parent go. */
export class Deadline implements Disposable {
  readonly #late: LinkedAbort;
  readonly #over = new AbortController();

  constructor(afterMs: Millis, clock: Clock, parent: AbortSignal) {
    this.#late = new LinkedAbort(parent);
    void clock.sleep(afterMs, this.#over.signal).then(() => {
      if (!this.#over.signal.aborted) this.#late.abort();
    });
  }

  get signal(): AbortSignal {
    return this.#late.signal;
  }

  [Symbol.dispose](): void {
    this.#late[Symbol.dispose]();
    this.#over.abort();
  }
}
