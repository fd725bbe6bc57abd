import { backgroundOf, isDim, isInverse, ownBackground } from "./cells.ts";
import { withoutDescription, type Menu } from "./menu.ts";
import type { Row } from "./row.ts";
import { oddOneOut, styleAt, type View } from "./view.ts";

/** Where the keys for such a list go: to a question "? …" above it, into a line above it that searches in it, or onto its rows. */
type Anchor = "question" | "search" | "rows";

/** Rows without a glyph of which one alone looks different: right below the line that the cursor is in, or around it. */
export function styledList(rows: readonly Row[], view: View): Menu | undefined {
  const { line: cursor } = view.cursor;
  const anchor = anchorOf(rows[cursor]?.text ?? "", view);
  const from = anchor === "rows" ? firstAround(rows, cursor) : cursor + 1;
  const listed = rows.slice(from);
  const end = listed.findIndex((row) => row.isBlank);
  const block = end < 0 ? listed : listed.slice(0, end);
  if (block.length < 2 || block.some((row) => row.isRule) || (anchor !== "rows" && end >= 0)) return undefined;
  const labels = checked(block) ?? block.map((row) => row.indent);
  const styles = block.map((row, index) => styleAt(row.line, labels[index] ?? 0));
  const highlighted = oddOneOut(styles);
  const style = highlighted === undefined ? "" : (styles[highlighted] ?? "");
  if (highlighted === undefined || style === "") return undefined;
  if (anchor === "search" && !((isInverse(style) || (view.isFullScreen && hasGround(style))) && isSingle(block[highlighted]))) return undefined;
  if (anchor === "rows" && !(highlighted === cursor - from && isAt(view, style))) return undefined;
  const isMultiple = labels.some((label, index) => label > (block[index]?.indent ?? 0));
  const options = block.map((row, index) => {
    const at = labels[index] ?? 0;
    const isTicked = isMultiple ? !isDim(styleAt(row.line, row.indent)) : undefined;
    return { pointer: undefined, ticked: isTicked, boxColumn: isMultiple ? row.indent : undefined, isRound: false, number: undefined, column: at, label: withoutDescription(row.text.slice(at).trim()), at: from + index };
  });
  return { options, highlighted, from, to: from + block.length, isMultiple };
}

function anchorOf(own: string, { cursor: { column, visible }, isFullScreen }: View): Anchor {
  if (/^\?\s/.test(own)) return "question";
  // peco tells at the line's end how many rows match.
  if (isFullScreen && visible && /^\p{L}+>\s?$/u.test(own.slice(0, column))) return "search";
  // What was written behind the mark may be a command that a shell completes.
  return !isFullScreen && visible && column >= own.length && /^$|[>:?❯›»]$/u.test(own) ? "search" : "rows";
}

/** The cursor stands at the row's edge; or, hidden, behind what was drawn last, where more than a colour marks the row. */
function isAt({ cursor: { column, visible } }: View, style: string): boolean {
  return column === 0 || (!visible && isInverse(style));
}

function hasGround(style: string): boolean {
  return (backgroundOf(style) ?? ownBackground) !== ownBackground;
}

/** Not the head of a table, which is drawn in reverse, too. */
function isSingle(row: Row | undefined): boolean {
  return !/\S\s{2,}\S/u.test(row?.text.trim() ?? "");
}

/** Where the labels begin behind check marks of which only the colour says whether they count (Enquirer); undefined: not every row has one. */
function checked(block: readonly Row[]): number[] | undefined {
  const starts = block.map((row) => /^\s*[✔✓]\s+(?=\S)/u.exec(row.text)?.[0].length);
  return starts.every((start) => start !== undefined) ? starts : undefined;
}

/** The first of the rows that stand together with row `at`, their question left out. */
function firstAround(rows: readonly Row[], at: number): number {
  let first = at;
  while (first > 0 && rows[first - 1]?.isBlank === false && !/[?:]$/.test(rows[first - 1]?.text ?? "")) first--;
  return first;
}
