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
