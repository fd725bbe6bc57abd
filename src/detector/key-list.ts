import { capitalised } from "../prompt/capitalised.ts";
import type { Choice } from "../prompt/detection.ts";
import { declines } from "./declining.ts";

/** Answers by letter that a line offers, and the line without them. */
export interface KeyList {
  readonly question: string;
  readonly keys: readonly { readonly key: string; readonly label: string }[];
  readonly default: string | undefined;
  /** Its two answers are yes and no in another language than English. */
  readonly isYesNo?: boolean;
  /** It shows only some of its keys, with nothing between: "[ynW...]". */
  readonly isOpen?: boolean;
}

/** "(Y)es / (N)o / A(u)to", "[r]ename", "(p) Postpone, (df) Show diff": a letter in brackets in or before its word. */
const marked = /(\p{L}*)[([]([\p{L}\d?]{1,3})[)\]](?:(\p{L}[\p{L}']*(?: (?!\p{L}*[([])\p{L}[\p{L}']*)*)|\s+(\p{L}[\p{L}' -]*?)(?=\s*[,/;:?.)]|\s+[([]|\s*$))?/gu;
/** "[y,n,q,a,d,j,/,e,?]", "(y/N/a/q)", "(m-s)", "[nyae]" at the end of a line, "[ynW...], or ? for more options:" as well. */
const listed = /[[({<]\s*((?:[^\s,[\](){}<>]{1,4}\s*,\s*)+[^\s,[\](){}<>]{1,4}(?:\s+or\s+[^\s,()[\]]{1,4})?|(?:[\p{L}\d?!^]{1,4}\s*[/|]\s*)+[\p{L}\d?!^]{1,4}|(?=(?:[^\])]*[/|])?(?:y|n|yes|no)[/|\])])(?:[\p{L}\d?!^=-]{1,12}[/|])+[\p{L}\d?!^=-]{1,12}|\p{L}-\p{L}|[\p{L}?]{3,9}(?:\.\.\.)?)\s*[\])}>]\s*(?:\[(?:default=)?(\w+)\])?(?:,? or \? for [\p{L} ]{1,20})?\s*[?:>‣]*\s*$/iu;

/** "[apple/orange/pear]", "[dev|prod] (dev):", "(dev, staging) [dev]:", "[strawberry, chocolate]": whole words. */
const offered = /(?:\[((?:[\p{L}\d_-]{1,20}[/|]){2,}[\p{L}\d_-]{1,20}|[\p{L}\d_-]{2,20}[/|][\p{L}\d_-]{2,20}(?=\] \()|(?:accept|agree|allow|approve|enable|continue|keep|on|true)[/|](?:decline|disagree|deny|reject|disable|abort|cancel|overwrite|replace|off|false)|(?<=\?\s*\[)(?:[\p{L}\d_-]{2,20}, ){1,}[\p{L}\d_-]{2,20})\]|\(((?:[\p{L}\d_-]{1,20}, ){1,}[\p{L}\d_-]{1,20})\))(?: [([]([\p{L}\d_-]+)[)\]])?\s*(?:[:?]|(?<=\]))\s*$/u;

/** "(E)mail or (O)kay": it joins two answers and belongs to neither. */
const conjunction = /\s+(?:or|and|oder|und|ou|et|o|y)$/iu;

/** "[sdl/json]" without its brackets, behind a sentence of its own: "Partition type?  primary/extended?", "rspec/minitest/(none):". */
const slashed = /(?:^|[.?!:]\s+)((?:\(?[\p{L}\d_-]{2,20}\)?\/)+\(?[\p{L}\d_-]{2,20}\)?)[?:]\s*$/u;

/** "a)bort, c)ontinue, !)reuse this message": only the bracket behind the letter. */
const halfMarked = /(?<![\p{L}\p{N}(])([\p{L}!?])\)(\p{L}[\p{L}-]*(?: (?!\p{L}\))\p{Ll}+)*)/gu;

/** Yes and no by their first letters in other languages: German and its neighbours, French, Spanish and its neighbours, Polish, Russian. */
const foreignNames: Readonly<Record<string, readonly [yes: string, no: string]>> = { jn: ["Ja", "Nein"], on: ["Oui", "Non"], sn: ["Sí", "No"], tn: ["Tak", "Nie"], дн: ["Да", "Нет"], はい: ["はい", "いいえ"], 是否: ["是", "否"] };
/** The same words spelled by the neighbours. */
const spelledAlike: Readonly<Record<string, RegExp>> = { Sí: /^s(?:i|ì|im)$/, No: /^não$/, Nein: /^(?:nee|nej|nei)$/, Nie: /^ne$/ };

const explained = /(?<![\p{L}\p{N}])(\p{L}(?= = )|\d{1,2})\s?=\s?(\p{L}[\p{L}\p{N}_-]*)(?=[\s,;)\]:?.]|$)/gu;

/** What the usual letters stand for where the screen does not say. */
const usualNames: Readonly<Record<string, string>> = { y: "Yes", n: "No", a: "All", q: "Quit", yes: "Yes", no: "No", esc: "Cancel", "?": "Help" };

