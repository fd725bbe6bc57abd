import type { Line, View } from "./view.ts";

/** A line without the frame around it. */
export interface Row {
  /** Its text with frame characters blanked, so that columns stay; no trailing blanks. */
  readonly text: string;
  /** Index of the first character that is not a blank; the text's length when there is none. */
  readonly indent: number;
  /** A horizontal rule or the edge of a box: no words. */
  readonly isRule: boolean;
  readonly isBlank: boolean;
  readonly line: Line;
}

const leftFrame = /^\s*(?:[│┃║▌▏╎┆]+|\|+(?=\s|$))/;
/** With what scrolls beside it: "Europe   ▒ │". */
const rightFrame = /(?:\s+[↑↓▲▼▒░▮█]|\s{3,}[\^v])?\s*[│┃║▌▐█▏╎┆|]+\s*$/;
const words = /[\p{L}\p{N}]/u;
const rule = /[─━═╌┄┈╍▔▁▀▄_-]{3,}|^\s*[┌└├╭╰╔╚┏┗┠┣┡][─━═╌┄┈╍]*\s*$|^\s*[┐┘┤╮╯╗╝]\s*$|^\s*[◇◆○]?\s*[─━═╌]{2,}|^\s*(?:[-=*~] ){3,}[-=*~]?$/;

/** A row that turns: work under way. */
export const turning = /^\s*[\u2800-\u28ff◐◑◒◓◴◵◶◷]\s/u;

export function rowsOf(view: View): Row[] {
  return view.lines.map(rowOf);
}

export function rowOf(line: Line): Row {
  const unframed = line.text.replace(leftFrame, (frame) => " ".repeat(frame.length));
  const text = /^\s*[│┃║▌╭╰┌└]/.test(line.text) || /[│┃║▐█]\s*$/.test(line.text) ? unframed.replace(rightFrame, "") : unframed;
  const trimmed = text.trimEnd();
  return {
    text: trimmed,
    indent: trimmed.length - trimmed.trimStart().length,
    isRule: rule.test(trimmed) && !words.test(trimmed),
    isBlank: trimmed === "",
    line,
  };
}

/** The rows' words on one line, frames and rules gone. */
export function flatten(rows: readonly Row[]): string {
  return rows
    .filter((row) => !row.isRule && !row.isBlank)
    .map((row) => row.text.trim())
    .join(" ")
    .replace(/\s+/g, " ");
}
