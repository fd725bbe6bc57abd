import type { View } from "../detector/view.ts";
import type { Detection } from "../prompt/detection.ts";

/** More than a person reads on a phone before the next instruction. */
const mostLines = 30;
/** Frames, rules and blanks around a composer. */
const bare = /^[\s\u2500-\u259f|>❯›]*$/u;
/** Rows of help below a composer. */
const mostFooterLines = 8;
const composer = /^[\s│┃]*[❯›>*](?:\s|$)/u;
/** What the person said last, as agents repeat it. */
const echoed = /^\s*[❯›>]\s+\S/u;

/** What an agent draws when it starts: its sign in blocks or braille, or its name and version alone on a line. */
const opening = /[▖-▟]|✻ Welcome to |[\u2801-\u28ff]{3}|^[\s│╭─>_✻*]*[A-Z]\w+(?: \w+)* \(?v\d+\.\d+\.\d+\)?[\s│─╮]*$/u;
/** A status that is set to the right edge, just above a composer: it is no word of the agent's. */
const status = /^\s{40,}\S.*$/u;

/** The composer's line: the cursor's, or, where an agent parks the cursor below what it draws, the last one that looks like it. */
function composerLine(lines: View["lines"], cursorLine: number): number {
  if ((lines[cursorLine]?.text ?? "") !== "") return cursorLine;
  const found = lines.findLastIndex(({ text }, line) => line < cursorLine && line > cursorLine - mostFooterLines && composer.test(text));
  return found < 0 ? cursorLine : found;
}

/** What stands in a composer whose cursor is parked below it; all of the screen where none is found. */
export function parkedText({ lines, cursor }: Pick<View, "lines" | "cursor">): string {
  const at = composerLine(lines, cursor.line);
  const texts = lines.map(({ text }) => text);
  if (at === cursor.line) return texts.join("\n");
  const end = texts.findIndex((text, line) => line > at && text.trim() !== "" && bare.test(text));
  return texts.slice(at, end < 0 ? texts.length : end).join("\n");
}

/**
 * What stands above the composer at the cursor: the program's last words, back to the person's own.
 * "" where there is nothing, or nobody has said anything yet and it is what the program opened with.
 */
export function lastWords({ lines, cursor }: Pick<View, "lines" | "cursor">): string {
  let end = composerLine(lines, cursor.line);
  while (end > 0 && (bare.test(lines[end - 1]?.text ?? "") || status.test(lines[end - 1]?.text ?? ""))) end--;
  let from = end;
  while (from > 0 && end - from < mostLines && !echoed.test(lines[from - 1]?.text ?? "")) from--;
  if (lines.slice(from, end).some(({ text }) => opening.test(text)) && !echoed.test(lines[from - 1]?.text ?? "")) return "";
  while (from < end && bare.test(lines[from]?.text ?? "")) from++;
  const words = lines.slice(from, end).map(({ text }) => text);
  return words.join("\n").replace(/\n{3,}/g, "\n\n").trimEnd();
}

/** An agent that waits for its next instruction, with its last words instead of its composer's frame. */
export function withLastWords(detection: Detection, words: string): Detection {
  if (words !== "") return { ...detection, excerpt: words, question: "" };
  const rows = detection.excerpt.split("\n");
  return rows.every((row) => bare.test(row) || status.test(row)) ? { ...detection, excerpt: "(nothing has been said yet)", question: "" } : detection;
}
