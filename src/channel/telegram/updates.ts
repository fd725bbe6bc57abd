import type { Clock, Millis } from "../../async/clock.ts";
import { waitAfter } from "./backoff.ts";
import type { TelegramClient } from "./client.ts";
import { gapBefore } from "./gap.ts";
import { HandledUpdates } from "./handled-updates.ts";
import type { Health } from "./health.ts";
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

/** One update: its number, and what came, unchecked. */
export interface RawUpdate {
  readonly id: number;
  readonly body: unknown;
}

/**
 * Long-polls until `signal` aborts, through every trouble. Yields each update once, by rising number; it counts as handled, and is
 * confirmed to Telegram, only when the consumer comes back for the next.
 */
export async function* updates(client: TelegramClient, polling: Polling, signal: AbortSignal): AsyncGenerator<RawUpdate, void, void> {
  const { offsets } = polling;
  const handled = new HandledUpdates(offsets.get());
  let failures = 0;
  while (!signal.aborted) {
    const askedAt = polling.clock.now();
    const batch = await poll(client, polling, handled.unconfirmed, signal);
    if (signal.aborted) return;
    if (batch === undefined) continue;
    if (batch instanceof TelegramTrouble) {
      failures += 1;
      polling.health.failed("poll", batch);
      await polling.clock.sleep(waitAfter(batch, failures, polling.random()), signal);
      continue;
    }
    failures = 0;
    polling.health.worked("poll");
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

/** One poll. Undefined: after a gap in time its connection is as good as dead, so that it is given up and repeated at once. */
async function poll(client: TelegramClient, { clock }: Polling, offset: number | undefined, signal: AbortSignal): Promise<RawUpdate[] | TelegramTrouble | undefined> {
  const over = new AbortController();
  const gap = new AbortController();
  using _ = { [Symbol.dispose]: () => over.abort() };
  void gapBefore(over.signal, clock).then((isGap) => isGap && gap.abort());
  try {
    return inOrder(await client.updates(offset, AbortSignal.any([signal, gap.signal])));
  } catch (error) {
    if (!(error instanceof TelegramTrouble)) throw error;
    if (!gap.signal.aborted) return error;
    client.dropConnections();
    return undefined;
  }
}

/** Sorted, because a tap must not be taken for handled when a later one came first. */
function inOrder(answer: unknown): RawUpdate[] | TelegramTrouble {
  if (!Array.isArray(answer)) return new TelegramTrouble("getUpdates", { fate: "refused", description: "an answer that is no list" });
  const numbered = answer.flatMap((body: unknown) => {
    const id: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "update_id") : undefined;
    return typeof id === "number" && Number.isSafeInteger(id) ? [{ id, body }] : [];
  });
  return numbered.sort((a, b) => a.id - b.id);
}
