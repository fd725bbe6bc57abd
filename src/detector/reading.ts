import { composerAt, lastQuestionAbove } from "./composer.ts";
import { dialog } from "./dialog.ts";
import { framedQuestion } from "./frame.ts";
import { linePrompt } from "./line-prompt.ts";
import { firstMatch, type PatternSet } from "./pattern.ts";
import { rowsOf } from "./row.ts";
import type { Sighting } from "./sighting.ts";
import { textOf, type View } from "./view.ts";
import { placesOf } from "./window.ts";
import type { Waiting } from "./waiting.ts";

/** What the screen says. busy: the program works, so that even silence means nothing. */
export type Reading = { readonly is: "asks"; readonly sighting: Sighting } | { readonly is: "busy" } | { readonly is: "nothing" };

const nothing: Reading = { is: "nothing" };

/** Reads one screen: structure before wording, and only what is live. */
export function readView(view: View, patterns: PatternSet, waiting: Waiting): Reading {
  const rows = rowsOf(view);
  const places = placesOf(view, rows);
  const menu = dialog(view, rows, patterns, places, waiting);
  if (menu === "own") return nothing;
  if (menu !== undefined) return { is: "asks", sighting: menu };
  if (waiting === "no") return nothing;
  const framed = waiting === "line" || waiting === "secret" ? undefined : framedQuestion(view, rows);
  if (framed !== undefined) return { is: "asks", sighting: framed };
  if (firstMatch(patterns, places, ({ role }) => role === "busy") !== undefined) return { is: "busy" };
  const line = linePrompt(view, rows, patterns, places, waiting);
  const box = composerAt(view, rows);
  const idle = firstMatch(patterns, places, ({ role, place }) => role === "idle" && place !== "line");
  if (box !== undefined || idle !== undefined) {
    const at = box ?? view.cursor.line;
    return {
      is: "asks",
      sighting: {
        type: "free_text",
        pattern: idle?.pattern.id ?? "generic.composer",
        confidence: idle?.pattern.confidence ?? 0.75,
        question: lastQuestionAbove(rows, at),
        choices: [],
        default: undefined,
        secret: false,
        idle: true,
        from: Math.max(0, at - 1),
        to: Math.min(view.lines.length, at + 2),
        shape: "menu",
        body: "",
      },
    };
  }
  return line === undefined ? nothing : { is: "asks", sighting: line };
}

/** The last layer: nothing on the screen tells, but the child has been silent for long. Undefined: it does not wait for a person. */
export function stalled(view: View, waiting: Waiting): Sighting | undefined {
  const line = view.lines[view.cursor.line]?.text ?? "";
  const before = line.slice(0, view.cursor.column).trim();
  const isWaiting =
    waiting === "line" || waiting === "key" || ((waiting === "listens" || waiting === "polls") && view.isFullScreen) || (waiting === "unknown" && !view.isFullScreen && isOpenEnded(before));
  if (!isWaiting) return undefined;
  const question = before !== "" ? before : lastWords(view);
  const isIdle = waiting !== "line" && view.isFullScreen;
  return {
    type: waiting === "line" ? "free_text" : "unknown",
    pattern: "stall.silence",
    confidence: 0.6,
    question,
    choices: [],
    default: undefined,
    secret: false,
    idle: isIdle,
    from: Math.max(0, view.cursor.line - 8),
    to: view.lines.length,
    shape: waiting === "line" ? "line" : "menu",
    body: view.isFullScreen ? "" : textOf(view, Math.max(0, view.cursor.line - 1), view.cursor.line + 1),
  };
}

/** A line without its newline; "Working…", "42 %" and "await response..." are not questions. */
function isOpenEnded(before: string): boolean {
  return before !== "" && !/(?:\.{2,}|…|%|\d)$/.test(before);
}

function lastWords(view: View): string {
  for (let at = view.cursor.line; at >= 0; at--) {
    const text = view.lines[at]?.text.trim() ?? "";
    if (/\p{L}/u.test(text)) return text;
  }
  return "";
}
