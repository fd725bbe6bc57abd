import type { Choice } from "../prompt/detection.ts";
import { choicesOfKeys, listedKeys, markedKeys, type KeyList } from "./key-list.ts";
import { choicesOf, numberedBelow, numberedList } from "./menu.ts";
import { firstMatch, type Pattern, type PatternSet, type Places } from "./pattern.ts";
import { clean, questionAbove } from "./question.ts";
import type { Row } from "./row.ts";
import type { Sighting } from "./sighting.ts";
import { toggleChoices } from "./toggle.ts";
import type { View } from "./view.ts";
import type { Waiting } from "./waiting.ts";

/** A prompt in the line of the cursor, or in the last words above it when the program reads after a newline. */
export function linePrompt(view: View, rows: readonly Row[], patterns: PatternSet, places: Places, waiting: Waiting): Sighting | undefined {
  const asked = askedText(view, waiting);
  if (asked === undefined) return undefined;
  const at: Places = { ...places, line: asked.text };
  const enter = takesEnter(view, waiting) ? "\r" : "";
  const base = { from: asked.from, to: view.cursor.line + 1, idle: false, secret: waiting === "secret", shape: "line" as const, body: "" };
  const found = firstMatch(patterns, at, (pattern) => isForLine(pattern, waiting));
  if (waiting === "secret")
    return { ...base, type: "free_text", pattern: found?.pattern.secret === true ? found.pattern.id : "generic.echo-off", confidence: 0.95, question: clean(asked.text), choices: [], default: undefined };

  // After an empty line only what tells how it is answered counts: output ends with questions, too.
  if ((view.lines[view.cursor.line]?.text ?? "").trim() === "" && (waiting === "listens" || waiting === "hidden" || waiting === "polls") && !(found !== undefined && found.pattern.confidence >= 0.85 && found.pattern.type !== "free_text" && found.pattern.role === "ask") && found?.pattern.id !== "generic.inquirer")
    return undefined;
  const list = numberedList(rows, view.cursor.line, view.columns) ?? numberedBelow(rows, view.cursor.line, view.columns);
  if (list !== undefined && found?.pattern.role !== "idle" && found?.pattern.type !== "yes_no" && found?.pattern.type !== "confirm_enter" && !found?.pattern.secret)
    return {
      ...base,
      type: "multiple_choice",
      pattern: "generic.numbered",
      confidence: 0.85,
      question: list.from > view.cursor.line ? clean(asked.text) : listQuestion(asked.text, rows, list.from),
      choices: choicesOf(list, enter === "" ? "digits" : "line"),
      default: undefined,
      from: Math.min(asked.from, Math.max(0, list.from - 3)),
      to: Math.max(base.to, list.to),
    };
  const line = view.lines[view.cursor.line];
  const toggled = line === undefined ? undefined : toggleChoices(line);
  if (toggled !== undefined) return { ...base, ...toggled, type: "multiple_choice", pattern: "generic.toggle", confidence: 0.85, question: clean(asked.text), shape: "menu" };
  const lettered = found !== undefined && found.pattern.confidence > 0.9 ? undefined : keyListOf(asked.text, enter);
  if (lettered !== undefined) return { ...base, ...lettered, shape: enter === "" ? "key" : "line" };
  if (found === undefined) return undefined;
  const { pattern, match } = found;
  return {
    ...base,
    type: pattern.type,
    pattern: pattern.id,
    confidence: pattern.confidence,
    question: clean(match.groups?.["question"] ?? (pattern.type === "yes_no" && pattern.choices.length === 0 ? questionOf(asked.text, match) : asked.text)),
    choices: choicesFor(pattern, match, enter),
    default: defaultOf(match),
    secret: pattern.secret,
    idle: pattern.role === "idle",
    shape: enter === "" ? "key" : "line",
  };
}

function isForLine(pattern: Pattern, waiting: Waiting): boolean {
  if (pattern.place !== "line" || (pattern.role !== "ask" && pattern.role !== "idle")) return false;
  return !(pattern.secret && waiting === "line");
}

/** One key answers where keys are read singly, and in the status line of a multiplexer. */
function takesEnter(view: View, waiting: Waiting): boolean {
  if (waiting === "key" || waiting === "polls") return false;
  if (/\s‣(?:\s|$)|,\s?esc\)/u.test(view.lines[view.cursor.line]?.text ?? "")) return false;
  return !(waiting === "hidden" && view.isFullScreen && view.cursor.line === view.lines.length - 1 && view.lines.length > 2);
}

