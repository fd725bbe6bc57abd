import type { Choice } from "../prompt/detection.ts";
import { declines } from "./declining.ts";

/** Answers by letter that a line offers, and the line without them. */
export interface KeyList {
  readonly question: string;
  readonly keys: readonly { readonly key: string; readonly label: string }[];
  readonly default: string | undefined;
}

/** "(Y)es / (N)o / A(u)to", "[r]ename", "(p) Postpone, (df) Show diff": a letter in brackets in or before its word. */
const marked = /(\p{L}*)[([]([\p{L}\d?]{1,3})[)\]](?:(\p{L}[\p{L}']*(?: (?!\p{L}*[([])\p{L}[\p{L}']*)*)|\s+(\p{L}[\p{L}' -]*?)(?=\s*[,/;:?.)]|\s+[([]|\s*$))?/gu;
/** "[y,n,q,a,d,e,?]", "(y/N/a/q)", "[nyae]" at the end of a line. */
const listed = /[[({<]\s*((?:[\p{L}\d?!]{1,4}\s*[,/|]\s*)+[\p{L}\d?!]{1,4}|\p{L}-\p{L}|[\p{L}?]{3,6})\s*[\])}>]\s*(?:\[(\w+)\])?\s*[?:>]*\s*$/u;

/** What the usual letters stand for where the screen does not say. */
const names: Readonly<Record<string, string>> = { y: "Yes", n: "No", a: "All", q: "Quit", yes: "Yes", no: "No", esc: "Cancel", "?": "Help" };

export function markedKeys(text: string): KeyList | undefined {
  const matches = [...text.matchAll(marked)].filter((match) => (match[1] ?? "") + (match[3] ?? "") + (match[4] ?? "") !== "");
  if (matches.length < 2) return undefined;
  const keys = matches.map(([, before = "", key = "", after = "", apart = ""]) => ({
    key: key.length === 1 && isLowerElsewhere(key, matches) ? key : key.toLowerCase(),
    label: apart === "" ? `${before}${key}${after}`.trim() : apart.trim(),
  }));
  const start = matches[0]?.index ?? 0;
  const last = matches.at(-1);
  const rest = text.slice((last?.index ?? 0) + (last?.[0].length ?? 0));
  return { question: text.slice(0, start), keys, default: /\[([\p{L}]+)\]/u.exec(rest)?.[1] };
}

/** "(a)bort (A)bort with dump": then case matters. */
function isLowerElsewhere(key: string, matches: readonly RegExpExecArray[]): boolean {
  const other = key === key.toLowerCase() ? key.toUpperCase() : key.toLowerCase();
  return matches.some((match) => match[2] === other);
}

export function listedKeys(text: string): KeyList | undefined {
  const match = listed.exec(text);
  if (match === null) return undefined;
  const body = match[1] ?? "";
  const tokens = /[,/|-]/.test(body) ? body.split(/\s*[,/|-]\s*/) : Array.from(body);
  if (tokens.length < 2 || new Set(tokens.map((token) => token.toLowerCase())).size < tokens.length) return undefined;
  if (!/[,/|-]/.test(body) && !isKeys(body)) return undefined;
  const question = text.slice(0, match.index);
  const upper = tokens.filter((token) => /^\p{Lu}/u.test(token));
  const preset = match[2] ?? (upper.length === 1 ? upper[0] : undefined);
  const keys = tokens.map((token) => ({ key: token.toLowerCase(), label: nameOf(token.toLowerCase(), question) }));
  return { question, keys, default: preset === undefined ? undefined : nameOf(preset.toLowerCase(), question) };
}

/** "nyae" and "yaxH" are keys, "yes" and "main" are words. */
function isKeys(body: string): boolean {
  return (/y/i.test(body) && /n/i.test(body)) || (/^\p{Ll}+\p{Lu}$/u.test(body) && body.length <= 6);
}

/** A letter's word: the one in the question that begins with it ("Move or shoot? (m-s)"), else the usual one. */
function nameOf(token: string, question: string): string {
  const usual = names[token];
  if (usual !== undefined || token.length > 1) return usual ?? token;
  const word = question.match(/\p{L}+/gu)?.find((word) => word.toLowerCase().startsWith(token) && word.length > 2);
  return word !== undefined && /\bor\b/i.test(question) ? word : token;
}

export function choicesOfKeys(list: KeyList, enter: string): Choice[] {
  return list.keys.map(({ key, label }) => ({ label, keys: key === "esc" ? "\x1b" : `${key}${enter}`, declines: declines(label) }));
}
