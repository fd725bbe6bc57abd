import { fitted, widthOf } from "./printable.ts";

/** What stands between two columns, and before what goes on in a further line. */
const gutter = 2;
/** No column is narrowed below this. */
const leastCells = 6;
/** The last column holds the free text: with less of it than this, rows are broken instead. */
const leastText = 16;

/**
 * Each row as lines of at most `paper` cells: each column as wide as it needs; where the paper ends, the widest give way. On paper that is too
 * narrow for that (a phone's terminal, a tmux pane) each row takes several lines, and nothing but its free text is cut.
 */
export function tableLines(rows: ReadonlyArray<readonly string[]>, paper: number): string[][] {
  const columns = rows[0]?.length ?? 0;
  const needed = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ""))));
  const cells = paper - gutter * (columns - 1);
  const widths = narrowed(needed, cells);
  if (sum(widths) > cells || (widths.at(-1) ?? 0) < Math.min(needed.at(-1) ?? 0, leastText)) return rows.map((row) => stacked(row, needed, paper));
  return rows.map((row) => [row.map((cell, column) => padded(fitted(cell, widths[column] ?? 0), widths[column] ?? 0)).join(" ".repeat(gutter)).trimEnd()]);
}

/** As many cells in a line as fit, all rows broken at the same columns, and the free text in a line of its own. */
function stacked(row: readonly string[], needed: readonly number[], paper: number): string[] {
  const indent = " ".repeat(gutter);
  const lines: string[] = [];
  let line = "";
  for (const [column, cell] of row.slice(0, -1).entries()) {
    const width = needed[column] ?? 0;
    if (line !== "" && widthOf(line) + gutter + width > paper) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? `${lines.length > 0 ? indent : ""}${padded(cell, width)}` : `${line}${indent}${padded(cell, width)}`;
  }
  return [...lines, line, indent + (row.at(-1) ?? "")].map((full) => fitted(full.trimEnd(), paper));
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
