import { backgroundOf } from "./cells.ts";
import type { Menu, MenuOption } from "./menu.ts";
import { counter } from "./option-row.ts";
import type { Row } from "./row.ts";
import { styleAt } from "./view.ts";

/**
 * `menu` without the rows between it and its counter ("3/12 ─────") that lie on another ground than its options, and their words: what
 * stands above a list to search in (fzf --header). Undefined: there is none.
 */
export function withoutHeader(menu: Menu, rows: readonly Row[]): { readonly menu: Menu; readonly header: string } | undefined {
  const { options, highlighted } = menu;
  const pointed = highlighted === undefined ? undefined : options[highlighted];
  if (pointed === undefined || groundOf(pointed, rows) === "") return undefined;
  const isOption = (option: MenuOption) => groundOf(option, rows) === groundOf(pointed, rows);
  const counted = [menu.from - 1, menu.to].find((at) => counter.test(rows[at]?.text ?? ""));
  const from = options.findIndex(isOption);
  const to = options.findLastIndex(isOption) + 1;
  const headed = counted === menu.to ? options.slice(to) : options.slice(0, from);
  const kept = counted === menu.to ? options.slice(0, to) : options.slice(from);
  if (counted === undefined || headed.length === 0 || !kept.every(isOption)) return undefined;
  const header = headed.map(({ at }) => rows[at]?.text.trim() ?? "").join(" ");
  return { menu: { ...menu, options: kept, highlighted: kept.indexOf(pointed) }, header };
}

/** The background at the left edge of an option's row; "": the terminal's own. */
function groundOf({ at }: MenuOption, rows: readonly Row[]): string {
  const line = rows[at]?.line;
  return line === undefined ? "" : (backgroundOf(styleAt(line, 0)) ?? "");
}
