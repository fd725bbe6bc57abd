import type { Choice } from "../prompt/detection.ts";
import { arrowsFor } from "./arrows.ts";
import { buttonRow } from "./button-row.ts";
import { backgroundOf, isInverse, ownBackground } from "./cells.ts";
import { declines } from "./declining.ts";
import { clean } from "./question.ts";
import { rowOf, type Row } from "./row.ts";
import type { Sighting } from "./sighting.ts";
import { oddOneOut, styleAt, type Line, type View } from "./view.ts";

const top = /[┌╔╭][^┌┐╔╗╭╮]{6,}[┐╗╮]|\+-{2,}[^+]*-{2,}\+/gu;
const bottom = /^[└╚╰].*[┘╝╯]$|^\+.*\+$/u;
const side = /^[│║├┤╟╢|]$/u;
const okay = /^\s*[[<]\s*(ok|close|continue)\s*[\]>]\s*$/iu;
const words = /\b(?:yes|no|ok(?:ay)?|cancel|abort|quit|retry|skip|continue|overwrite|delete|save|discard)\b/giu;

/** A frame inside the screen: rows and columns without its edges, ends exclusive. */
interface Inner {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly right: number;
}

/**
 * What asks in a window that a full-screen program has opened over its panels (Midnight Commander, blessed): buttons, or a field with the
 * cursor. Undefined: no such window stands.
 */
export function popup(view: View): Sighting | undefined {
  const inner = innermost(view);
  if (inner === undefined) return undefined;
  const { line, column, visible } = view.cursor;
  const hasCursor = line >= inner.from && line < inner.to && column >= inner.left && column < inner.right;
  // Some paint the normal screen (elinks, minicom); tables that were printed have the cursor below them.
  if (!view.isFullScreen && !hasCursor) return undefined;
  const rows = view.lines.slice(inner.from, inner.to).map((line) => rowOf(clipped(line, inner)));
  const shift = { from: inner.from, to: view.lines.length };
  const buttons = buttonRow(rows, { line: line - inner.from, column: column - inner.left });
  if (buttons !== undefined) return { ...buttons, question: buttons.question || clean(firstParagraph(rows, rows.length)), ...shift };
  const base = { default: undefined, secret: false, idle: false, shape: "menu" as const, ...shift };
  const listed = options(rows);
  const title = clean((view.lines[inner.from - 1]?.text ?? "").slice(inner.left, inner.right).replace(/[^\p{L}\p{N}\s]+/gu, " "));
  if (listed !== undefined) return { ...base, type: "multiple_choice", pattern: "generic.popup", confidence: 0.75, question: title, choices: listed, body: title };
  const last = okay.exec(rows.findLast((row) => !row.isBlank)?.text ?? "")?.[1];
  const isWriting = visible && hasCursor && last === undefined;
  const isAsking = rows.some(({ text }) => (text.match(words)?.length ?? 0) >= (text.trim().length < 24 ? 2 : 3));
  const question = clean(firstParagraph(rows, isWriting ? line - inner.from : rows.length));
  if (question === "" || (!isWriting && !isAsking && last === undefined)) return undefined;
  if (last !== undefined) return { ...base, type: "confirm_enter", pattern: "generic.popup", confidence: 0.75, question, choices: [{ label: last, keys: "\r", declines: false }], body: question };
  return { ...base, type: isWriting ? "free_text" : "unknown", pattern: "generic.popup", confidence: 0.7, question, choices: [], body: question };
}

/** Its rows, when they are nothing but a list in which one lies on a ground of its own: another colour alone is a banner's name (Qwen Code). */
function options(rows: readonly Row[]): Choice[] | undefined {
  const listed = rows.filter((row) => !row.isBlank);
  if (listed.length < 3 || listed.some((row) => row.isRule || row.indent > 2 || /[?:]$/.test(row.text))) return undefined;
  const grounds = listed.map((row) => groundOf(styleAt(row.line, row.indent)));
  const start = oddOneOut(grounds);
  if (start === undefined) return undefined;
  return listed.map((row, index) => {
    const label = row.text.trim().replace(/\s{2,}.*$/, "");
    return { label, keys: `${arrowsFor(index - start)}\r`, declines: declines(label) };
  });
}

/** What a character stands on. */
function groundOf(style: string): string {
  return `${isInverse(style)} ${backgroundOf(style) ?? ownBackground}`;
}

/** The smallest whole frame that touches no edge of the screen: panels do. */
function innermost(view: View): Inner | undefined {
  const found = view.lines.flatMap((line, at) => [...line.text.matchAll(top)].map((match) => innerOf(view, at, match.index, match.index + match[0].length - 1)));
  const area = ({ from, to, left, right }: Inner) => (to - from) * (right - left);
  return found.filter((inner) => inner !== undefined).sort((one, other) => area(one) - area(other))[0];
}

function innerOf({ lines, columns, rows }: View, at: number, left: number, right: number): Inner | undefined {
  if (left === 0 || right >= columns - 1 || at === 0) return undefined;
  for (let row = at + 1; row < lines.length; row++) {
    const text = lines[row]?.text ?? "";
    if (bottom.test(text.slice(left, right + 1))) return row - at < 2 || row >= rows - 1 ? undefined : { from: at + 1, to: row, left: left + 1, right };
    if (!side.test(text[left] ?? "") || !side.test(text[right] ?? "")) return undefined;
  }
  return undefined;
}

function clipped(line: Line, { left, right }: Inner): Line {
  const runs = line.runs.filter(({ from, to }) => to > left && from < right).map(({ from, to, style }) => ({ from: Math.max(from, left) - left, to: Math.min(to, right) - left, style }));
  return { text: line.text.slice(left, right).trimEnd(), runs, height: 1, breaks: [] };
}

/** Its rows above row `end` up to the first blank. */
function firstParagraph(rows: readonly Row[], end: number): string {
  const from = rows.findIndex((row) => !row.isBlank && !row.isRule);
  const words = rows.slice(from, end);
  const blank = words.findIndex((row) => row.isBlank || row.isRule);
  return (blank < 0 ? words : words.slice(0, blank)).map(({ text }) => text.trim()).join(" ");
}
