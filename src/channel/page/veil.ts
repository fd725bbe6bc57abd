import { cellsOf, type Cell } from "../drawing/cell.ts";
import { covered, type FindSecrets } from "../drawing/cover.ts";
import type { CellRun, Frame } from "./frame.ts";

/** What a cell shows instead of a secret. */
const shade = "▒";

/** The screen with every cell shaded that shows a secret: nothing of its text, nothing of its look. */
export function veiled(frame: Frame, find: FindSecrets): Frame {
  const rows = cellsOf(frame);
  const hidden = covered(rows, frame.columns, find);
  return hidden.size === 0 ? frame : { ...frame, rows: rows.map((cells) => runsOf(cells, hidden)) };
}

function runsOf(cells: readonly Cell[], hidden: ReadonlySet<Cell>): CellRun[] {
  const runs: CellRun[] = [];
  let last: { readonly run: CellRun; readonly isHidden: boolean } | undefined;
  for (const cell of cells) {
    const isHidden = hidden.has(cell);
    const piece = isHidden ? { text: shade.repeat(cell.columns), columns: cell.columns } : { ...cell.run, text: cell.text, columns: cell.columns };
    const before = runs.at(-1);
    const joins = before !== undefined && last?.isHidden === isHidden && (isHidden || last.run === cell.run);
    if (joins) runs[runs.length - 1] = { ...before, text: before.text + piece.text, columns: (before.columns ?? 0) + piece.columns };
    else runs.push(piece);
    last = { run: cell.run, isHidden };
  }
  return runs;
}
