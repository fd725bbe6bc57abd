import { isInverse } from "./cells.ts";
import type { View } from "./view.ts";

/** Lines at the bottom among which it is looked for: a hint may stand below a field. */
const reach = 6;

/**
 * `view` with the cursor where a program that hides the terminal's own has drawn one: a single cell in reverse behind which nothing
 * but ghost text stands (Ink's text fields).
 */
export function withDrawnCursor(view: View): View {
  if (view.cursor.visible) return view;
  for (let line = view.lines.length - 1; line >= Math.max(0, view.lines.length - reach); line--) {
    const cells = view.lines[line]?.runs.filter(({ from, to, style }) => to === from + 1 && isInverse(style)) ?? [];
    const [cell] = cells;
    if (cells.length === 1 && cell !== undefined) return { ...view, cursor: { line, column: cell.from, visible: true } };
  }
  return view;
}
