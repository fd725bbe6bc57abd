import { fitted, widthOf } from "./printable.ts";

/** What stands between two columns. */
const gutter = 2;
/** No column is narrowed below this. */
const leastCells = 6;

/** Rows as lines of at most `paper` cells: each column as wide as it needs; where the paper ends, the widest give way. */
export function tableLines(rows: ReadonlyArray<readonly string[]>, paper: number): string[] {
  const columns = rows[0]?.length ?? 0;
  const needed = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ""))));
  const widths = narrowed(needed, paper - gutter * (columns - 1));
  return rows.map((row) => row.map((cell, column) => padded(fitted(cell, widths[column] ?? 0), widths[column] ?? 0)).join(" ".repeat(gutter)).trimEnd());
}

function narrowed(needed: readonly number[], cells: number): number[] {
  const widths = [...needed];
  for (let excess = sum(widths) - cells; excess > 0; excess -= 1) {
    const widest = Math.max(...widths);
    if (widest <= leastCells) break;
    // Of equally wide columns the last gives way: it holds the free text.
    widths[widths.lastIndexOf(widest)] = widest - 1;
  }
  return widths;
}

function padded(text: string, cells: number): string {
  return text + " ".repeat(Math.max(0, cells - widthOf(text)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
