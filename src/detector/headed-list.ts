import { isInverse } from "./cells.ts";
import type { Menu } from "./menu.ts";
import type { Row } from "./row.ts";
import { styleAt } from "./view.ts";

/** What stands above a list that asks: a question, or what to do with it. */
const heading = /\?\s*$|^\s*(?:please\s+)?(?:select|choose|pick)\b/iu;
/** Longer lists are tables: of files, mails, processes. */
const longest = 20;

/** Rows of a full-screen program below words that ask, of which one alone is in reverse: a plain curses menu. Undefined: none. */
export function headedList(rows: readonly Row[]): Menu | undefined {
  const reversed = rows.flatMap((row, at) => (!row.isBlank && isInverse(styleAt(row.line, row.indent)) ? [at] : []));
  const [picked] = reversed;
  const indent = rows[picked ?? -1]?.indent;
  if (picked === undefined || indent === undefined || reversed.length !== 1) return undefined;
  const isIn = (at: number) => rows[at]?.isBlank === false && rows[at]?.indent === indent;
  let from = picked;
  while (isIn(from - 1) && !heading.test(rows[from - 1]?.text ?? "")) from--;
  let to = picked + 1;
  while (isIn(to)) to++;
  const above = rows.slice(Math.max(0, from - 3), from).findLast((row) => !row.isBlank);
  if (to - from < 2 || to - from > longest || above === undefined || !heading.test(above.text)) return undefined;
  const options = rows.slice(from, to).map((row, index) => ({ pointer: undefined, ticked: undefined, boxColumn: undefined, isRound: false, number: undefined, column: indent, label: row.text.trim().replace(/^<\s*(.*?)\s*>$/u, "$1"), at: from + index }));
  return { options, highlighted: picked - from, from, to, isMultiple: false };
}
