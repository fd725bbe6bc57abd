import { numberedGrid, numberedList, type Menu } from "./menu.ts";
import type { Row } from "./row.ts";

/** Rows that an answer and what came of it may take. */
const reach = 20;

/** The list above an earlier line that begins with the same `words` and was answered: asked again, it stands no longer right above (bash's `select`, gpg). */
export function repeatedList(rows: readonly Row[], below: number, words: string, columns: number): Menu | undefined {
  if (words.length < 2) return undefined;
  for (let at = below - 1; at >= 0 && at >= below - reach; at--) {
    const text = rows[at]?.line.text ?? "";
    if (!text.startsWith(words)) continue;
    const list = numberedGrid(rows, at) ?? numberedList(rows, at, columns, true);
    if (list !== undefined) return list;
  }
  return undefined;
}
