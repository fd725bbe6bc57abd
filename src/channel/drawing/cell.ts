import type { CellRun, Frame } from "../page/frame.ts";
import { ground, ink, mixed, rgbOf, type Rgb } from "./palette.ts";

/** One cell of the screen, or the two that a wide character takes. */
export interface Cell {
  /** A character with what is joined to it; "" shows nothing. */
  readonly text: string;
  /** Zero-based. */
  readonly column: number;
  readonly columns: number;
  readonly ink: Rgb;
  readonly ground: Rgb;
  readonly run: CellRun;
}

/** How much of its colour a dim character keeps. */
const dimmed = 0.6;

/** The cells of each row; blank ones at its end may be left out. */
export function cellsOf({ rows }: Frame): Cell[][] {
  return rows.map((row) => {
    let column = 0;
    return row.flatMap((run) => {
      const look = lookOf(run);
      return split(run).map(({ text, columns }): Cell => {
        const cell = { text, column, columns, run, ...look };
        column += columns;
        return cell;
      });
    });
  });
}

/** A run holds either narrow characters of one code point each, or a single cell. */
function split({ text, columns = text.length }: CellRun): { text: string; columns: number }[] {
  const characters = Array.from(text);
  if (characters.length !== columns || isJoined(characters[1])) return [{ text, columns }];
  return characters.map((character) => ({ text: character, columns: 1 }));
}

function isJoined(character: string | undefined): boolean {
  return character !== undefined && /[\p{M}\p{Cf}]/u.test(character);
}

function lookOf({ fg, bg, inverse, dim }: CellRun): { ink: Rgb; ground: Rgb } {
  const [front, back] = [fg === undefined ? ink : rgbOf(fg), bg === undefined ? ground : rgbOf(bg)];
  const [over, under] = inverse === true ? [back, front] : [front, back];
  return { ink: dim === true ? mixed(over, under, dimmed) : over, ground: under };
}
