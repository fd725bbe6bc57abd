import xterm from "@xterm/headless";
import type { IBufferCell } from "@xterm/headless";

/** Cells of one row that look alike. */
export interface Run {
  readonly column: number;
  readonly cells: number;
  readonly text: string;
  /** "#rrggbb" */
  readonly ink: string;
  readonly isBold: boolean;
  /** undefined: the terminal's own background */
  readonly ground: string | undefined;
}

const inkOfTerminal = "#d8dee9";
const palette = ["#3b4252", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d8dee9", "#6b7689", "#ff7b86", "#b5e08d", "#ffd68a", "#82c4ff", "#dd96f0", "#74d0dc", "#ffffff"];

/** What a terminal of this size shows after these bytes, row by row. */
export async function rowsOf(bytes: string, cols: number, rows: number): Promise<Run[][]> {
  const terminal = new xterm.Terminal({ cols, rows, allowProposedApi: true, logLevel: "off" });
  await new Promise<void>((resolve) => terminal.write(bytes, resolve));
  const buffer = terminal.buffer.active;
  return Array.from({ length: rows }, (_, row) => {
    const line = buffer.getLine(buffer.viewportY + row);
    const runs: Run[] = [];
    for (let column = 0; column < cols; column += 1) {
      const cell = line?.getCell(column);
      if (cell === undefined || cell.getWidth() === 0) continue;
      append(runs, runOf(cell, column));
    }
    return runs.filter(({ text, ground }) => text.trim() !== "" || ground !== undefined);
  });
}

function runOf(cell: IBufferCell, column: number): Run {
  const [front, back] = [colourOf(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()), colourOf(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor())];
  const isInverse = cell.isInverse() !== 0;
  const ink = cell.isDim() !== 0 ? "#7b8496" : (front ?? inkOfTerminal);
  return { column, cells: cell.getWidth(), text: cell.getChars() || " ", ink: isInverse ? (back ?? "#1e222a") : ink, isBold: cell.isBold() !== 0, ground: isInverse ? ink : back };
}

function append(runs: Run[], next: Run): void {
  const last = runs.at(-1);
  const joins = last !== undefined && last.ink === next.ink && last.isBold === next.isBold && last.ground === next.ground;
  if (joins) runs[runs.length - 1] = { ...last, cells: last.cells + next.cells, text: last.text + next.text };
  else runs.push(next);
}

function colourOf(isDefault: boolean, isRgb: boolean, colour: number): string | undefined {
  if (isDefault) return undefined;
  if (isRgb) return `#${colour.toString(16).padStart(6, "0")}`;
  if (colour < 16) return palette[colour];
  if (colour >= 232) return `#${(8 + (colour - 232) * 10).toString(16).padStart(2, "0").repeat(3)}`;
  const level = (step: number): string => (step === 0 ? 0 : 55 + step * 40).toString(16).padStart(2, "0");
  const cube = colour - 16;
  return `#${level(Math.floor(cube / 36))}${level(Math.floor(cube / 6) % 6)}${level(cube % 6)}`;
}
