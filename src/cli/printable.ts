import { codePointName } from "../channel/code-point.ts";

/** What takes two cells of a terminal: emoji, and the wide blocks of Unicode's East Asian Width. */
const wide = /[\p{Emoji_Presentation}\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]/u;
const markless = /\p{Mn}/u;

/** One line that does nothing to the terminal it is printed on: control and format characters are named, not sent. */
export function printable(text: string): string {
  return text
    .replace(/\s+/gu, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, codePointName)
    .trim();
}

/** In cells of a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += markless.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
}

/** The text itself, or as much of it as fits into `cells` with an ellipsis. */
export function fitted(text: string, cells: number): string {
  if (widthOf(text) <= cells) return text;
  let kept = "";
  let width = 0;
  for (const character of text) {
    width += widthOf(character);
    if (width > cells - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Lines of at most `cells`, broken between words where that is possible; at least one. */
export function wrapped(text: string, cells: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((word) => pieces(word, cells))) {
    if (line !== "" && widthOf(line) + 1 + widthOf(word) > cells) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** A word that is longer than a line, in parts. */
function pieces(word: string, cells: number): string[] {
  if (widthOf(word) <= cells) return [word];
  const parts = [""];
  for (const character of word) {
    const part = parts.at(-1) ?? "";
    if (part !== "" && widthOf(part) + widthOf(character) > cells) parts.push(character);
    else parts[parts.length - 1] = part + character;
  }
  return parts;
}
