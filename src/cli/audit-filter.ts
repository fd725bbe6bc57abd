import type { EntryFilter } from "../audit/reading.ts";
import { Failure } from "./failure.ts";

/** The filters of "aegis audit show", "tail" and "export" as they were typed. */
export interface FilterWords {
  readonly session?: string;
  readonly type?: string;
  /** A time, "2026-11-21" or "2026-11-21T10:42", in the person's time zone; or how long ago: "90s", "15m", "2h", "3d". */
  readonly since?: string;
  readonly until?: string;
}

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** @param now wall time. @throws Failure for a time that can't be read */
export function filterFrom({ session, type, since, until }: FilterWords, now: number): EntryFilter {
  return {
    ...(session === undefined ? {} : { session }),
    ...(type === undefined ? {} : { type }),
    ...(since === undefined ? {} : { since: timeFrom("--since", since, now) }),
    ...(until === undefined ? {} : { until: timeFrom("--until", until, now) }),
  };
}

/** @param option what to name in a failure. @param now wall time */
export function timeFrom(option: string, text: string, now: number): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  if (unit === "s" || unit === "m" || unit === "h" || unit === "d") return now - Number(count) * unitMs[unit];
  // A bare date would be read as UTC.
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text);
  if (Number.isNaN(at)) throw new Failure(`${option} takes a time, not "${text}"`, "for example 2h, 3d, 2026-11-21 or 2026-11-21T10:42");
  return at;
}
