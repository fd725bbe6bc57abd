import type { Choice } from "../prompt/detection.ts";
import { arrowsFor } from "./arrows.ts";
import { withPlainButtons } from "./boxed-buttons.ts";
import { declines } from "./declining.ts";
import { optionRow } from "./option-row.ts";
import { clean } from "./question.ts";
import { rowOf, type Row } from "./row.ts";
import type { Sighting } from "./sighting.ts";
import { oddOneOut, styleAt, type View } from "./view.ts";

const button = /<\s*(\p{L}[^<>]{0,30}?)\s*>/gu;
const secret = /\bpass(?:word|phrase|code)?\b|\bpin\b|\bsecret\b/iu;
/** Of its upper edge, which may hold a title. */
const corner = /[┌┐╭╮╔╗]/u;
const framed = /^\s*[│┃║|]|[│┃║|]\s*$/u;
/** Rows that the tallest box takes above its buttons. */
const tallest = 30;

interface Label {
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

/** A box of dialog, whiptail and debconf: a text, perhaps a list or a field, and buttons in angle brackets. Undefined: none. */
export function boxForm(view: View, drawn: readonly Row[]): Sighting | undefined {
  const rows = withPlainButtons(drawn);
  const at = rows.findLastIndex((row) => buttonsIn(row).length > 0 && row.text.replace(button, "").trim() === "");
  const row = rows[at];
  // "< TASK [pause] >" in a balloon is no button.
  if (row === undefined || !(view.isFullScreen || framed.test(row.line.text)) || !rows.slice(Math.max(0, at - tallest), at).some((above) => above.isRule || corner.test(above.line.text))) return undefined;
  const top = topOf(rows, at);
  const inner = rows.slice(top, at);
  if (inner.every((above) => above.isBlank || above.isRule)) return undefined;
  const blocks = blocksOf(inner, top);
  const words = blocks.slice(0, -1);
  const rest = words.length === 0 ? [] : unframed(blocks.at(-1) ?? []);
  // Above a list, the last paragraph says what it is of; a box without one asks in its first words.
  // A calendar, a gauge: frames in the box that are no list.
  const isNested = rest.some(({ row: { text } }) => /[│┃┐┘]/u.test(text));
  const asking = (rest.length >= 2 && !isNested ? words.at(-1) : blocks[0]) ?? [];
  const question = clean(asking.map((above) => above.row.text.trim()).join(" "));
  const labels = buttonsIn(row);
  const base = { pattern: "generic.box", confidence: 0.9, question, secret: false, idle: false, from: top, to: at + 1, shape: "menu" as const, body: question };
  if (isNested) return { ...base, type: "unknown", choices: [], default: undefined };
  // Rows that name what is to be written: Enter would send the whole form.
  if (rest.length >= 2 && rest.every(({ row: { text } }) => /\p{L}:(?:\s|$)/u.test(text))) return { ...base, type: "free_text", choices: [], default: undefined };
  if (rest.length >= 2) return { ...base, type: "multiple_choice", ...listed(view, rest, labels) };
  const isField = rest.length === 1 || view.cursor.line < at;
  if (isField && view.cursor.line >= top && view.cursor.line < at) return { ...base, type: "free_text", choices: [], default: undefined, secret: secret.test(question) };
  const [only] = labels;
  if (labels.length === 1 && only !== undefined) return { ...base, type: "confirm_enter", choices: [{ label: only.label, keys: "\r", declines: false }], default: only.label };
  const picked = pickedOf(view, row, at, labels);
  const choices = picked === undefined ? [] : labels.map(({ label }, index) => ({ label, keys: `${(index < picked ? "\x1b[D" : "\x1b[C").repeat(Math.abs(index - picked))}\r`, declines: declines(label) }));
  return { ...base, type: labels.length === 2 && /^y/i.test(labels[0]?.label ?? "") ? "yes_no" : "multiple_choice", choices, default: picked === undefined ? undefined : labels[picked]?.label };
}

/** Without the frame around a list or field, which shows where there are no colours to hide it (vt100). */
function unframed(block: readonly { readonly row: Row; readonly at: number }[]): readonly { readonly row: Row; readonly at: number }[] {
  if (!block.every(({ row: { text } }) => /^\s*[│|][^│|]*[│|]\s*$/u.test(text))) return block;
  const inner = block.map(({ row, at }) => ({ row: rowOf({ ...row.line, text: row.text.replace(/[│|]/gu, " ").trimEnd() }), at }));
  const filled = inner.filter(({ row }) => !row.isBlank);
  return filled.length === 0 ? inner.slice(0, 1) : filled;
}

/** Rows that stand together, blanks and rules between them. */
function blocksOf(inner: readonly Row[], top: number): { readonly row: Row; readonly at: number }[][] {
  const blocks: { readonly row: Row; readonly at: number }[][] = [];
  let isOpen = false;
  for (const [index, row] of inner.entries()) {
    if (row.isBlank || row.isRule) {
      isOpen = false;
      continue;
    }
    if (isOpen) blocks.at(-1)?.push({ row, at: top + index });
    else blocks.push([{ row, at: top + index }]);
    isOpen = true;
  }
  return blocks;
}

function buttonsIn(row: Row): Label[] {
  return [...row.text.matchAll(button)].map((match) => ({ label: (match[1] ?? "").trim(), from: match.index, to: match.index + match[0].length }));
}

/** The box's first row: its edge may be drawn in a colour that hides it, save the corner. */
function topOf(rows: readonly Row[], at: number): number {
  let top = at;
  for (let row = at - 1; row >= Math.max(0, at - tallest); row--) if (corner.test(rows[row]?.line.text ?? "")) top = row + 1;
  // The topmost corner that was found belongs to the box, those below it to the list within.
  return top === at ? Math.max(0, at - 6) : top;
}

/** Its rows answer; where the list takes several, Enter on the buttons ends it. */
function listed(view: View, rest: readonly { readonly row: Row; readonly at: number }[], labels: readonly Label[]): Pick<Sighting, "choices" | "default"> {
  const options = rest.map(({ row }) => optionRow(row));
  const boxed = options.every((option) => option?.ticked !== undefined);
  const isSingle = boxed && options.every((option) => option?.isRound === true);
  const start = startOf(view, rest, options.map((option) => option?.ticked === true), isSingle);
  const choices: Choice[] = rest.map(({ row }, index) => {
    const label = (boxed ? (options[index]?.label ?? "") : row.text.trim()).replace(/\s+/g, " ");
    // Moving through a list of boxes ticks nothing: the blank does.
    return { label, keys: `${arrowsFor(index - start)}${boxed ? " " : ""}${boxed && !isSingle ? "" : "\r"}`, declines: declines(label) };
  });
  const cancel = labels.find(({ label }) => /^(?:cancel|back)$/i.test(label));
  const ok = labels.find(({ label }) => label !== cancel?.label);
  const done: Choice[] = boxed && !isSingle && ok !== undefined ? [{ label: ok.label, keys: "\r", declines: false }] : [];
  const none: Choice[] = cancel === undefined ? [] : [{ label: cancel.label, keys: "\x1b", declines: true }];
  return { choices: [...choices, ...done, ...none], default: boxed ? undefined : choices[start]?.label };
}

/** The row where the keys begin: the cursor's, the one that looks unlike the others, the ticked one, the first. */
function startOf(view: View, rest: readonly { readonly row: Row; readonly at: number }[], ticked: readonly boolean[], isSingle: boolean): number {
  const atCursor = rest.findIndex(({ at }) => at === view.cursor.line);
  if (atCursor >= 0) return atCursor;
  const styles = rest.map(({ row }) => row.line.runs.findLast((run) => run.from <= row.text.length - 1)?.style ?? "");
  return oddOneOut(styles) ?? (isSingle ? Math.max(0, ticked.indexOf(true)) : 0);
}

/** The button that Enter presses: the one under the cursor. */
function pickedOf(view: View, row: Row, at: number, labels: readonly Label[]): number | undefined {
  if (view.cursor.line !== at) return undefined;
  const picked = labels.findIndex(({ from, to }) => view.cursor.column >= from && view.cursor.column < to);
  if (picked >= 0) return picked;
  const styles = labels.map(({ from }) => styleAt(row.line, from + 1));
  return styles.length === 3 ? oddOneOut(styles) : undefined;
}
