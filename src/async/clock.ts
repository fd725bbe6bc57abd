import { setTimeout as delay } from "node:timers/promises";

/** Milliseconds. */
export type Millis = number;
/** Milliseconds since 1970. */
export type EpochMillis = number;

/** The two clocks: `now` is monotonic, for differences; `wall` is the calendar's, for expiry and records. */
export interface Clock {
  now(): Millis;
  wall(): EpochMillis;
  /** Resolves after `ms`, or at once when `signal` aborts. Never rejects. */
  sleep(ms: Millis, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  sleep: (ms, signal) => delay(Math.max(0, ms), undefined, { signal }).catch(() => undefined),
};
