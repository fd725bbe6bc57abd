import type { Places } from "./pattern.ts";
import { flatten, type Row } from "./row.ts";
import { textOf, type View } from "./view.ts";

/** Lines at the bottom that count as live: the tallest dialog that was recorded takes 34. */
const tailLines = 40;

/** Characters at the cursor's left that count: a question takes a few rows, output without a line's end takes thousands. */
export const longestLine = 1000;

/** The window as patterns see it. */
export function placesOf(view: View, rows: readonly Row[]): Places {
  const from = Math.max(0, view.lines.length - tailLines);
  const line = view.lines[view.cursor.line]?.text ?? "";
  return {
    line: line.slice(0, view.cursor.column).slice(-longestLine).trim(),
    tail: textOf(view, from),
    flat: flatten(rows.slice(from)),
    title: view.title,
  };
}
