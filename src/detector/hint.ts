import type { Menu, MenuOption } from "./menu.ts";
import type { Row } from "./row.ts";

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
  const own = line?.runs.find(({ from, to }) => column >= from && column < to);
  const begin = line?.runs.find(({ from, style }) => from > column && style !== own?.style && added.test(line.text.slice(from)))?.from ?? (own === undefined ? undefined : own.to);
  if (line === undefined || marked.test(line.text.slice(0, column)) || begin === undefined || begin <= column || begin - column >= label.length) return undefined;
  return added.test(line.text.slice(begin)) && label.startsWith(line.text.slice(column, begin).trimEnd()) ? begin - column : undefined;
}
