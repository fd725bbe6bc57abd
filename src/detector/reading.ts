import { withDrawnFrame } from "./ascii-frame.ts";
import { askedText } from "./asked.ts";
import { composerAt, draftOf, isUnanswered, isVacant, lastQuestionAbove } from "./composer.ts";
import { dialog } from "./dialog.ts";
import { withDrawnCursor } from "./drawn-cursor.ts";
import { framedQuestion } from "./frame.ts";
import { linePrompt } from "./line-prompt.ts";
import { openFile } from "./open-file.ts";
import { firstMatch, type Pattern, type PatternSet, type Places } from "./pattern.ts";
import { popup } from "./popup.ts";
import { clean } from "./question.ts";
import { rowsOf, type Row } from "./row.ts";
import type { Sighting } from "./sighting.ts";
import { textOf, type View } from "./view.ts";
import { placesOf } from "./window.ts";
import { isCooked, isListening, type Waiting } from "./waiting.ts";

/** What the screen says. busy: the program works, so that even silence means nothing · own: a menu that the person opened. */
export type Reading = { readonly is: "asks"; readonly sighting: Sighting } | { readonly is: "busy" } | { readonly is: "own" } | { readonly is: "nothing" };

const nothing: Reading = { is: "nothing" };

/** Reads one screen: structure before wording, and only what is live. */
export function readView(screen: View, patterns: PatternSet, waiting: Waiting): Reading {
  const view = withDrawnFrame(screen);
  const rows = rowsOf(view);
  const places = placesOf(view, rows);
  if (waiting === "no") return nothing;
  const listens = !isCooked(waiting);
  const idle = listens ? firstMatch(patterns, places, ({ role, place }) => role === "idle" && place !== "line") : undefined;
  const box = listens ? composerAt(view, rows) : undefined;
  if (idle === undefined && box === undefined) {
    const drawn = listens ? (framedQuestion(view, rows) ?? dialog(view, rows, patterns, places, waiting) ?? popup(view) ?? namedScreen(view, patterns, places)) : undefined;
    if (drawn === "own") return { is: "own" };
    if (drawn !== undefined) return { is: "asks", sighting: view.sendsApplicationKeys ? withApplicationKeys(drawn) : drawn };
  }
  if (listens && firstMatch(patterns, places, ({ role }) => role === "busy") !== undefined) return { is: "busy" };
  if (idle !== undefined || box !== undefined) return { is: "asks", sighting: composing(rows, box ?? view.cursor.line, idle?.pattern) };
  // What a shell's command line holds asks nothing, however its prompt is worded.
  if (view.isAtShell && waiting !== "secret") return { is: "asks", sighting: commandLine(view) };
  const drawn = withDrawnCursor(view);
  const line = linePrompt(drawn, rows, patterns, drawn === view ? places : placesOf(drawn, rows), waiting);
  // Who merely listens ends its lines.
  if (line === undefined || (waiting === "aside" && (line.idle || !asksAtCursor(view)))) return nothing;
  // What stands in a status line does so wherever the cursor wanders.
  const isDrawn = drawn !== view && view.isFullScreen && line.choices.length > 0;
  return { is: "asks", sighting: isDrawn ? { ...line, shape: "menu" } : line };
}

/** The program draws what it asks, by itself or behind a mark ("? Name ‣"): what it writes else is no part of that. */
export function isDrawn({ lines }: View, { idle, shape, from }: Sighting): boolean {
  return !idle && (shape === "menu" || /^\?\s/.test(lines[from]?.text ?? ""));
}

/** "Waiting for changes:" */
const tells = /^\W*(?:\[[^\]]*\]\s*)?(?:still )?(?:waiting|watching|listening|loading|building|compiling|starting|running|connecting|downloading|installing)\b/iu;

/** The cursor stands behind words that ask, in their own line. */
function asksAtCursor({ lines, cursor }: View): boolean {
  const before = (lines[cursor.line]?.text ?? "").slice(0, cursor.column);
  return !tells.test(before) && /\p{L}.*[?:\])]\s*$/u.test(before) && cursor.line === lines.length - 1;
}

