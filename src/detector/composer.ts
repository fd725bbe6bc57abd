import { clean } from "./question.ts";
import type { Row } from "./row.ts";
import type { View } from "./view.ts";

const glyph = /^[\s│┃]*[❯›>»!](?:\s|$)/u;
const numbered = /^[\s│┃]*[❯›>»]\s*(?:\d+[.)]|\[|[●○◉◯◻☐])/u;
/** Rows above the box that no one says: how long it took, which model, tips. */
const status = /^\s*(?:[✻✢✳✶✽*·◐◑◒◓⏸⏵●◇└]\uFE0E?\s+\S.*(?:\bfor\b|·|Tip)|(?:└\s*)?Tip|Worked for|Using:|\d+% context)/iu;
/** What the person said. */
const echo = /^\s{0,2}[❯›>]\s+\S/u;

/** The first line of an agent's input box, when the cursor is in it: a prompt glyph between two rules or in a frame. */
export function composerAt(view: View, rows: readonly Row[]): number | undefined {
  let at = view.cursor.line;
  while (at > 0 && view.cursor.line - at < 12 && !glyph.test(rows[at]?.line.text ?? "") && rows[at]?.isRule === false) at--;
  const text = rows[at]?.line.text ?? "";
  if (!glyph.test(text) || numbered.test(text)) return undefined;
  const isFramed = /^\s*[│┃]/.test(text) && /[│┃]\s*$/.test(text);
  const isBetween = rows[at - 1]?.isRule === true && rows.slice(view.cursor.line + 1, view.cursor.line + 6).some((row) => row.isRule);
  return isFramed || isBetween ? at : undefined;
}

/** The question that an agent's last words end with, above its input box; "" when they ask nothing. */
export function lastQuestionAbove(rows: readonly Row[], composer: number): string {
  let seen = 0;
  for (let at = composer - 1; at >= 0 && seen < 4; at--) {
    const row = rows[at];
    if (row === undefined || echo.test(row.text)) break;
    if (row.isBlank || row.isRule || status.test(row.text)) continue;
    seen++;
    if (!/\?(?:\s*[([]y\/n[)\]])?$/iu.test(row.text)) continue;
    return clean(row.text.trim().split(/(?<=[.!])\s+(?=\p{Lu})/u).at(-1) ?? row.text);
  }
  return "";
}
