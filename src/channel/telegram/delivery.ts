import type { Clock, EpochMillis, Millis } from "../../async/clock.ts";
import { waitAfter } from "./backoff.ts";
import type { Health } from "./health.ts";
import { TelegramTrouble } from "./trouble.ts";

export interface Delivery {
  readonly clock: Clock;
  readonly random: () => number;
  readonly health: Health;
}

export interface Attempts {
  /** No try begins after this. */
  readonly until: EpochMillis;
  /** How many tries may end in "unclear" before it counts as failed: a message must not arrive again and again. */
  readonly unclear: number;
}

/** Repeats calls through floods, outages and cut connections. Refusals that will not pass reject at once. */
export class Deliverer {
  readonly #parts: Delivery;
  /** Telegram has asked to be left alone until then. */
  #notBefore: Millis = 0;

  constructor(parts: Delivery) {
    this.#parts = parts;
  }

  /**
   * @param call is told whether an earlier try may have arrived
   * @throws TelegramTrouble, the last one
   */
  async deliver<T>(call: (maybeAgain: boolean) => Promise<T>, attempts: Attempts, signal: AbortSignal): Promise<T> {
    const { clock, random, health } = this.#parts;
    let unclear = 0;
    for (let failures = 1; ; failures++) {
      await clock.sleep(this.#notBefore - clock.now(), signal);
      try {
        const result = await call(unclear > 0);
        health.worked("send");
        return result;
      } catch (error) {
        if (!(error instanceof TelegramTrouble) || signal.aborted) throw error;
        if (error.isPassing || error.isRefusedToken) health.failed("send", error);
        if (error.fate === "unclear") unclear += 1;
        if (!error.isPassing || unclear >= attempts.unclear) throw error;
        const waitMs = waitAfter(error, failures, random());
        if (error.retryAfterMs !== undefined) this.#notBefore = clock.now() + waitMs;
        if (clock.wall() + waitMs >= attempts.until) throw error;
        await clock.sleep(waitMs, signal);
        if (signal.aborted) throw error;
      }
    }
  }
}
