import { addAbortListener } from "node:events";
import { Later } from "./later.ts";

/** Wakes those who wait; a ring that nobody waits for is lost. */
export class Bell {
  #waiting: Array<() => void> = [];

  ring(): void {
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  /** Resolves at the next ring, or when `signal` aborts. Never rejects. */
  async rung(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const woken = new Later<void>();
    const wake = (): void => woken.resolve();
    using _ = addAbortListener(signal, wake);
    this.#waiting.push(wake);
    await woken.value;
  }
}
