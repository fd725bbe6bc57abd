import type { Bell } from "../async/bell.ts";
import type { Detector } from "../detector/detector.ts";
import type { SessionCard } from "../prompt/prompt.ts";
import type { Notes } from "./notes.ts";

export interface BannerParts {
  readonly session: SessionCard;
  readonly notes: Notes;
  readonly redact: (text: string) => string;
}

/** How agents say that they cannot go on (agents-published, agents-tested of 2026-11): a limit, a key that is no good, a service that is down. */
const banners = [
  /\b(?:usage|rate|session|weekly|daily) limit (?:reached|exceeded)\b.*/i,
  /\byou(?:'|’)ve (?:hit|reached) your\b.*\blimit\b.*/i,
  /\bAPI Error\b.*/,
  /\bInvalid API key\b.*/i,
  /\bquota (?:exceeded|exhausted)\b.*/i,
];

/** Lines at the end of the screen that count: what an agent quotes further up is old. */
const newest = 12;

/** The line with which an agent says that it cannot go on; undefined: none. */
export function bannerIn(lines: readonly string[]): string | undefined {
  return lines.slice(-newest).findLast((line) => banners.some((banner) => banner.test(line)))?.trim();
}

/** Tells once of each banner with which an agent says that it cannot go on. Only what has a composer is taken for an agent. */
export async function tellBanners({ session, notes, redact }: BannerParts, detector: Detector, looked: Bell, signal: AbortSignal): Promise<void> {
  let told: string | undefined;
  let isAgent = false;
  while (!signal.aborted) {
    await looked.rung(signal);
    isAgent ||= detector.isAtComposer;
    if (!isAgent) continue;
    const banner = bannerIn((await detector.view()).lines.map(({ text }) => text));
    if (banner !== undefined && banner !== told) await notes.tellAll({ text: `${session.name} says that it cannot go on:`, excerpt: redact(banner), isSilent: true }, signal);
    told = banner ?? told;
  }
}