export function markedKeys(text: string): KeyList | undefined {
  // A number in brackets behind a word counts something: "iex(2)>".
  // Nor is "change(s)" a key.
  const matches = [...text.matchAll(marked)].filter(([, before = "", key = "", after = "", apart = ""]) => before + after + apart !== "" && (before === "" || !(/^\d/.test(key) || (after === "" && /^e?s$/.test(key)))));
  if (matches.length < 2) return undefined;
  const isCaseSensitive = matches.some((match) => isLowerElsewhere(match[2] ?? "", matches));
  const keys = matches.map(([, before = "", key = "", after = "", apart = ""]) => ({
    key: isCaseSensitive ? key : key.toLowerCase(),
    label: (apart === "" ? `${before}${key}${after}` : apart).trim().replace(conjunction, ""),
  }));
  const start = matches[0]?.index ?? 0;
  const last = matches.at(-1);
  const rest = text.slice((last?.index ?? 0) + (last?.[0].length ?? 0));
  return { question: text.slice(0, start).replace(/[\s([{|/]+$/, ""), keys, default: /\[([\p{L}]+)\]/u.exec(rest)?.[1] };
}

/** "(a)bort (A)bort with dump": then case matters. */
function isLowerElsewhere(key: string, matches: readonly RegExpExecArray[]): boolean {
  const other = key === key.toLowerCase() ? key.toUpperCase() : key.toLowerCase();
  return matches.some((match) => match[2] === other);
}

/** A letter in brackets in each of the lines above a question: "(e)dit the file again", "e(x)it without saving". */
export function markedLines(above: readonly string[]): KeyList | undefined {
  const lines = above.slice(0, above.findLastIndex((line) => line.trim() !== "") + 1);
  const last = lines.findLastIndex((line) => keyIn(line) === undefined);
  const keys = lines.slice(last + 1).flatMap((line) => keyIn(line) ?? []);
  const isDistinct = new Set(keys.map(({ key }) => key)).size === keys.length;
  return keys.length < 2 || !isDistinct ? undefined : { question: "", keys, default: undefined };
}

function keyIn(line: string): { readonly key: string; readonly label: string } | undefined {
  const [, before = "", key, after = ""] = /^\s*(\p{L}{0,12})\((\p{L})\)(\p{L}.*)$/u.exec(line) ?? [];
  return key === undefined ? undefined : { key, label: `${before}${key}${after}`.trim() };
}

/** @param names  labels by key that a pattern knows: a capital among them is a key of its own ("K"), not the default */
export function listedKeys(text: string, names: Readonly<Record<string, string>>): KeyList | undefined {
  const match = listed.exec(text);
  if (match === null) return undefined;
  const body = (match[1] ?? "").replace(/\.\.\.$/, "");
  const isOpen = match[1] !== body;
  const separator = body.includes(",") ? /\s*,\s*|\s+or\s+/ : /[/|]/.test(body) ? /\s*[/|]\s*/ : /^\p{L}-\p{L}$/u.test(body) ? "-" : "";
  if (separator === "" && !isOpen && !isKeys(body, names)) return undefined;
  // "a=all"
  const spelled = new Map(body.split(separator).flatMap((token) => (/^\p{L}=\p{L}+$/u.test(token) ? [[token[0] ?? "", token.slice(2)] as const] : [])));
  const tokens = body.split(separator).map((token) => (spelled.has(token[0] ?? "") && token[1] === "=" ? (token[0] ?? "") : token));
  const isCaseSensitive = new Set(tokens.map((token) => token.toLowerCase())).size < tokens.length || tokens.some((token) => /^\p{Lu}$/u.test(token) && names[token] !== undefined);
  if (tokens.length < 2 || new Set(tokens).size < tokens.length || (isCaseSensitive && separator === "")) return undefined;
  const question = text.slice(0, match.index);
  const upper = tokens.filter((token) => /^\p{Lu}/u.test(token));
  const preset = match[2] ?? (upper.length === 1 && !isCaseSensitive ? upper[0] : undefined);
  const foreign = foreignOf(tokens);
  const named = (token: string) => spelled.get(token) ?? foreign?.[token.toLowerCase() === tokens[0]?.toLowerCase() ? 0 : 1] ?? nameOf(token.toLowerCase(), question);
  const keys = tokens.map((token) => ({ key: isCaseSensitive ? token : token.toLowerCase(), label: named(token) }));
  return { question: question.trim(), keys, default: preset === undefined ? undefined : named(preset), ...(foreign === undefined ? {} : { isYesNo: true }), isOpen };
}

/** "[J/n]", "(oui/non)": a yes and a no of another language. */
function foreignOf(tokens: readonly string[]): readonly [yes: string, no: string] | undefined {
  const [yes = "", no = ""] = tokens.map((token) => token.toLowerCase());
  const names = foreignNames[`${yes[0] ?? ""}${no[0] ?? ""}`];
  if (names === undefined || tokens.length !== 2) return undefined;
  const [first, last] = [nameOfForeign(yes, names[0]), nameOfForeign(no, names[1])];
  return first === undefined || last === undefined ? undefined : [first, last];
}

function nameOfForeign(token: string, name: string): string | undefined {
  if (token.length === 1 || token === name.toLowerCase()) return name;
  return spelledAlike[name]?.test(token) ? capitalised(token) : undefined;
}

/** "Please enter 0 = LOW, 1 = MEDIUM and 2 = STRONG:": what each answer means, in one line. */
export function explainedKeys(text: string): KeyList | undefined {
  // "(y:Yes n:No)"
  const paired = /[([](\p{L}:\p{L}+(?:[ ,]+\p{L}:\p{L}+)+)[)\]]\s*[?:]?\s*$/u.exec(text);
  if (paired !== null) return { question: text.slice(0, paired.index).trim(), keys: (paired[1] ?? "").split(/[ ,]+/).map((pair) => ({ key: pair[0] ?? "", label: pair.slice(2) })), default: undefined };
  const keys = [...text.matchAll(explained)].map(([, key = "", label = ""]) => ({ key, label }));
  return keys.length < 2 ? undefined : { question: text.trim(), keys, default: undefined };
}

/** Such keys in each of the lines right above a question, and the line above them. */
export function halfMarkedLines(above: readonly string[]): KeyList | undefined {
  const keysIn = (line: string) => [...line.matchAll(halfMarked)].map(([, key = "", rest = ""]) => ({ key, label: `${/\p{L}/u.test(key) ? key : ""}${rest}` }));
  const last = above.findLastIndex((line) => keysIn(line).length < 2);
  const keys = above.slice(last + 1).flatMap(keysIn);
  const isDistinct = new Set(keys.map(({ key }) => key)).size === keys.length;
  return keys.length < 2 || !isDistinct ? undefined : { question: above[last]?.trim() ?? "", keys, default: undefined };
}

export function offeredWords(text: string): KeyList | undefined {
  const match = offered.exec(text);
  if (match === null) return slashedWords(text);
  const words = (match[1] ?? match[2] ?? "").split(/[/|]|, /);
  return { question: text.slice(0, match.index).trim(), keys: words.map((word) => ({ key: word, label: word })), default: match[3] };
}

function slashedWords(text: string): KeyList | undefined {
  const [whole = "", listed = ""] = slashed.exec(text) ?? [];
  const words = listed.split("/").map((word) => word.replace(/[()]/g, ""));
  // Those two have spellings of their own.
  if (words.length < 2 || words.every((word) => /^(?:yes|no)$/i.test(word))) return undefined;
  return { question: text.slice(0, text.length - whole.length + whole.indexOf(listed)).trim(), keys: words.map((word) => ({ key: word, label: word })), default: /\(([^)]*)\)/.exec(listed)?.[1] };
}

/** "nyae" and "yaxH" are keys, "yes" and "main" are words; letters that a pattern names are keys, too. */
function isKeys(body: string, names: Readonly<Record<string, string>>): boolean {
  return Array.from(body.toLowerCase()).every((key) => names[key] !== undefined) || (/y/i.test(body) && /n/i.test(body)) || (/^\p{Ll}+\p{Lu}$/u.test(body) && body.length <= 6);
}

/** A letter's word: the one in the question that begins with it ("Move or shoot? (m-s)"), else the usual one. */
function nameOf(token: string, question: string): string {
  const usual = usualNames[token];
  if (usual !== undefined || token.length > 1) return usual ?? token;
  // "Type of package: (single, library, python) [s/l/p]?"
  const named = /\(([^()]*, [^()]*)\)/.exec(question)?.[1] ?? (/\bor\b/i.test(question) ? question : "");
  return named.match(/\p{L}+/gu)?.find((word) => word.toLowerCase().startsWith(token) && word.length > 2) ?? token;
}

/** @param names  labels by key that a pattern knows better ({@link namesIn}) */
export function choicesOfKeys(list: KeyList, enter: string, names: Readonly<Record<string, string>>): Choice[] {
  const named = list.keys.map(({ key, label }) => ({ key, label: names[key] ?? label }));
  // "(df)" and "(dc)" can't be told apart by one key.
  const ending = named.some(({ key }) => key.length > 1 && !isPressed(key)) ? "\r" : enter;
  return named.map(({ key, label }) => ({ label, keys: isPressed(key) ? pressed(key) : `${key}${ending}`, declines: declines(label) }));
}

/** A key that writes nothing: "esc", "^C". */
function isPressed(key: string): boolean {
  return key === "esc" || /^\^[a-z]$/i.test(key);
}

function pressed(key: string): string {
  return key === "esc" ? "\x1b" : String.fromCharCode(key.toUpperCase().charCodeAt(1) - 64);
}

/** A pattern's names for this question: "{verb} this hunk" takes the group of that name. */
export function namesIn(names: Readonly<Record<string, string>>, match: RegExpExecArray): Record<string, string> {
  const fill = (name: string) => name.replace(/\{(\w+)\}/g, (_, group: string, at: number) => (at === 0 ? (match.groups?.[group] ?? "") : (match.groups?.[group] ?? "").toLowerCase()));
  return Object.fromEntries(Object.entries(names).map(([key, name]) => [key, fill(name)]));
}
