import type { View } from "../detector/view.ts";

/** More than a person reads on a phone before the next instruction. */
const mostLines = 30;
/** Frames, rules and blanks around a composer. */
const bare = /^[\s\u2500-\u259f|>❯›]*$/u;
/** Rows of help below a composer. */
const mostFooterLines = 8;
const composer = /^[\s│┃]*[❯›>*](?:\s|$)/u;
/** What the person said last, as agents repeat it. */
const echoed = /^\s*[❯›>]\s+\S/u;

/** The composer's line: the cursor's, or, where an agent parks the cursor below what it draws, the last one that looks like it. */
function composerLine(lines: View["lines"], cursorLine: number): number {
  if ((lines[cursorLine]?.text ?? "") !== "") return cursorLine;
  const found = lines.findLastIndex(({ text }, line) => line < cursorLine && line > cursorLine - mostFooterLines && composer.test(text));
  return found < 0 ? cursorLine : found;
}

/** What stands above the composer at the cursor: the program's last words, back to the person's own. "" where there is nothing. */
export function lastWords({ lines, cursor }: Pick<View, "lines" | "cursor">): string {
  let end = composerLine(lines, cursor.line);
  while (end > 0 && bare.test(lines[end - 1]?.text ?? "")) end--;
  let from = end;
  while (from > 0 && end - from < mostLines && !echoed.test(lines[from - 1]?.text ?? "")) from--;
  while (from < end && bare.test(lines[from]?.text ?? "")) from++;
  const words = lines.slice(from, end).map(({ text }) => text);
  return words.join("\n").replace(/\n{3,}/g, "\n\n").trimEnd();
}
