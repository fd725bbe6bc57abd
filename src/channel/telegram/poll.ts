import { addAbortListener } from "node:events";
import type { Clock } from "../../async/clock.ts";
import type { TelegramClient } from "./client.ts";
import { field } from "./field.ts";
import { gapBefore } from "./gap.ts";
import { TelegramTrouble } from "./trouble.ts";

/** One update: its number, and what came, unchecked. */
export interface RawUpdate {
  readonly id: number;
  readonly body: unknown;
}

/** One poll. Undefined: after a gap in time its connection is as good as dead, so that it is given up and repeated at once. */
export async function poll(client: TelegramClient, clock: Clock, offset: number | undefined, signal: AbortSignal): Promise<RawUpdate[] | TelegramTrouble | undefined> {
  const over = new AbortController();
  const stop = new AbortController();
  const gap = gapBefore(over.signal, clock).then((isGap) => {
    if (isGap) stop.abort();
    return isGap;
  });
  using _ = addAbortListener(signal, () => stop.abort());
  try {
    return inOrder(await client.updates(offset, stop.signal));
  } catch (error) {
    if (!(error instanceof TelegramTrouble)) throw error;
    over.abort();
    if (!(await gap)) return error;
    client.dropConnections();
    return undefined;
  } finally {
    over.abort();
  }
}

/** Sorted, because a tap must not be taken for handled when a later one came first. */
function inOrder(answer: unknown): RawUpdate[] | TelegramTrouble {
  if (!Array.isArray(answer)) return new TelegramTrouble("getUpdates", { fate: "refused", description: "an answer that is no list" });
  const numbered = answer.flatMap((body: unknown) => {
    const id = field(body, "update_id");
    return typeof id === "number" && Number.isSafeInteger(id) ? [{ id, body }] : [];
  });
  return numbered.sort((a, b) => a.id - b.id);
}
