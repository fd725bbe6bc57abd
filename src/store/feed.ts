import { addAbortListener } from "node:events";
import type { Clock, Millis } from "../async/clock.ts";
import type { Listening } from "./doorbell.ts";
import { isBusy } from "./trouble.ts";

/** How long a recovery of the journal may take. */
const busyMs: Millis = 20;

export interface Source<T> {
  readonly clock: Clock;
  /** Begins to listen; every call of `wake` is a reason to look. */
  readonly listen: (wake: () => void) => Listening;
  /** Yields all that there is now. @returns how long to wait for a ring until the next look */
  readonly look: (bell: Listening) => AsyncGenerator<T, Millis, void>;
}

/** What a source has, as it comes, until `signal` aborts. */
export async function* feed<T>({ clock, listen, look }: Source<T>, signal: AbortSignal): AsyncGenerator<T, void, void> {
  let pause = new AbortController();
  const wake = (): void => pause.abort();
  using bell = listen(wake);
  using _end = addAbortListener(signal, wake);
  while (!signal.aborted) {
    // Made before looking, so that a ring while we look is not slept through.
    pause = new AbortController();
    let restMs = busyMs;
    try {
      restMs = yield* look(bell);
    } catch (error) {
      // Even a reader is sent away while another process recovers the journal of one that was killed (SQLITE_BUSY_RECOVERY).
      if (!isBusy(error)) throw error;
    }
    if (!signal.aborted) await clock.sleep(restMs, pause.signal);
  }
}
