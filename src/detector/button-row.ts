import type { Choice } from "../prompt/detection.ts";
import { backgroundOf } from "./cells.ts";
import { declines } from "./declining.ts";
import { questionAbove } from "./question.ts";
import { flatten, type Row } from "./row.ts";
import type { Sighting } from "./sighting.ts";
import { oddOneOut, styleAt } from "./view.ts";

/** A label of a row of buttons, and where it stands. */
interface Button {
  readonly label: string;
  readonly from: number;
}

/** Words that buttons carry: without one of them, a row in which one word stands out is a tab bar ("no sandbox": a status). */
const usual = /^(?:yes|no(?!\s+\p{Ll})|ok(?:ay)?|cancel|allow|deny|reject|accept|approve|continue|quit|exit|abort|retry|confirm|decline|save|discard|once|always)\b/iu;
/** Help at the end of such a row. */
const help = /^(?:ctrl|alt|shift|esc|enter|tab|space|⇆|↑|↓|←|→|\^|f\d)/iu;
const bracketed = /[<[]\s*(\p{L}[^<>[\]]*?)\s*[>\]]/gu;
const spaced = /\S+(?: \S+)*/gu;
/** Rows at the bottom of the screen, and rows above the buttons, where they and their question are looked for. */
const reach = 16;
/** What some programs draw down the left of a panel, without closing it to a frame. */
const bar = /^\s*[┃▌]/;

/**
 * Answers side by side, one of them shown in another colour: "Allow once   Allow always   Reject", "< Yes >  < No >".
 *
 * @param cursor  the cell among `rows` with the cursor, where it tells which one is picked
 */
export function buttonRow(rows: readonly Row[], cursor?: { readonly line: number; readonly column: number }): Sighting | undefined {
  for (let at = rows.length - 1; at >= Math.max(0, rows.length - reach); at--) {
    const row = rows[at];
    if (row === undefined || row.isBlank || row.isRule) continue;
    const buttons = buttonsOf(row);
    if (buttons.length < 2 || !buttons.some(({ label }) => usual.test(label))) continue;
    const picked = pickedOf(row, buttons) ?? (cursor?.line === at ? under(cursor.column, buttons) : undefined);
    const letters = picked === undefined ? lettersFor(rows.slice(at + 1), buttons) : undefined;
    if (picked === undefined && letters === undefined) continue;
    const top = topOf(rows, at);
    const question = questionAbove(rows, top, at);
    const choices = letters ?? buttons.map(({ label }, index) => choiceOf(label, index - (picked ?? 0)));
    const isYesNo = buttons.length === 2 && /^y/i.test(buttons[0]?.label ?? "") && /^n/i.test(buttons[1]?.label ?? "");
    return {
      type: isYesNo ? "yes_no" : "multiple_choice",
      pattern: "generic.buttons",
      confidence: 0.8,
      question,
      choices,
      default: picked === undefined ? undefined : buttons[picked]?.label,
      secret: false,
      idle: false,
      from: top,
      to: at + 1,
      shape: "menu",
      // Two commands in a row have the same question and buttons, and are two prompts.
      body: flatten(rows.slice(top, at)),
    };
  }
  return undefined;
}

function buttonsOf(row: Row): Button[] {
  const inBrackets = [...row.text.matchAll(bracketed)].map((match) => ({ label: match[1] ?? "", from: match.index + match[0].indexOf(match[1] ?? "") }));
  if (inBrackets.length >= 2) return inBrackets;
  const words = [...row.text.matchAll(spaced)].filter(([label]) => /[\p{L}\p{N}]/u.test(label)).map((match) => ({ label: match[0], from: match.index }));
  const end = words.findIndex(({ label }) => help.test(label));
  return end < 0 ? words : words.slice(0, end);
}

/** Index of the one button that is drawn unlike all the others. */
function pickedOf(row: Row, buttons: readonly Button[]): number | undefined {
  const styles = buttons.map(({ from }) => styleAt(row.line, from));
  if (styles.length === 2) return styles[0] === styles[1] ? undefined : (pickedOfTwo(styles) ?? onGround(row, buttons));
  return oddOneOut(styles);
}

function under(column: number, buttons: readonly Button[]): number | undefined {
  const found = buttons.findIndex(({ label, from }) => column >= from && column < from + label.length);
  return found < 0 ? undefined : found;
}

/** Of two, the one that has a look of its own: the other is plain. */
function pickedOfTwo(styles: readonly string[]): number | undefined {
  if (styles[0] === "") return 1;
  return styles[1] === "" ? 0 : undefined;
}

/** Of two that are both coloured, the one whose background is not the panel's (opencode: "Confirm   Cancel"). */
function onGround({ line, text }: Row, buttons: readonly Button[]): number | undefined {
  const [one, other] = buttons;
  if (one === undefined || other === undefined) return undefined;
  const backgroundAt = (index: number) => backgroundOf(styleAt(line, index));
  const end = one.from + one.label.length;
  // Between the two, off the blanks that a button is drawn with.
  const ground = backgroundAt(Math.floor((end + other.from) / 2));
  const off = [one, other].map(({ from }) => text[from] !== undefined && backgroundAt(from) !== ground);
  return off[0] === off[1] ? undefined : off.indexOf(true);
}

/** "y Yes • n No" below the buttons: a key for each of them. */
function lettersFor(below: readonly Row[], buttons: readonly Button[]): Choice[] | undefined {
  const hints = below.map((row) => row.text).join(" ");
  const plain = (text: string) => text.replace(/[^\p{L}\p{N} ]/gu, ".");
  const keyOf = (label: string) => new RegExp(`(?:^|[\\s(])(${plain(label[0] ?? "").toLowerCase()})[\\s):]+${plain(label)}(?!\\p{L})`, "u").exec(hints)?.[1];
  const keys = buttons.map(({ label }) => keyOf(label));
  return keys.every((key) => key !== undefined) ? buttons.map(({ label }, index) => ({ label, keys: keys[index] ?? "", declines: declines(label) })) : undefined;
}

function choiceOf(label: string, steps: number): Choice {
  const arrows = (steps < 0 ? "\x1b[D" : "\x1b[C").repeat(Math.abs(steps));
  return { label, keys: `${arrows}\r`, declines: declines(label) };
}

/** Where the panel begins that holds the buttons: at the end of the bar on its left, or below a rule. */
function topOf(rows: readonly Row[], at: number): number {
  const isBarred = (row: Row | undefined) => row !== undefined && bar.test(row.line.text);
  if (isBarred(rows[at])) {
    let top = at;
    while (top > 0 && isBarred(rows[top - 1])) top--;
    return top;
  }
  // The buttons may have a pane of their own below the words (mcedit).
  for (let top = at - 1, words = 0; top >= 0 && top > at - reach; top--) {
    if (rows[top]?.isRule === true && words > 0) return top + 1;
    if (rows[top]?.isRule === false && rows[top]?.isBlank === false) words++;
  }
  return Math.max(0, at - 6);
}
