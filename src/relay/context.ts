import type { View } from "../detector/view.ts";
import type { Detection } from "../prompt/detection.ts";

/** A hunk, a list of packages: more than this is no longer read on a phone. */
const mostLines = 24;

/**
 * Shows a question with what belongs to it, as the terminal shows it: one in a line with the words above it, what `git add -p` wants
 * staged, what apt would remove; a menu with the body it was found with. What was shown with the question before is not shown again.
 *
 * @param earlier  the question before this one: what stands above it was shown with it
 */
export function withContext(detection: Detection, view: View, earlier: Detection | undefined): Detection {
  if (view.isFullScreen || detection.idle) return detection;
  const shown = firstLineOf(earlier?.question ?? "");
  return since(shown, isAskedInLine(detection) ? withLinesAbove(detection, view.lines.map(({ text }) => text), shown) : detection);
}

function withLinesAbove(detection: Detection, texts: readonly string[], shown: string): Detection {
  const own = lastWith(texts, firstLineOf(detection.excerpt), texts.length);
  if (own <= 0) return detection;
  const before = lastWith(texts, shown, own);
  const above = texts.slice(Math.max(before + 1, own - mostLines), own);
  const context = above.join("\n").replace(/^\s*\n/, "").trimEnd();
  return context === "" ? detection : { ...detection, excerpt: `${context}\n${detection.excerpt}` };
}

/** Without the question before, and what stands above that, where they were found as this one's body. */
function since(shown: string, detection: Detection): Detection {
  const lines = detection.excerpt.split("\n");
  const ownWords = [firstLineOf(detection.question), ...detection.choices.map(({ label }) => label)];
  const own = Math.min(...ownWords.map((words) => lastWith(lines, words, lines.length)).filter((line) => line >= 0));
  const before = Number.isFinite(own) ? lastWith(lines, shown, own) : -1;
  return before < 0 ? detection : { ...detection, excerpt: lines.slice(before + 1).join("\n") };
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
