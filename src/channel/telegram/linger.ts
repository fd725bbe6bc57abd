import { addAbortListener } from "node:events";
import type { Clock, Millis } from "../../async/clock.ts";

/** A signal that aborts a little after its parent: for the last words that are still on their way. Disposing of it, once they are said, stops the clock. */
export class Linger implements Disposable {
  readonly signal: AbortSignal;
  readonly #later = new AbortController();
  readonly #listening: Disposable;

  constructor(forMs: Millis, clock: Clock, parent: AbortSignal) {
    this.signal = this.#later.signal;
    this.#listening = addAbortListener(parent, () => void clock.sleep(forMs, this.signal).then(() => this.#later.abort()));
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
    this.#later.abort();
  }
}
