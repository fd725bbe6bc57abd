/** More messages than this and the text comes as a file. */
export const maxParts = 4;

/** Without empty lines around it. */
export function trimmed(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/, "").trimEnd();
}

/**
 * Cuts a text into pieces of at most `max` UTF-16 units, at line ends where that wastes less than half a piece, and never
 * through a surrogate pair. The pieces joined (with the line ends at which they were cut) are the text.
 */
export function split(text: string, max: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const line = rest.lastIndexOf("\n", max);
    const isUseful = line >= max / 2;
    const end = isUseful ? line : wholeCharacters(rest, max);
    pieces.push(rest.slice(0, end));
    rest = rest.slice(isUseful ? end + 1 : end);
  }
  return [...pieces, rest];
}

/** The largest position up to `at` that splits no surrogate pair. */
function wholeCharacters(text: string, at: number): number {
  return /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at;
}