function commandLine({ lines, cursor }: View): Sighting {
  const question = clean((lines[cursor.line]?.text ?? "").slice(0, cursor.column));
  return { type: "free_text", pattern: "shell.command-line", confidence: 0.95, question, choices: [], default: undefined, secret: false, idle: true, from: cursor.line, to: cursor.line + 1, shape: "line", body: "" };
}

/** A window title that says that a person is needed. */
export function callsInTitle(title: string, patterns: PatternSet): boolean {
  return title !== "" && firstMatch(patterns, { line: "", tail: "", flat: "", title }, ({ role, place }) => role === "calls" && place === "title") !== undefined;
}

function withApplicationKeys(sighting: Sighting): Sighting {
  return { ...sighting, choices: sighting.choices.map((choice) => ({ ...choice, keys: choice.keys.replace(/\x1b\[(?=[ABCD])/g, "\x1bO") })) };
}

/** A screen that a pattern knows whole, answers included: it has no rows to pick from. */
function namedScreen(view: View, patterns: PatternSet, places: Places): Sighting | undefined {
  const found = firstMatch(patterns, places, ({ role, place, type, choices }) => role === "ask" && (place === "flat" || place === "tail") && (choices.length > 0 || type === "confirm_enter"));
  if (found === undefined) return undefined;
  const { pattern, match } = found;
  const choices = pattern.choices.length > 0 ? pattern.choices : [{ label: "Enter", keys: "\r", declines: false }];
  const question = clean(match.groups?.["question"] ?? match[0]);
  return { type: pattern.type, pattern: pattern.id, confidence: pattern.confidence, question, choices, default: undefined, secret: pattern.secret, idle: false, from: Math.max(0, view.lines.length - 20), to: view.lines.length, shape: "menu", body: "" };
}

function composing(rows: readonly Row[], at: number, pattern: Pattern | undefined): Sighting {
  return {
    type: "free_text",
    pattern: pattern?.id ?? "generic.composer",
    confidence: pattern?.confidence ?? 0.75,
    question: lastQuestionAbove(rows, at),
    choices: [],
    default: undefined,
    secret: false,
    idle: true,
    from: Math.max(0, at - 6),
    to: Math.min(rows.length, at + 2),
    shape: "menu",
    body: "",
    draft: draftOf(rows[at]),
    isVacant: isVacant(rows[at], rows[at + 1]),
    isUnanswered: isUnanswered(rows, at),
  };
}

/** The last layer: nothing on the screen tells, but the child has been silent for long. Undefined: it does not wait for a person. */
export function stalled(view: View, waiting: Waiting): Sighting | undefined {
  const line = view.lines[view.cursor.line]?.text ?? "";
  const before = line.slice(0, view.cursor.column).trim();
  // Readline turns bracketed paste on while it reads, and some shells of their own (bc) prompt with nothing.
  const isAtEditor = waiting === "selects" && view.bracketsPaste;
  const isWaiting =
    waiting === "line" ||
    waiting === "key" ||
    // A full-screen program that has drawn nothing yet is still starting (opencode: for seconds).
    (isListening(waiting) && view.isFullScreen && view.lines.some(({ text }) => /\p{L}/u.test(text))) ||
    isAtEditor ||
    (waiting === "lines" && before !== "") ||
    (waiting === "unknown" && !view.isFullScreen && isOpenEnded(before));
  if (!isWaiting) return undefined;
  const name = isCooked(waiting) ? undefined : openFile(view);
  const isIdle = isAtEditor || (!isCooked(waiting) && view.isFullScreen) || name !== undefined;
  const question = name ?? clean(askedText(view, waiting)?.text ?? lastWords(view));
  return {
    type: isCooked(waiting) ? "free_text" : "unknown",
    pattern: "stall.silence",
    confidence: 0.6,
    question,
    choices: [],
    default: undefined,
    secret: false,
    idle: isIdle,
    from: Math.max(0, view.cursor.line - 8),
    to: view.lines.length,
    shape: "line",
    // A full-screen program asks anywhere on its screen: what changes there may be another question.
    body: view.isFullScreen ? textOf(view) : textOf(view, Math.max(0, view.cursor.line - 1), view.cursor.line + 1),
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
