import type { Millis } from "../../async/clock.ts";
import type { TelegramTrouble } from "./trouble.ts";

/** Telegram counts in whole seconds; a little more keeps us out of the last one. */
const floodMarginMs: Millis = 250;
const baseMs: Millis = 1_000;

/**
 * How long to wait after a failure.
 *
 * @param failures in a row, this one included
 * @param random from 0 to 1: spreads the waits by a quarter either way, so that many sessions do not come back at once
 */
export function waitAfter(trouble: TelegramTrouble, failures: number, random: number): Millis {
  if (trouble.retryAfterMs !== undefined) return trouble.retryAfterMs + floodMarginMs;
  const doubled = baseMs * 2 ** Math.min(failures - 1, 10);
  return Math.min(doubled, longest(trouble)) * (0.75 + random / 2);
}

function longest(trouble: TelegramTrouble): Millis {
  if (trouble.isRefusedToken) return 300_000;
  if (trouble.isConflict) return 60_000;
  // A network that comes back should find us within seconds; a server in trouble should not be pressed.
  return trouble.code === undefined ? 5_000 : 30_000;
}
