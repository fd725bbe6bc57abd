import type { IBuffer, IBufferCell } from "@xterm/headless";
import type { Line, Run } from "./view.ts";

/** Rows `top` to `bottom` of the buffer as one line, and where the cursor's cell is in its text. */
export function readLine(buffer: IBuffer, top: number, bottom: number, cursorRow: number, cursorX: number): { readonly line: Line; readonly column: number } {
  const runs: Run[] = [];
  const breaks: number[] = [];
  const pen = new Pen();
  let cell: IBufferCell | undefined;
  let text = "";
  let column = 0;
  let end = 0;
  let start = 0;
  let style = "";
  for (let row = top; row <= bottom; row++) {
    const cells = buffer.getLine(row);
    if (cells === undefined) continue;
    if (row > top) breaks.push(text.length);
    // Reading cells is what costs: those behind a row's last character are left out.
    const needed = text.length + (row < bottom ? cells.length : cells.translateToString(true).length);
    const reach = row === cursorRow ? cursorX : -1;
    for (let x = 0; x < cells.length && (x <= reach || text.length < needed); x++) {
      if (x === reach) column = text.length;
      cell = cells.getCell(x, cell);
      if (cell === undefined || cell.getWidth() === 0) continue;
      const from = text.length;
      const now = pen.styleOf(cell);
      if (now !== style) {
        if (from > start) runs.push({ from: start, to: from, style });
        start = from;
        style = now;
      }
      const chars = cell.getChars();
      const shown = chars === "" || (now !== "" && isHidden(cell)) ? " ".repeat(cell.getWidth()) : chars;
      text += shown;
      // Asked of `text`, which grows by concatenation, this would copy it each time.
      if (shown.charCodeAt(0) !== 32) end = text.length;
    }
    if (row === cursorRow && cursorX >= cells.length) column = text.length;
  }
  if (text.length > start) runs.push({ from: start, to: text.length, style });
  return { line: { text: text.slice(0, end), runs, height: bottom - top + 1, breaks }, column };
}

/** Bits of a style's last number. */
const dim = 2;
const inverse = 4;

/** Drawn faint: a box that is not ticked, ghost text. */
export function isDim(style: string): boolean {
  return (Number(style.split(".")[2] ?? 0) & dim) !== 0;
}

/** The terminal's own background, in a style whose letters are not its own. */
export const ownBackground = "-1";

/** Names a style's background; undefined: all about the style is the terminal's own. */
export function backgroundOf(style: string): string | undefined {
  return style.split(".")[1];
}

/** Foreground and background changed places: a status bar, a highlight. */
export function isInverse(style: string): boolean {
  return (Number(style.split(".")[2] ?? 0) & inverse) !== 0;
}

/** Names the look of cells; most look like the one before. */
class Pen {
  #last: readonly [foreground: number, background: number, flags: number] = [0, 0, 0];
  #style = "";

  styleOf(cell: IBufferCell): string {
    if (cell.isAttributeDefault()) return "";
    const foreground = cell.getFgColorMode() + cell.getFgColor();
    const background = cell.getBgColorMode() + cell.getBgColor();
    const flags = (cell.isBold() === 0 ? 0 : 1) | (cell.isDim() === 0 ? 0 : dim) | (cell.isInverse() === 0 ? 0 : inverse) | (cell.isUnderline() === 0 ? 0 : 8);
    const [lastForeground, lastBackground, lastFlags] = this.#last;
    if (this.#style === "" || foreground !== lastForeground || background !== lastBackground || flags !== lastFlags) {
      this.#last = [foreground, background, flags];
      this.#style = `${foreground}.${background}.${flags}`;
    }
    return this.#style;
  }
}

/** Concealed, or in the colour of its own background. */
function isHidden(cell: IBufferCell): boolean {
  if (cell.isInvisible() !== 0) return true;
  const ownColour = !cell.isFgDefault() && !cell.isBgDefault();
  return ownColour && cell.getFgColorMode() === cell.getBgColorMode() && cell.getFgColor() === cell.getBgColor();
}
