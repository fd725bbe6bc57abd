import type { Choice } from "../prompt/detection.ts";
import { choicesOfKeys, listedKeys, markedKeys, type KeyList } from "./key-list.ts";
import { choicesOf, numberedList } from "./menu.ts";
import { firstMatch, type Pattern, type PatternSet, type Places } from "./pattern.ts";
import { clean, questionAbove } from "./question.ts";
import type { Row } from "./row.ts";
import type { Sighting } from "./sighting.ts";
import type { View } from "./view.ts";
import type { Waiting } from "./waiting.ts";

/** A prompt in the line of the cursor, or in the last words above it when the program reads after a newline. */
export function linePrompt(view: View, rows: readonly Row[], patterns: PatternSet, places: Places, waiting: Waiting): Sighting | undefined {
  const asked = askedText(view, waiting);
  if (asked === undefined) return undefined;
  const at: Places = { ...places, line: asked.text };
  const enter = waiting === "key" || waiting === "hidden" ? "" : "\r";
  const base = { from: asked.from, to: view.cursor.line + 1, idle: false, secret: waiting === "secret", shape: "line" as const, body: "" };
  const found = firstMatch(patterns, at, (pattern) => isForLine(pattern, waiting));
  if (waiting === "secret")
    return { ...base, type: "free_text", pattern: found?.pattern.secret === true ? found.pattern.id : "generic.echo-off", confidence: 0.95, question: clean(asked.text), choices: [], default: undefined };

  const list = numberedList(rows, view.cursor.line, view.columns);
  if (list !== undefined && found?.pattern.type !== "yes_no" && found?.pattern.type !== "confirm_enter" && !found?.pattern.secret)
    return {
      ...base,
      type: "multiple_choice",
      pattern: "generic.numbered",
      confidence: 0.85,
      question: listQuestion(asked.text, rows, list.from),
      choices: choicesOf(list, enter !== ""),
      default: undefined,
      from: Math.max(0, list.from - 3),
    };
  const lettered = found !== undefined && found.pattern.confidence > 0.9 ? undefined : keyListOf(asked.text, enter);
  if (lettered !== undefined) return { ...base, ...lettered, shape: enter === "" ? "key" : "line" };
  if (found === undefined) return undefined;
  const { pattern, match } = found;
  return {
    ...base,
    type: pattern.type,
    pattern: pattern.id,
    confidence: pattern.confidence,
    question: clean(match.groups?.["question"] ?? questionOf(asked.text, match)),
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

/** The words that ask: the cursor's line up to the cursor; with those above it when it holds next to none. */
function askedText(view: View, waiting: Waiting): { readonly text: string; readonly from: number } | undefined {
  const line = view.lines[view.cursor.line]?.text ?? "";
  const own = view.cursor.column === 0 && /^\?\s/.test(line) ? line : line.slice(0, view.cursor.column);
  if (/\p{L}{2}|[$#%>❯➜*]\s*$/u.test(own.replace(/\[[^\]]*\]|\([^)]*\)/g, ""))) return { text: own.trim(), from: view.cursor.line };
  if (own.trim() === "" && waiting !== "line" && waiting !== "secret" && waiting !== "key") return undefined;
  for (let at = view.cursor.line - 1; at >= Math.max(0, view.cursor.line - 3); at--) {
    const above = view.lines[at]?.text.trim() ?? "";
    if (above !== "") return { text: `${above} ${own.trim()}`.trim(), from: at };
  }
  return own.trim() === "" ? undefined : { text: own.trim(), from: view.cursor.line };
}

function keyListOf(text: string, enter: string): Pick<Sighting, "type" | "pattern" | "confidence" | "question" | "choices" | "default"> | undefined {
  const list: KeyList | undefined = markedKeys(text) ?? listedKeys(text);
  if (list === undefined || list.keys.length < 2) return undefined;
  const letters = new Set(list.keys.map(({ key }) => key[0]));
  const type = letters.size === 2 && letters.has("y") && letters.has("n") ? "yes_no" : "multiple_choice";
  return { type, pattern: "generic.key-list", confidence: 0.9, question: clean(list.question), choices: choicesOfKeys(list, enter), default: list.default };
}

/** A list's own question stands below it ("Select an option:") or, where that says nothing, above. */
function listQuestion(text: string, rows: readonly Row[], from: number): string {
  return /\p{L}{3}/u.test(text) ? clean(text) : questionAbove(rows, Math.max(0, from - 6), from);
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
  const yes = (match.groups?.["yes"] ?? "y").toLowerCase();
  const no = (match.groups?.["no"] ?? "n").toLowerCase();
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
