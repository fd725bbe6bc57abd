import type { View } from "./view.ts";
import { isCooked, type Waiting } from "./waiting.ts";
import { longestLine } from "./window.ts";

/** What asks, and the line in which it begins. */
interface AskedText {
  readonly text: string;
  readonly from: number;
}

/** A question with its answer behind it, of one word: "Ship it? [y/n] y". */
export const answered = /(?:\?|[([][^()[\]]*[/,|-][^()[\]]*[)\]])\s*[:?>]?\s+[\p{L}\p{N}._-]{1,20}$/u;

/** The first line that can belong to the question in line `at`: what stands above had its answer. */
export function newFrom({ sent }: View, at: number): number {
  return sent === undefined || sent.line >= at ? 0 : sent.line + 1;
}

/** The words that ask: the cursor's line up to the cursor; with those above it when it holds next to none. */
export function askedText(view: View, waiting: Waiting): AskedText | undefined {
  const fresh = askedFrom(view, waiting, newFrom(view, drawnLine(view)));
  if (fresh !== undefined && /\p{L}{2}/u.test(fresh.text)) return fresh;
  // The echo stays off while a password is tried.
  if (waiting === "secret" && fresh === undefined) return undefined;
  // A mark alone is the same question's, asked again: "1..3> 7", "> ".
  return askedFrom(view, waiting, 0);
}

function askedFrom(view: View, waiting: Waiting, floor: number): AskedText | undefined {
  const at = drawnLine(view);
  const line = view.lines[at]?.text ?? "";
  const own = /^\?\s/.test(line) ? drawnQuestion(line) : unanswered(view, at, waiting).slice(-longestLine).replace(/\s█$/u, "");
  const above = view.lines[at - 1]?.text ?? "";
  // The line below the question holds its mark and what Enter would give ("? my-site"), or a mark alone where lines are read.
  if (/^\?\s/.test(line) && /^\p{L}.*\?$/u.test(above)) return { text: above, from: at - 1 };
  if (/^\s?>{1,2}\s*$/.test(own) && (isCooked(waiting) || waiting === "selects")) {
    // A note may stand between ("enter description:", "NOTE: …!", ">> "), where lines are read.
    const asking = view.lines.slice(Math.max(0, at - (isCooked(waiting) ? 2 : 1)), at).findLast(({ text }) => /^\s?\p{L}.*\p{L}.*:$/u.test(text));
    if (asking !== undefined) return { text: asking.text.trim(), from: view.lines.indexOf(asking) };
  }
  // A field in a panel, its question in the row above ("┃ What's your name?", "┃ > ").
  const label = /^\s*[┃│]\s+(\S.*[?:])$/u.exec(above)?.[1];
  if (/^\s*[┃│]\s*>?\s*$/u.test(own) && label !== undefined) return { text: label, from: at - 1 };
  const isContinued = /^\s{4,}\S/.test(own) && /[,/]$/.test(view.lines[at - 1]?.text ?? "");
  const broken = [hardWrapped(view, at), cutFrom(view, at)].find((first) => first < at);
  if (broken !== undefined) return { text: unwrapped(view, broken, at, own), from: broken };
  // A lone "?" names no question, but a line editor prompts with it (gp).
  if (!isContinued && (isWhole(own) || (own.trim() === "?" && waiting === "selects"))) return { text: own.trim(), from: at };
  if (own.trim() === "" && waiting === "unknown") return undefined;
  let from = at;
  while (from > floor && from > at - 3 && (view.lines[from - 1]?.text.trim() ?? "") === "") from--;
  // A program that reads after a newline has asked in the paragraph above; one that repeats a mark, in the line above.
  const most = own.trim() === "" || isContinued ? 3 : from < at ? 6 : 1;
  let first = from;
  while (first > floor && from - first < most && (view.lines[first - 1]?.text.trim() ?? "") !== "") {
    // What a program says below an answered question, it says of the answer.
    if (own.trim() === "" && answered.test(view.lines[first - 1]?.text.trim() ?? "")) break;
    first--;
    // Below a line that is not full, a question begins.
    const isFull = (view.lines[first - 1]?.text.length ?? 0) > view.columns * 0.6;
    const begun = view.lines[first]?.text.trim() ?? "";
    if (!isFull && isWhole(begun) && /[?:](?:\s*[[(][^\])]*[\])])?$/.test(begun)) break;
    if (most < 6 && /[?:.!]$/.test(view.lines[first - 1]?.text.trim() ?? "")) break;
  }
  const words = view.lines.slice(first, from).map((above) => above.text.trim());
  const text = [...words, own.trim()].join(" ").trim();
  return text === "" ? undefined : { text, from: first };
}

