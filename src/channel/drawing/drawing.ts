import { setImmediate as breath } from "node:timers/promises";
import type { Frame } from "../page/frame.ts";
import { Canvas } from "./canvas.ts";
import { cellsOf, type Cell } from "./cell.ts";
import { drawCodeBox } from "./code-box.ts";
import { covered, type FindSecrets } from "./cover.ts";
import { cellHeight, cellWidth, type Glyph, Glyphs } from "./glyphs.ts";
import { ground, ink, type Rgb } from "./palette.ts";
import { pngOf } from "./png.ts";

/** Pixels around the screen. */
const margin = 12;
/** What a secret looks like. */
const cover: Rgb = [0x8a, 0x5a, 0x2b];
/** Rows of a cell, from its top. */
const [underlineRow, strikeRow, baseline] = [21, 13, 19];
/** Of an italic character: columns by which a row is moved for each row above the baseline. */
const slant = 0.2;
/** The largest picture that Telegram takes for one, in pixels: both sides together, and one side by the other (Bot API 10.3, sendPhoto). */
const most = { together: 10_000, ratio: 20 };

/** Draws what the terminal shows. */
export class Drawing {
  readonly #glyphs: Glyphs;
  readonly #find: FindSecrets;

  /** @param find what must not be seen */
  constructor(glyphs: Glyphs, find: FindSecrets) {
    this.#glyphs = glyphs;
    this.#find = find;
  }

  /** @returns PNG, 12 by 24 pixels a cell: 80 by 24 are 984 by 600; undefined: it would be too large */
  async draw(frame: Frame): Promise<Uint8Array | undefined> {
    const size = sizeOf(frame);
    if (size.width + size.height > most.together) return undefined;
    const rows = cellsOf(frame);
    const hidden = covered(rows, frame.columns, this.#find);
    const canvas = new Canvas(size.width, size.height, ground);
    for (const [row, cells] of rows.entries()) {
      for (const cell of cells) this.#drawCell(canvas, row, hidden.has(cell) ? secret(cell) : cell);
      // The terminal's bytes do not wait for a picture.
      await breath();
    }
    if (frame.cursor !== undefined) this.#drawCursor(canvas, frame.cursor, rows, hidden);
    return await pngOf(canvas);
  }

  #drawCursor(canvas: Canvas, { row, column }: { row: number; column: number }, rows: readonly (readonly Cell[])[], hidden: ReadonlySet<Cell>): void {
    const under = rows[row]?.find((cell) => cell.column <= column && column < cell.column + cell.columns);
    const cell = under ?? { text: "", column, columns: 1, ink, ground, run: { text: "" } };
    if (!hidden.has(cell)) this.#drawCell(canvas, row, { ...cell, ink: cell.ground, ground: cell.ink });
  }

  #drawCell(canvas: Canvas, row: number, cell: Cell): void {
    const { run, text, columns } = cell;
    const [left, top, width] = [margin + cell.column * cellWidth, margin + row * cellHeight, columns * cellWidth];
    canvas.fill(left, top, width, cellHeight, cell.ground);
    if (/\S/u.test(text)) this.#drawText(canvas, cell, { left, top, width });
    if (run.underline === true) canvas.fill(left, top + underlineRow, width, 2, cell.ink);
    if (run.strike === true) canvas.fill(left, top + strikeRow, width, 2, cell.ink);
  }

  /** Every character of the cell over each other: letters and their marks. What takes no room by itself is left to the text. */
  #drawText(canvas: Canvas, { text, columns, ink, run }: Cell, { left, top, width }: { left: number; top: number; width: number }): void {
    Array.from(text).forEach((character, index) => {
      const glyph = this.#glyphs.find(character, columns === 2 ? 2 : 1, run.bold === true);
      if (glyph !== undefined) drawGlyph(canvas, glyph, { left, top, ink, slant: run.italic === true ? slant : 0 });
      else if (index === 0) drawCodeBox(canvas, character, { left, top, width, ink });
    });
  }
}

/** Of the screen with its margin; a very long or very high one gets more of it. */
function sizeOf({ columns, rows, cursor }: Frame): { width: number; height: number } {
  const [width, height] = [columns * cellWidth + 2 * margin, Math.max(rows.length, (cursor?.row ?? 0) + 1) * cellHeight + 2 * margin];
  return { width: Math.max(width, Math.ceil(height / most.ratio)), height: Math.max(height, Math.ceil(width / most.ratio)) };
}

function drawGlyph(canvas: Canvas, glyph: Glyph, { left, top, ink, slant }: { left: number; top: number; ink: Rgb; slant: number }): void {
  for (let y = 0; y < cellHeight; y++) {
    const shift = Math.round((baseline - y - 6) * slant);
    for (let x = 0; x < glyph.width; x++) canvas.blend(left + x, top + y, ink, glyph.alpha(x - shift, y) / 15);
  }
}

/** What a cell shows instead of a secret: nothing of its text, nothing of its look. */
function secret({ column, columns }: Cell): Cell {
  return { text: "", column, columns, ink: cover, ground: cover, run: { text: "" } };
}
