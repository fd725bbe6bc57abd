import { createHash } from "node:crypto";
import type { Sighting } from "./sighting.ts";

const spinner = /[\u2800-\u28ff◐◑◒◓◴◵◶◷✢✳✶✻✽·∙•●○◉⬡⬢]/gu;
/** Signs that spin as well, and that a command is written with. */
const sign = /[|/\\-]/g;
/** The boxes of options, and the tabs of questions: an answer ticks them. */
const tick = /[□■☐☑☒✓✔✗✘]|\[[ x✓✔*]\]/gu;
/** "(Use arrow keys)": Inquirer shows it until the first key. */
const help = /\((?:use|press)\s[^()]*\)/giu;
const timer = /\b\d+(?:[.,]\d+)?\s?(?:ms|s|secs?|seconds?|m|mins?|minutes?|h|%|k?\s?tokens?)\b|\b\d{1,2}:\d{2}(?::\d{2})?\b|\d+%/giu;

/** What counts down, or up, by itself. */
const seconds = /\b\d+(?:[.,]\d+)?\s?(?:ms|s|secs?|seconds?|k?\s?tokens?)\b|\b\d{1,2}:\d{2}(?::\d{2})?\b|(?<=^|[\s(])[|/\\-](?=$|\))/giu;

/** Equal while the same question stands: spinners, timers, pointers and ticks of the dialog do not count. */
export function fingerprintOf(sighting: Sighting): string {
  const words = [sighting.type, masked(sighting.question), ...sighting.choices.map((choice) => masked(choice.label)), masked(sighting.body)];
  return createHash("sha256").update(words.join("\n")).digest("base64url").slice(0, 22);
}

/** `text` without what moves by itself, and without blanks: a window of another width breaks the same words elsewhere. */
export function masked(text: string): string {
  return still(text, timer).replace(sign, "").replace(/\s+/g, "");
}

/** The same, but for what a person tells two dialogs apart by: numbers, signs, blanks. Good for one width of the window. */
export function exact(text: string): string {
  return still(text, seconds).replace(/\s+/g, " ").trim();
}

function still(text: string, counting: RegExp): string {
  return text.replace(help, "").replace(counting, "#").replace(tick, "").replace(spinner, "");
}
