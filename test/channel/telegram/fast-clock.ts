import { setTimeout as delay } from "node:timers/promises";
import type { Clock, Millis } from "../../../src/async/clock.ts";
import type { Patience } from "../../../src/channel/telegram/client.ts";

/** How patient a channel on a {@link FastClock} is: a second and a half of real time with a call, so that a busy machine does not look like a dead one. */
export const quick: Patience = { pollS: 1, graceMs: 200_000, callMs: 150_000 };

/** The same where every call is answered, or cut: half a minute of real time, in which any machine has loaded telegraf and made its first call. */
export const patient: Patience = { ...quick, callMs: 3_000_000 };

/**
 * A clock on which a second lasts ten milliseconds, and which remembers who slept for how long. Its calendar keeps the usual pace, so
 * that a busy machine's pause does not look like a night's sleep.
 */
export class FastClock implements Clock {
  readonly slept: Millis[] = [];
  readonly #factor = 100;
  readonly #start = performance.now();
  #lost: Millis = 0;

  now(): Millis {
    return (performance.now() - this.#start) * this.#factor;
  }

  wall(): Millis {
    return Date.now() + this.#lost;
  }

  async sleep(ms: Millis, signal: AbortSignal): Promise<void> {
    this.slept.push(ms);
    await delay(Math.max(0, ms) / this.#factor, undefined, { signal }).catch(() => undefined);
  }

  /** The machine sleeps: the calendar goes on, the monotonic clock does not. */
  loses(ms: Millis): void {
    this.#lost += ms;
  }
}

/** One whose calendar goes on only while somebody sleeps: how long a busy machine takes for all else does not count. */
export class SleepersClock extends FastClock {
  #wall = Date.now();

  override wall(): Millis {
    return this.#wall;
  }

  override async sleep(ms: Millis, signal: AbortSignal): Promise<void> {
    await super.sleep(ms, signal);
    if (!signal.aborted) this.#wall += ms;
  }
}
