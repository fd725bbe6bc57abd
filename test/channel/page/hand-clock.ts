import type { Clock, Millis } from "../../../src/async/clock.ts";

interface Sleeper {
  readonly wakesAt: Millis;
  wake(): void;
}

/** A clock that stands until it is moved. */
export class HandClock implements Clock {
  #now: Millis = 0;
  #sleepers: Sleeper[] = [];

  now(): Millis {
    return this.#now;
  }

  wall(): Millis {
    return this.#now;
  }

  sleep(ms: Millis, signal: AbortSignal): Promise<void> {
    return new Promise((wake) => {
      this.#sleepers.push({ wakesAt: this.#now + ms, wake });
      signal.addEventListener("abort", () => wake(), { once: true });
    });
  }

  pass(ms: Millis): void {
    this.#now += ms;
    const due = this.#sleepers.filter(({ wakesAt }) => wakesAt <= this.#now);
    this.#sleepers = this.#sleepers.filter(({ wakesAt }) => wakesAt > this.#now);
    for (const sleeper of due) sleeper.wake();
  }
}
