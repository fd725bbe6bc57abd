import type { EpochMillis } from "../async/clock.ts";

/** When phones should not ring. Times of day in minutes since midnight, where the program runs; `from` after `to` spans the night. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
  /** Prompts ring all the same. */
  readonly promptsRing: boolean;
}

/** @param hours undefined: there are none */
export function isQuiet(hours: QuietHours | undefined, at: EpochMillis): boolean {
  if (hours === undefined) return false;
  const date = new Date(at);
  const minute = date.getHours() * 60 + date.getMinutes();
  const { from, to } = hours;
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
