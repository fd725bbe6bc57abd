import { isInverse } from "./cells.ts";
import type { View } from "./view.ts";

/** Lines at the bottom among which it is looked for: a hint may stand below a field. */
const reach = 6;

/** "Do you really want to quit (y:Yes n:No)?": a yes and a no at the end of a status line. */
const asksBelow = /[([{<][^()[\]{}<>]*\by(?:es)?\b[^()[\]{}<>]*\bn(?:o)?\b[^()[\]{}<>]*[)\]}>]\s*[?:]?$/iu;

/**
 * `view` with the cursor where a program that hides the terminal's own has drawn one: a single cell in reverse behind which nothing
 * but ghost text stands (Ink's text fields), or behind the question in the last line of a full screen (newsboat).
 */
export function withDrawnCursor(view: View): View {
  if (view.cursor.visible) return view;
  const last = view.lines.length - 1;
  const status = view.lines[last]?.text ?? "";
  if (view.isFullScreen && asksBelow.test(status)) return { ...view, cursor: { line: last, column: status.length, visible: true } };
  for (let line = view.lines.length - 1; line >= Math.max(0, view.lines.length - reach); line--) {
    const cells = view.lines[line]?.runs.filter(({ from, to, style }) => to === from + 1 && isInverse(style)) ?? [];
    const [cell] = cells;
    if (cells.length === 1 && cell !== undefined) return { ...view, cursor: { line, column: cell.from, visible: true } };
  }
  return view;
}
