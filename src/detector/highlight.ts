import { isDim } from "./cells.ts";
import type { Menu } from "./menu.ts";
import type { Row } from "./row.ts";
import { styleAt } from "./view.ts";

/** `menu` with the row that alone looks unlike the others, where no glyph says which one the keys act on (clack's and prompts' boxes). */
export function withHighlight(menu: Menu, rows: readonly Row[]): Menu {
  if (menu.highlighted !== undefined || !menu.isMultiple) return menu;
  const styles = menu.options.map(({ at, column }) => {
    const line = rows[at]?.line;
    return line === undefined ? "" : styleAt(line, column);
  });
  const bright = styles.filter((style) => !isDim(style));
  const single = styles.filter((style) => styles.indexOf(style) === styles.lastIndexOf(style));
  const odd = bright.length === 1 && styles.length > 1 ? bright : styles.length === 2 ? single.filter((style) => style !== "") : single;
  const highlighted = odd.length === 1 ? styles.indexOf(odd[0] ?? "") : -1;
  return highlighted < 0 ? menu : { ...menu, highlighted };
}
