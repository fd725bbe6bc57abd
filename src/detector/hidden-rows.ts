import type { Choice } from "../prompt/detection.ts";
import type { Menu } from "./menu.ts";
import type { Row } from "./row.ts";

/** An arrow alone in a row beside a list: more of it is hidden there. */
const up = /^[\s│┃|]*[▲△↑][\s│┃|]*$/u;
const down = /^[\s│┃|]*[▼▽↓][\s│┃|]*$/u;
/** Rows between the list and the arrow: what the last option means. */
const longestGap = 4;

/** What shows the rows that a list hides: one arrow beyond those that it shows (Gemini CLI's lists, whose "Done" is their last row). */
export function moreKeys({ options, highlighted, from, to }: Menu, rows: readonly Row[]): Choice[] {
  if (highlighted === undefined) return [];
  const choices: Choice[] = [];
  if (has(rows.slice(Math.max(0, from - 2), from), up)) choices.push({ label: "▲ more", keys: "\x1b[A".repeat(highlighted + 1), declines: false });
  if (has(rows.slice(to, to + longestGap), down)) choices.push({ label: "▼ more", keys: "\x1b[B".repeat(options.length - highlighted), declines: false });
  return choices;
}

function has(rows: readonly Row[], arrow: RegExp): boolean {
  return rows.some(({ line }) => arrow.test(line.text));
}
