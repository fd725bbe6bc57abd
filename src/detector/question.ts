import { counter } from "./option-row.ts";
import type { Row } from "./row.ts";

/** Rows of a transcript: an answered question, a message, an echo of what the person said. */
const transcript = /^\s{0,2}(?:[◇✔✓✗✖•●⏺■◼]\uFE0E?\s|[❯›>]\s+\S.*$(?<!\?))/u;
/** What names the file of the diff below it: "• Added hello.txt (+2 -0)". */
const diffHead = /\(\+\d+ [-−]\d+\)\s*$/u;
const hint = /^\s*[([]?\s*(?:use |press |search:|↑|↓|\(?single choice|\(?multiple choice|esc\b|enter\b|tab\b|space\b|arrow|type to)/iu;
/** What divides a list: "-- Core --". */
const divider = /^\s*(?:--|==)\s.*\s(?:--|==)\s*$/u;
/** The solid edge above a dialog; dashed ones divide it. */
const edge = /^\s*[╭┌╔┏]|[─━═▔]{8,}/;
/** "? Pick a color › Use arrows": behind the mark, and below it, stand hints, or what was typed to find an option. */
const beforeMark = /^\?\s+(.*\S)\s[›»](?:\s.*)?$/u;
/** Within a frame: its rules, and the frames in it, hold parts of the dialog (Gemini and Copilot: the command). */
const framed = /^\s*[│┃║]/;

/** A picture in blocks: what stands above it is none of the dialog, and it may move. */
const picture = /^[^\p{L}\p{N}]*[▀-▟][^\p{L}\p{N}]*$/u;

/** The dialog is taller than the screen (Claude Code). */
const hiddenAbove = /^\s*[↑▲]\s*\d+ more (?:lines?|rows?)\b/iu;

const boxed = /^[●○◻◼]\s/u;

/** First row of the dialog whose options begin at row `before`. */
export function dialogTop(rows: readonly Row[], before: number, columns: number): number {
  for (let at = before - 1; at >= 0 && at >= before - 60; at--) {
    const row = rows[at];
    if (row === undefined) break;
    if (row.isRule && !framed.test(row.line.text) && edge.test(row.line.text) && row.line.text.trim().length > columns / 2) return at + 1;
    if (/^\s*[◆?]\s/.test(row.line.text)) return at;
    // A pointer before the question of a list of boxes (consola).
    if (at === before - 1 && /^[❯›]\s+\p{Lu}/u.test(row.line.text) && boxed.test(rows[before]?.line.text ?? "")) return at;
    if (!row.isRule && !framed.test(row.line.text) && picture.test(row.text)) return at + 1;
    if (transcript.test(row.text) && !row.text.trimEnd().endsWith("?")) return diffHead.test(row.text) ? at : at + 1;
  }
  return rows.slice(before).some((row) => hiddenAbove.test(row.text)) ? 0 : Math.max(0, before - 12);
}

/** The question above a menu, without marks and hints. "" when only the menu stands there. */
export function questionAbove(rows: readonly Row[], from: number, before: number): string {
  const paragraphs = paragraphsOf(rows, from, before);
  const heading = headingOf(rows, from, before);
  if (heading !== undefined) return clean(heading);
  const asked = paragraphs.findLast((text) => /\?["')\]]*:?(?:\s|$)/.test(text));
  if (asked !== undefined) return lastQuestion(asked);
  return clean(paragraphs.findLast((text) => /:\s*$/.test(text)) ?? lastRequest(paragraphs.at(-1) ?? ""));
}

/** "Pick your editor:" right above a list, below what came of the question before. */
function headingOf(rows: readonly Row[], from: number, before: number): string | undefined {
  const [asked, between, heading] = [rows[before - 3], rows[before - 2], rows[before - 1]];
  if (before - 3 < from || asked === undefined || between === undefined || heading === undefined || between.isBlank || between.isRule) return undefined;
  return /^\p{L}.*\?$/u.test(asked.text) && /^[^\p{L}\s]/u.test(between.text) && /^\p{Lu}\p{L}*\s.*:$/u.test(heading.text) ? heading.text : undefined;
}

function paragraphsOf(rows: readonly Row[], from: number, before: number): string[] {
  const paragraphs: string[] = [];
  let open = false;
  let above: Row | undefined;
  for (const row of rows.slice(from, before)) {
    if (row.isBlank || row.isRule || hint.test(row.text) || divider.test(row.text) || counter.test(row.text)) {
      open = false;
      continue;
    }
    const begins = /^[?◆❯]\s/.test(row.text.trim()) || (above !== undefined && isEnded(above, row));
    above = row;
    const marked = beforeMark.exec(row.text.trim())?.[1];
    if (marked !== undefined) return [marked];
    const text = row.text.trim().replace(/^[?◆❯]\s+/, "");
    if (open && !begins) paragraphs[paragraphs.length - 1] += ` ${text}`;
    else paragraphs.push(text);
    open = true;
  }
  return paragraphs;
}

/** Below a list's entry, a question with its answer, or a line that the terminal had to wrap, a capital begins anew: the program breaks no sentence there. */
function isEnded(above: Row, row: Row): boolean {
  return /^["'(]?\p{Lu}/u.test(row.text.trim()) && (above.line.height > 1 || /^\s*[-*•]\s|\?\s+[\p{L}\p{N}•*][\p{L}\p{N}._•*-]{0,30}$/u.test(above.text));
}

/** The last sentence of `text` that asks. */
export function lastQuestion(text: string): string {
  const sentences = text.split(/(?<=[.!]["')]?)\s+(?=\p{Lu})|(?<=\?["')]?)\s+/u);
  return clean(sentences.findLast((sentence) => /\?["')\]]*:?$/.test(sentence.trim())) ?? text);
}

/** The last sentence of `text`, where it tells what to do. */
function lastRequest(text: string): string {
  return /^.+[.!]\s+((?:please\s+)?(?:select|choose|pick|enter|type)\s[^.!?]*(?:\.\S[^.!?]*)*\.?)$/isu.exec(text)?.[1] ?? text;
}

/** The sentence of `text` that asks, where it goes on with what follows from the answer: "Report it? Its output will be shared." */
export function askingPart(text: string): string {
  const asked = /^(.*\?)\s[^?]*\.[\s›»]*$/u.exec(text)?.[1];
  if (asked !== undefined) return asked;
  const sentences = text.split(/(?<=\.)\s+(?=\p{Lu})/u);
  const first = sentences[0] ?? text;
  return sentences.length > 1 && !text.includes("?") && begins.test(first) ? first : text;
}

/** How a question to be answered by yes or no begins. */
const begins = /^\W*(?:would|do|does|did|will|shall|should|can|could|may|are|is|have|has)\s/iu;

/** Without the mark that begins it and the blanks within. */
export function clean(text: string): string {
  return text
    .replace(/^\s*(?:[?◆◇❯›>»△•·*✨]\uFE0E?\s+)+/u, "")
    .replace(/\s+/g, " ")
    .replace(/^\[\?\]\s+(.*\?):?(?:\s.*)?$/u, "$1")
    .replace(/\s*\[use [^\]]*\]$/iu, "")
    .replace(/\?:$/u, "?")
    .replace(/\s*\((?:enter|type|press|use) ["'`]?[?h]["'`]? for help\)/iu, "")
    .replace(/\s*(?:\((?:press (?:<|space|enter|return|the |↑|ctrl)|use (?:the )?(?:arrow|up|space|enter|tab|[↑<])|single choice|multiple choice|arrow)[^)]*\)|[›»-]\s+-?\s*Use arrow-?keys.*|\([^)]*\becho\)|\([^)]*\bto (?:navigate|select|toggle|confirm|submit|move)\b[^)]*\)|\[(?:input is )?(?:masked|hidden)\])?\s*[›‣»…]?\s*$/iu, "")
    .trim();
}
