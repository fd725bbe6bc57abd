import type { View } from "../detector/view.ts";
import type { Detection } from "../prompt/detection.ts";

/** A hunk, a list of packages: more than this is no longer read on a phone. */
const mostLines = 24;

/**
 * Puts the words above a question before it, as the terminal shows them: what `git add -p` wants staged, what apt would remove.
 * Only for questions in a line; a menu or a dialog was found with its body.
 *
 * @param earlier  the question before this one: what stands above it was shown with it
 */
export function withContext(detection: Detection, view: View, earlier: Detection | undefined): Detection {
  if (view.isFullScreen || detection.idle || !isAskedInLine(detection)) return detection;
  const texts = view.lines.map(({ text }) => text);
  const own = lastWith(texts, firstLineOf(detection.excerpt), texts.length);
  if (own <= 0) return detection;
  const before = earlier === undefined ? -1 : lastWith(texts, firstLineOf(earlier.question), own);
  const above = texts.slice(Math.max(before + 1, own - mostLines), own);
  const context = above.join("\n").replace(/^\s*\n/, "").trimEnd();
  return context === "" ? detection : { ...detection, excerpt: `${context}\n${detection.excerpt}` };
}

function isAskedInLine({ choices }: Detection): boolean {
  return choices.every(({ keys }) => /^[^\x1b\r]+\r$/.test(keys));
}

function firstLineOf(text: string): string {
  return text.trim().split("\n")[0]?.trim() ?? "";
}

/** The last of the lines before `end` that holds `words`; -1: none. */
function lastWith(lines: readonly string[], words: string, end: number): number {
  return words === "" ? -1 : lines.slice(0, end).findLastIndex((line) => line.includes(words));
}
