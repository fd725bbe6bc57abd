import type { Clock, EpochMillis } from "../../async/clock.ts";
import { waitAfter } from "./backoff.ts";
import type { Health } from "./health.ts";
import type { Pace, Sort } from "./pace.ts";
import { TelegramTrouble } from "./trouble.ts";

export interface DelivererParts {
  readonly clock: Clock;
  readonly random: () => number;
  readonly health: Health;
  readonly pace: Pace;
}

export interface Errand {
  /** The chat whose rate it counts against; undefined: an answer to a tap, which Telegram does not count. */
  readonly chat: number | undefined;
  /** Of the chat's lines, the one that it stands in; undefined: that of the messages. */
  readonly sort?: Sort;
  /** No try begins after this. */
  readonly until: EpochMillis;
  /** How many tries may end without anybody knowing whether they arrived: a message must not come again and again. */
  readonly unclearTries: number;
}

/** Gets calls through floods, outages and cut connections, at the pace that Telegram allows. */
export class Deliverer {
  readonly #parts: DelivererParts;

  constructor(parts: DelivererParts) {
    this.#parts = parts;
  }

  /**
   * @param call is told whether an earlier try may have arrived
   * @throws TelegramTrouble: the last one, or at once one that will not pass
   */
  async deliver<T>(call: (maybeAgain: boolean) => Promise<T>, errand: Errand, signal: AbortSignal): Promise<T> {
    const { clock, random, health, pace } = this.#parts;
    let unclear = 0;
    for (let failures = 1; ; failures++) {
      await this.#turn(errand, signal);
      // What is no longer wanted is not begun.
      signal.throwIfAborted();
      try {
        const result = await call(unclear > 0);
        health.worked("send");
        return result;
      } catch (error) {
        if (!(error instanceof TelegramTrouble) || signal.aborted) throw error;
        if (error.isPassing || error.isRefusedToken) health.failed("send", error);
        if (error.fate === "unclear") unclear += 1;
        const waitMs = waitAfter(error, failures, random());
        if (error.retryAfterMs !== undefined) pace.hold(waitMs, clock.now());
        if (!error.isPassing || unclear >= errand.unclearTries || clock.wall() + waitMs >= errand.until) throw error;
        await clock.sleep(waitMs, signal);
        if (signal.aborted) throw error;
      }
    }
  }

  async #turn({ chat, sort = "message" }: Errand, signal: AbortSignal): Promise<void> {
    const { clock, pace } = this.#parts;
    // A sleep of nothing takes a millisecond.
    const waitMs = chat === undefined ? 0 : pace.waitFor(chat, sort, clock.now());
    if (waitMs > 0) await clock.sleep(waitMs, signal);
    // A flood that Telegram complained of in the meantime, in whatever chat, holds back everything.
    for (let hold = pace.holdFor(clock.now()); hold > 0 && !signal.aborted; hold = pace.holdFor(clock.now())) await clock.sleep(hold, signal);
  }
}
