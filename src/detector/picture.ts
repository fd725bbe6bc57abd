import type { IBufferCell, Terminal } from "@xterm/headless";

/** A palette index from 0 to 255, or "#rrggbb". */
export type Colour = number | string;

/**
 * Cells side by side that look alike: narrow ones of one code point each, or a single one that is wide or holds several.
 * An absent colour is the terminal's own; an absent attribute is off.
 */
export interface Strip {
  readonly text: string;
  /** How many columns it takes. */
  readonly columns: number;
  readonly fg?: Colour;
  readonly bg?: Colour;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly strike?: true;
  readonly inverse?: true;
}

/** The visible screen with its colours, as a person sees it: for people, never for the layers. */
export interface Picture {
  readonly columns: number;
  readonly rows: readonly (readonly Strip[])[];
  /** Zero-based; undefined: hidden. */
  readonly cursor: { readonly row: number; readonly column: number } | undefined;
}

export function pictureOf(terminal: Terminal, isCursorVisible: boolean): Picture {
  const buffer = terminal.buffer.active;
  const rows = Array.from({ length: terminal.rows }, (_, row) => stripsOf(terminal, buffer.baseY + row));
  const cursor = isCursorVisible ? { row: buffer.cursorY, column: Math.min(buffer.cursorX, terminal.cols - 1) } : undefined;
  return { columns: terminal.cols, rows, cursor };
}

function stripsOf(terminal: Terminal, row: number): Strip[] {
  const cells = terminal.buffer.active.getLine(row);
  const strips: Strip[] = [];
  let lastLook = "";
  let isOpen = false;
  for (let column = 0; column < (cells?.length ?? 0); column++) {
    const cell = cells?.getCell(column);
    if (cell === undefined || cell.getWidth() === 0) continue;
    const look = lookOf(cell);
    const lookKey = JSON.stringify(look);
    const text = cell.isInvisible() === 0 ? cell.getChars() || " " : " ".repeat(cell.getWidth());
    const last = strips.at(-1);
    const isPlain = Array.from(text).length === 1 && cell.getWidth() === 1;
    if (last !== undefined && isOpen && isPlain && lookKey === lastLook) strips[strips.length - 1] = { ...last, text: last.text + text, columns: last.columns + cell.getWidth() };
    else strips.push({ ...look, text, columns: cell.getWidth() });
    lastLook = lookKey;
    isOpen = isPlain;
  }
  const end = strips.at(-1);
  if (end !== undefined && lastLook === "{}") {
    const text = end.text.trimEnd();
    if (text === "") strips.pop();
    else strips[strips.length - 1] = { ...end, text, columns: end.columns - (end.text.length - text.length) };
  }
  return strips;
}

function lookOf(cell: IBufferCell): Omit<Strip, "text" | "columns"> {
  return {
    ...(cell.isFgDefault() ? {} : { fg: colour(cell.isFgRGB(), cell.getFgColor()) }),
    ...(cell.isBgDefault() ? {} : { bg: colour(cell.isBgRGB(), cell.getBgColor()) }),
    ...(cell.isBold() ? { bold: true } : {}),
    ...(cell.isDim() ? { dim: true } : {}),
    ...(cell.isItalic() ? { italic: true } : {}),
    ...(cell.isUnderline() ? { underline: true } : {}),
    ...(cell.isStrikethrough() ? { strike: true } : {}),
    ...(cell.isInverse() ? { inverse: true } : {}),
  };
}

function colour(isRgb: boolean, value: number): Colour {
  return isRgb ? `#${value.toString(16).padStart(6, "0")}` : value;
}