/** The words that ask: the cursor's line up to the cursor; with those above it when it holds next to none. */
function askedText(view: View, waiting: Waiting): { readonly text: string; readonly from: number } | undefined {
  const at = view.cursor.line;
  const line = view.lines[at]?.text ?? "";
  // Inquirer and its kin draw the whole line, the answer so far behind a mark, and put the cursor anywhere in it.
  const own = /^\?\s/.test(line) ? line.replace(/\s[‣›»…](?:\s.*)?$/u, "") : line.slice(0, view.cursor.column);
  const isContinued = /^\s{4,}\S/.test(own) && /[,/]$/.test(view.lines[at - 1]?.text ?? "");
  const wrapped = hardWrapped(view, at);
  if (wrapped < at) return { text: [...view.lines.slice(wrapped, at).map((above) => above.text), own.trimEnd()].join("").trim(), from: wrapped };
  if (!isContinued && isWhole(own)) return { text: own.trim(), from: at };
  if (own.trim() === "" && waiting === "unknown") return undefined;
  let from = at;
  while (from > 0 && from > at - 3 && (view.lines[from - 1]?.text.trim() ?? "") === "") from--;
  // A program that reads after a newline has asked in the paragraph above; one that repeats a mark, in the line above.
  const most = own.trim() === "" || isContinued ? 3 : 1;
  let first = from;
  while (first > 0 && from - first < most && (view.lines[first - 1]?.text.trim() ?? "") !== "") {
    first--;
    if (/[?:.!]$/.test(view.lines[first - 1]?.text.trim() ?? "")) break;
  }
  const words = view.lines.slice(first, from).map((above) => above.text.trim());
  const text = [...words, own.trim()].join(" ").trim();
  return text === "" ? undefined : { text, from: first };
}

/** The first of the lines that fill the screen's width and go on in line `at`: some programs wrap by themselves. */
function hardWrapped(view: View, at: number): number {
  let first = at;
  while (first > 0 && at - first < 4 && (view.lines[first - 1]?.text.length ?? 0) === view.columns && !/[─━═]$/.test(view.lines[first - 1]?.text ?? "")) first--;
  return first < at && /^[?❯›]\s/.test(view.lines[first]?.text ?? "") ? first : at;
}

/** Words of its own, or a mark that prompts by itself. */
function isWhole(own: string): boolean {
  if (own.trim() === "?") return false;
  const bare = own.replace(/\[[^\]]*\]|\([^)]*\)/g, "").trim();
  return /\p{L}{2}|[$#%>❯➜*]$|^\d+\]$|^\.\.\.$/u.test(bare) || own.trim() === ":" || /^\((?:[A-Za-z]{2,})\)$/.test(own.trim()) || /\((?:END)\)/.test(own);
}

function keyListOf(text: string, enter: string): Pick<Sighting, "type" | "pattern" | "confidence" | "question" | "choices" | "default"> | undefined {
  const list: KeyList | undefined = markedKeys(text) ?? listedKeys(text);
  if (list === undefined || list.keys.length < 2) return undefined;
  const keys = list.keys.map(({ key }) => key);
  const others = keys.filter((key) => !/^(?:y|n|yes|no|esc|c|cancel|\?|h)$/.test(key));
  const type = others.length === 0 && keys.some((key) => key.startsWith("y")) && keys.some((key) => key.startsWith("n")) ? "yes_no" : "multiple_choice";
  return { type, pattern: "generic.key-list", confidence: 0.9, question: clean(/\p{L}+\P{L}+\p{L}/u.test(list.question) ? list.question : text), choices: choicesOfKeys(list, enter), default: list.default };
}

/** A list's own question stands below it ("Select an option:") or, where that says nothing, above. */
function listQuestion(text: string, rows: readonly Row[], from: number): string {
  return /\p{L}{3}/u.test(text) && !/^\W*(?:answer|choice|selection|number)\W*$/iu.test(text) ? clean(text) : questionAbove(rows, Math.max(0, from - 6), from);
}

/** What the pattern matched at the end of the line is the way to answer; what stands before it asks. */
function questionOf(text: string, match: RegExpExecArray): string {
  const before = text.slice(0, match.index);
  return /\p{L}{2}/u.test(before) ? before : text;
}

function choicesFor(pattern: Pattern, match: RegExpExecArray, enter: string): readonly Choice[] {
  if (pattern.choices.length > 0) return pattern.choices;
  if (pattern.type === "confirm_enter") return [{ label: "Enter", keys: "\r", declines: false }];
  if (pattern.type !== "yes_no") return [];
  const isWord = /^(?:yes|no)$/i.test(match.groups?.["preset"] ?? "");
  const yes = (match.groups?.["yes"] ?? (isWord ? "yes" : "y")).toLowerCase();
  const no = (match.groups?.["no"] ?? (isWord ? "no" : "n")).toLowerCase();
  return [
    { label: "Yes", keys: `${yes}${enter}`, declines: false },
    { label: "No", keys: `${no}${enter}`, declines: true },
  ];
}

function defaultOf(match: RegExpExecArray): string | undefined {
  const { yes, no, preset } = match.groups ?? {};
  if (preset !== undefined) return /^y/i.test(preset) ? "Yes" : "No";
  const isUpper = (token: string | undefined) => token !== undefined && /^\p{Lu}/u.test(token);
  if (isUpper(yes) !== isUpper(no)) return isUpper(yes) ? "Yes" : "No";
  return match.groups?.["default"];
}