/** The line up to the cursor without the question before it, whose Enter showed nothing: "Password: Again:". */
function unanswered({ lines, cursor, sent }: View, at: number, waiting: Waiting): string {
  const own = (lines[at]?.text ?? "").slice(0, cursor.column);
  if (sent?.line !== at || !isCooked(waiting)) return own;
  const rest = own.slice(sent.before.length);
  return /\p{L}{2}/u.test(rest) ? rest.trimStart() : own;
}

/** The line where a question "? …" begins that a program wrapped by itself and that ends in line `at`. */
function hardWrapped(view: View, at: number): number {
  for (let first = at; first > 0 && at - first < 4; first--) {
    const above = view.lines[first - 1]?.text ?? "";
    const word = (view.lines[first]?.text ?? "").trim().split(" ")[0] ?? "";
    if (above === "" || above.length + 1 + word.length <= view.columns) return at;
    if (/^[?❯›]\s/.test(above)) return first - 1;
  }
  return at;
}

/** The line where a question begins that a program which draws by cells (Vim) went on with in the next row, amid a word. */
function cutFrom({ lines, columns, isFullScreen }: View, at: number): number {
  const isCut = (row: number) => (lines[row - 1]?.text.length ?? 0) === columns && /\p{L}$/u.test(lines[row - 1]?.text ?? "") && /^[\p{Ll},)]/u.test(lines[row]?.text ?? "");
  if (!isFullScreen) return at;
  let first = at;
  while (first > 0 && at - first < 4 && isCut(first)) first--;
  return first;
}

/** A row that is full to the last column broke a word. */
function unwrapped(view: View, from: number, at: number, own: string): string {
  const rows = view.lines.slice(from, at).map(({ text }) => (text.length === view.columns ? text : `${text} `));
  return `${rows.join("")}${own.trim()}`;
}

/** Inquirer and its kin draw the whole line, the answer so far behind a mark, and put the cursor anywhere in it; logs may follow. */
function drawnQuestion(line: string): string {
  return /^\?\s.*?[([][yY]\/[nN][)\]]/.exec(line)?.[0] ?? line.replace(/\s[‣›»…](?:\s.*)?$/u, "");
}

/** The cursor's line; where it hides below a drawn question, that question's. */
export function drawnLine(view: View): number {
  const { line, visible } = view.cursor;
  if (visible || (view.lines[line]?.text ?? "") !== "") return line;
  const last = view.lines.findLastIndex(({ text }) => text !== "");
  return /^\?\s/.test(view.lines[last]?.text ?? "") ? last : line;
}

/** Words of its own, or a mark that prompts by itself. */
function isWhole(own: string): boolean {
  if (own.trim() === "?") return false;
  const bare = own.replace(/\[[^\]]*\]|\([^)]*\)/g, "").trim();
  return /^(?:\| )?\?-$|^\p{L}\s.*\?$|\p{L}{2}|[$#%>❯➜*]$|^\d*\]$|^\.\.\.$/u.test(bare) || own.trim() === ":" || /^\(%?[A-Za-z]+\d*\)$/.test(own.trim()) || /\((?:END)\)/.test(own);
}
