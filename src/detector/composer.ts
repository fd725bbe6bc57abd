import { isDim, isInverse } from "./cells.ts";
import { clean } from "./question.ts";
import type { Row } from "./row.ts";
import { styleAt, type View } from "./view.ts";

const glyph = /^[\s│┃]*[❯›>»!](?:\s|$)/u;
/** As wide as the screen, or nearly: the short rules in a list divide its options. */
const widestGap = 12;
const numbered = /^[\s│┃]*[❯›>»]\s*(?:\d+[.)]|\[[^\]]?\]|[●○◉◯◻☐])/u;
/** Rows above the box that no one says: how long it took, which model, tips. */
const status = /^\s*(?:[✻✢✳✶✽*·◐◑◒◓⏸⏵●◇└]\uFE0E?\s+\S.*(?:\bfor\b|·|Tip)|(?:└\s*)?Tip|Worked for|Using:|\d+% context)/iu;
/** What the person said. */
const echo = /^\s{0,2}[❯›>]\s+\S/u;

/** The same behind a bar (opencode), and the box itself. */
const barred = /^\s*┃/u;

/** Lines at the bottom among which a box without a cursor is looked for. */
const bottom = 12;

/** The first line of an agent's input box: a prompt glyph between two rules or in a frame, at the cursor or, where it hides, at the bottom. */
export function composerAt(view: View, rows: readonly Row[]): number | undefined {
  const { line, visible } = view.cursor;
  let at = line;
  while (at > 0 && line - at < bottom && !glyph.test(rows[at]?.line.text ?? "") && rows[at]?.isRule === false) at--;
  if (isBox(rows, at, line, view.columns)) return at;
  // Ink leaves the cursor below what it drew, hidden or not.
  if (visible && (rows[line]?.isBlank !== true || line < rows.length - 1)) return undefined;
  const found = rows.findLastIndex((_, index) => index > rows.length - bottom && isBox(rows, index, index, view.columns));
  return found < 0 ? undefined : found;
}

function isBox(rows: readonly Row[], at: number, last: number, columns: number): boolean {
  const text = rows[at]?.line.text ?? "";
  if (!glyph.test(text) || numbered.test(text)) return false;
  if (/^\s*[│┃]/.test(text) && /[│┃]\s*$/.test(text)) return !isFirstOption(rows[at], rows[at + 1]);
  return isEdge(rows[at - 1], columns) && rows.slice(last + 1, last + 6).some((row) => isEdge(row, columns));
}

/** The row of the last input box of one row: one that its agent left behind ends the transcript above it. */
export function lastBox(rows: readonly Row[], columns: number): number {
  return rows.findLastIndex((_, at) => isEdge(rows[at + 1], columns) && isEdge(rows[at - 1], columns) && isBox(rows, at, at, columns));
}

function isEdge(row: Row | undefined, columns: number): boolean {
  return row?.isRule === true && row.line.text.trim().length > columns - widestGap;
}

/** A menu in a frame: the row below has words in the pointed row's column, in another look. A draft's rows look the same. */
function isFirstOption(row: Row | undefined, next: Row | undefined): boolean {
  if (row === undefined || next === undefined || next.isBlank || next.isRule) return false;
  const pointer = row.text.slice(row.indent).search(/\s\S/u);
  const column = row.indent + pointer + 1;
  return pointer > 0 && next.indent === column && styleAt(row.line, column) !== styleAt(next.line, column);
}

/** What is typed in the box: ghost text is drawn in a colour of its own. */
export function draftOf(row: Row | undefined): string {
  if (row === undefined) return "";
  const plain = row.line.runs.filter((run) => run.style === "").map((run) => row.line.text.slice(run.from, run.to));
  return plain.join("").replace(/[│┃❯›>»]/gu, "").trim();
}

/** Nothing is typed in the box: it holds at most ghost text, drawn faint. Where colours alone would tell, that is not known. */
export function isVacant(row: Row | undefined, next: Row | undefined): boolean {
  if (row === undefined || !glyph.test(row.text) || next?.isBlank === false && !next.isRule) return false;
  const [, first, ...others] = [...row.text.matchAll(/\S/gu)].map(({ index }) => styleAt(row.line, index));
  // A drawn cursor stands on the first letter of the ghost text.
  return first === undefined || ((isDim(first) || (isInverse(first) && others.length > 0)) && others.every(isDim));
}

/** Nothing stands between the input box and what the person said last, or on the screen at all: the agent may not have begun. */
export function isUnanswered(rows: readonly Row[], composer: number): boolean {
  const above = rows.slice(0, composer).findLast((row) => /[\p{L}\p{N}]/u.test(row.text) && !status.test(row.text));
  return above === undefined || echo.test(above.text) || barred.test(above.line.text);
}

/** The question that an agent's last message ends with, above its input box; "" when they ask nothing. */
export function lastQuestionAbove(rows: readonly Row[], composer: number): string {
  let seen = 0;
  for (let at = composer - 1; at >= 0 && seen < 4; at--) {
    const row = rows[at];
    if (row === undefined || echo.test(row.text)) break;
    if (row.isBlank || row.isRule || status.test(row.text)) continue;
    seen++;
    const begins = /^\s{0,3}[●•⏺◆✦]\uFE0E?\s/u.test(row.text);
    if (begins && !/\?/.test(row.text)) break;
    if (!/\?(?:\s*[([]y\/n[)\]])?$/iu.test(row.text)) continue;
    return clean(row.text.trim().split(/(?<=[.!])\s+(?=\p{Lu})/u).at(-1) ?? row.text);
  }
  return "";
}
