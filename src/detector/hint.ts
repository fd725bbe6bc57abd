import type { Menu, MenuOption } from "./menu.ts";
import type { Row } from "./row.ts";
import { runAt, styleAt, type Line } from "./view.ts";

/** "Red - warm", "Minimal (recommended)": what a program adds to the row it highlights, in another look. */
const added = /^\s*(?:[-–—]\s|\()/u;

/** "✔ Auto (match terminal)": the value that is set now is told the same, highlighted or not. */
const marked = /[✔✓]\s+$/u;

/** `menu` with labels that stay the same wherever the highlight is. */
export function withoutHint(menu: Menu, rows: readonly Row[]): Menu {
  const at = menu.highlighted;
  if (at === undefined || menu.options.some((option, index) => index !== at && hintIn(option, rows) !== undefined)) return menu;
  const options = menu.options.map((option, index) => {
    const hint = index === at ? hintIn(option, rows) : undefined;
    return hint === undefined ? option : { ...option, label: option.label.slice(0, hint).trimEnd() };
  });
  return { ...menu, options };
}

/** Where the hint begins in an option's label. */
function hintIn({ at, column, label }: MenuOption, rows: readonly Row[]): number | undefined {
  const line = rows[at]?.line;
  const own = line && runAt(line, column);
  if (line === undefined || own === undefined || marked.test(line.text.slice(0, column))) return undefined;
  const begin = [...line.runs.map(({ from }) => from), own.to].find((from) => from > column && added.test(line.text.slice(from)) && looksOther(line, from, own.style));
  if (begin === undefined || begin - column >= label.length) return undefined;
  return label.startsWith(line.text.slice(column, begin).trimEnd()) ? begin - column : undefined;
}

/** A blank that was skipped, not written, has no look of its own: what counts is the first character behind it. */
function looksOther(line: Line, from: number, style: string): boolean {
  const blanks = line.text.slice(from).search(/\S/u);
  return styleAt(line, from + blanks) !== style;
}
