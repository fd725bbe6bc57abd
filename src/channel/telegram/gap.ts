import type { Clock, Millis } from "../../async/clock.ts";

const lookEveryMs: Millis = 5_000;
const lostMs: Millis = 10_000;

/** Resolves with true when time has passed that this process did not live through (the machine slept, the process was stopped); with false when `signal` aborts. */
export async function gapBefore(signal: AbortSignal, clock: Clock): Promise<boolean> {
  while (!signal.aborted) {
    const before = clock.wall();
    await clock.sleep(lookEveryMs, signal);
    if (clock.wall() - before > lookEveryMs + lostMs) return true;
  }
  return false;
}
