import type { SecretSpan } from "../../prompt/secret-span.ts";
import type { Cell } from "./cell.ts";

/** Finds secrets in a text. */
export type FindSecrets = (text: string) => readonly SecretSpan[];

interface Text {
  readonly text: string;
  /** The cells by where their text begins. */
  readonly cells: ReadonlyArray<{ readonly cell: Cell; readonly from: number }>;
}

/**
 * The cells that show a secret. A row that reaches the last column may go on in the next one, or end there; both ways of reading it are
 * looked at, because a picture cannot be searched afterwards.
 */
export function covered(rows: readonly (readonly Cell[])[], columns: number, find: FindSecrets): Set<Cell> {
  const cells = new Set<Cell>();
  for (const wraps of [() => false, (row: readonly Cell[]) => endOf(row) >= columns]) {
    const { text, cells: placed } = textOf(rows, wraps);
    const spans = find(text);
    for (const { cell, from } of placed) if (spans.some((span) => from < span.to && from + cell.text.length > span.from)) cells.add(cell);
  }
  return cells;
}

function textOf(rows: readonly (readonly Cell[])[], wraps: (row: readonly Cell[]) => boolean): Text {
  const cells: { cell: Cell; from: number }[] = [];
  let text = "";
  for (const row of rows) {
    for (const cell of row) {
      cells.push({ cell, from: text.length });
      text += cell.text;
    }
    if (!wraps(row)) text += "\n";
  }
  return { text, cells };
}

function endOf(row: readonly Cell[]): number {
  const last = row.at(-1);
  return last === undefined ? 0 : last.column + last.columns;
}
