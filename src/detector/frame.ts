import { declines } from "./declining.ts";
import { clean } from "./question.ts";
import type { Row } from "./row.ts";
import type { Sighting } from "./sighting.ts";
import type { View } from "./view.ts";

/** A question that is open now, as clack and its kin mark it: "◆  Project name" at the left edge, "▲" after a refused answer. */
const open = /^\s{0,2}[◆▲]\s+(\S.*)$/u;
/** consola's: a pointer before the question, the answer's line below. */
const pointed = /^\s?[❯?›]\s+(\S.*[?:])$/u;
const secret = /\b(?:pass(?:word|phrase|code)?|secret|token|(?:api|access) key|pin)\b/iu;
/** "↑/↓ to select • Tab: complete": help. */
const keys = /^\s*(?:↑|↓|esc|tab|enter|space)\S*\s.*(?:•|·|,)/iu;
const option = /^(?:[●○◉◯◎◻◼☐☑❯>]|\[.\])\s?\S/u;
/** A field above the options that match it. */
const searched = /^\s*search:/iu;
/** An empty field or dots for what was typed. */
const field = /^(?:[_█▪•*]*)$/u;

/** A text or yes/no question in a frame that the program draws; its lists are menus. Undefined: none is open. */
export function framedQuestion(view: View, rows: readonly Row[]): Sighting | undefined {
  const last = rows.findLastIndex((row) => !row.isBlank && !row.isRule);
  let at = last;
  while (at >= 0 && at > last - 8 && !open.test(rows[at]?.line.text ?? "") && !pointed.test(rows[at]?.line.text ?? "")) at--;
  const head = rows[at];
  if (head === undefined || at < 0) return undefined;
  const isFramed = open.test(head.line.text);
  const below = rows.slice(at + 1).filter((row) => !row.isBlank && !row.isRule && !/^\s*└/.test(row.line.text) && !keys.test(row.text));
  if (!isFramed && !pointed.test(head.line.text)) return undefined;
  // Clack closes the frame of a question that is open; without that, "◆" begins a heading.
  if (isFramed && !rows.slice(at + 1).some((row) => /^\s*└/.test(row.line.text))) return undefined;
  // consola conceals its empty field's cursor; what shows then is a question, and no cursor.
  if (!isFramed && (view.cursor.visible || below.length > 1 || !/^(?:|_|\S*█|[●○]\s.*)$/u.test(below[0]?.text.trim() ?? ""))) return undefined;
  const answer = below.at(-1)?.text.trim() ?? "";
  const question = questionOf(rows, at, last, answer);
  const base = { from: at, to: view.lines.length, idle: false, shape: "menu" as const, body: "", secret: false, default: undefined };
  const buttons = /^([●○])\s+(\S.*?)\s+\/\s+([●○])\s+(\S.*)$/u.exec(answer);
  if (buttons !== null) {
    const [, mark, one = "", , other = ""] = buttons;
    const isYesNo = /^y/i.test(one) && /^n/i.test(other);
    const picked = mark === "●" ? one : other;
    const choices = [one, other].map((label) => ({
      label,
      keys: isYesNo ? (label[0] ?? "").toLowerCase() : label === picked ? "\r" : `${label === one ? "\x1b[D" : "\x1b[C"}\r`,
      declines: declines(label),
    }));
    return { ...base, type: isYesNo ? "yes_no" : "multiple_choice", pattern: "generic.frame-confirm", confidence: 0.9, question, choices, default: picked };
  }
  const lettered = isFramed ? letteredIn(below) : [];
  if (lettered.length > 0) {
    const asked = questionOf(rows, at, last, lettered[0]?.row ?? "");
    const choices = lettered.map(({ key, label }) => ({ label, keys: key, declines: declines(label) }));
    return { ...base, type: "multiple_choice", pattern: "generic.frame-keys", confidence: 0.9, question: asked, choices };
  }
  // A single one is what the words in the field lead to.
  const options = below.filter((row) => option.test(row.text.trim()));
  if (below.length > 3 || options.length > (searched.test(below[0]?.text ?? "") ? 1 : 0)) return undefined;
  const isSecret = secret.test(question) && field.test(answer);
  return { ...base, type: "free_text", pattern: "generic.frame-text", confidence: 0.85, question, choices: [], secret: isSecret, default: field.test(answer) || isSecret ? undefined : answer.replace(/[█_]$/, "") };
}

/** Answers by one key each, below the question ("d  Deploy"); none when they are no such list. */
function letteredIn(below: readonly Row[]): { readonly key: string; readonly label: string; readonly row: string }[] {
  const listed = below.map(({ text }) => ({ match: /^(\p{L}|\d)\s+(\S.*)$/u.exec(text.trim()), row: text.trim() }));
  const first = listed.findIndex(({ match }) => match !== null);
  const found = first < 0 ? [] : listed.slice(first).flatMap(({ match, row }) => (match === null ? [] : [{ key: match[1] ?? "", label: match[2] ?? "", row }]));
  const isList = found.length >= 2 && found.length === listed.length - first && new Set(found.map(({ key }) => key)).size === found.length;
  return isList ? found : [];
}

/** The question's rows: it may wrap before the answer's row. */
function questionOf(rows: readonly Row[], at: number, last: number, answer: string): string {
  const words = [rows[at]?.line.text ?? ""];
  for (const row of rows.slice(at + 1, last + 1)) {
    if (row.isBlank || row.text.trim() === answer) break;
    words.push(row.text);
  }
  return clean(words.map((text) => text.trim().replace(/^[◆▲❯?›]\s+/u, "")).join(" "));
}
