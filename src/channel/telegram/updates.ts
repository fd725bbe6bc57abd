import type { Clock, Millis } from "../../async/clock.ts";
import { waitAfter } from "./backoff.ts";
import type { TelegramClient } from "./client.ts";
import { HandledUpdates } from "./handled-updates.ts";
import type { Health } from "./health.ts";
import { poll, type RawUpdate } from "./poll.ts";
import { TelegramTrouble } from "./trouble.ts";

const leastPollMs: Millis = 1_000;

/** Where the number of the next update is kept between runs. */
export interface Offsets {
  /** undefined: this bot was never polled */
  get(): number | undefined;
  set(offset: number): void;
}

export interface Polling {
  readonly offsets: Offsets;
  readonly clock: Clock;
  readonly random: () => number;
  readonly health: Health;
}

/**
 * Long-polls until `signal` aborts, through every trouble. Yields each update once, by rising number; it counts as handled, and is
 * confirmed to Telegram, only when the consumer comes back for the next.
 */
export async function* updates(client: TelegramClient, polling: Polling, signal: AbortSignal): AsyncGenerator<RawUpdate, void, void> {
  const { offsets, health } = polling;
  using _ = { [Symbol.dispose]: () => health.stopped("poll") };
  const handled = new HandledUpdates(offsets.get());
  let failures = 0;
  while (!signal.aborted) {
    const askedAt = polling.clock.now();
    const batch = await poll(client, polling.clock, handled.unconfirmed, signal);
    if (signal.aborted) return;
    if (batch === undefined) continue;
    if (batch instanceof TelegramTrouble) {
      failures += 1;
      health.failed("poll", batch);
      await polling.clock.sleep(waitAfter(batch, failures, polling.random()), signal);
      continue;
    }
    failures = 0;
    health.worked("poll");
    handled.confirmed();
    let isNews = false;
    for (const update of batch) {
      if (signal.aborted) return;
      if (!handled.has(update.id)) {
        isNews = true;
        yield update;
        remember(offsets, update.id + 1);
      }
      handled.add(update.id);
    }
    // A long poll that is answered at once with nothing new is no long poll: a server like that must not make us spin.
    if (!isNews) await polling.clock.sleep(leastPollMs - (polling.clock.now() - askedAt), signal);
  }
}

/** The number spares a later run some work and proves nothing: when it cannot be kept, the decisions still are. */
function remember(offsets: Offsets, next: number): void {
  try {
    offsets.set(next);
  } catch {
    return;
  }
}
