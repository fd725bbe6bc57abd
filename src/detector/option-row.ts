import type { Row } from "./row.ts";

/** A row that could be an option of a menu. */
export interface OptionRow {
  /** Column of the glyph that points at the row; undefined: nothing points. */
  readonly pointer: number | undefined;
  /** Whether its box is ticked; undefined: no box. */
  readonly ticked: boolean | undefined;
  /** Column of its box. */
  readonly boxColumn: number | undefined;
  /** Round boxes take one of several, square ones any. */
  readonly isRound: boolean;
  /** What is typed for it, as shown: "1", "a". */
  readonly number: string | undefined;
  /** The number stands in brackets of its own: "(1)", "[1]". */
  readonly column: number;
  readonly label: string;
}

const pointer = /^(?:[❯›>→▶▸►➤➜‣»⏵👉]|=>|--?>|\*(?=\s+\d)|●(?=\s+\d+\.\s+\[))/u;
const box = /^(?:[●○◉◯◎◻◼☐☑☒⬡⬢⬚⦿⊙□]|\((?:[ xX*•●○✓✔o])?\)|\[(?:[ xX*•✓✔~+-])?\])(?=\s|$)\uFE0E?/u;
/** What joins an option to its group: "│ ◻ ESLint", "└ ◻ Prettier". */
const branch = /^[│├└]─*\s+(?=[◻◼☐☑☒◯◉○●[])/u;
const ticked = /[●◉◼☑☒⬢⦿⊙✔✓xX*•+]/u;
/** "❯ ✔ Auto": the value that is set now; without a pointer it marks an answered question. */
const current = /^[✔✓](?=\s)/u;
const round = /[●○⦿⊙◎]|\(/u;
const number = /^(?:(\d{1,3}|[a-zA-Z](?!\.\p{L}))[.)](?=\s|\p{L}|$)|(\d{1,3}):(?=\s)|(\d{1,3}|[a-zA-Z]) = (?=\S)|\((\d{1,2}|[a-zA-Z])\)(?=\s)|\[(\d{1,3}|[a-zA-Z])\](?=\s)|(\d{1,3})(?:>| \/)(?=\s))/u;
const bareNumber = /^(\s*(?:\*\s*)?)(\d{1,3}|\p{L}(?=\s{2,}))(?:[.):])?(\s+(?:[-–]\s+)?)(\S.*)$/u;
/** "3/12 ──────": how many options match, and is none. */
export const counter = /^\s*\d+\/\d+(?:\s*[─(].*)?$/u;

/** Reads `row` as an option; undefined when no label is left. */
export function optionRow(row: Row): OptionRow | undefined {
  if (counter.test(row.text)) return undefined;
  let column = row.indent;
  let rest = row.text.slice(column);
  const take = (expression: RegExp): RegExpExecArray | undefined => {
    const match = expression.exec(rest);
    if (match === null) return undefined;
    const after = rest.slice(match[0].length);
    const blanks = after.length - after.trimStart().length;
    column += match[0].length + blanks;
    rest = after.trimStart();
    return match;
  };
  const start = column;
  const pointed = take(pointer) !== undefined ? start : undefined;
  if (pointed !== undefined) take(current);
  let boxColumn: number | undefined = column;
  take(branch);
  let boxed = take(box);
  const numbered = take(number);
  if (boxed === undefined) {
    boxColumn = column;
    boxed = take(box);
  }
  if (rest === "") return undefined;
  return {
    pointer: pointed,
    ticked: boxed === undefined ? undefined : ticked.test(boxed[0]),
    boxColumn: boxed === undefined ? undefined : boxColumn,
    isRound: boxed !== undefined && round.test(boxed[0]),
    number: numbered?.slice(1).find((group) => group !== undefined),
    column,
    label: rest,
  };
}

/** The option behind the mark of the value that is set now; itself when it bears none. */
export function withoutMark(option: OptionRow): OptionRow {
  const label = option.label.replace(/^[✔✓]\s+/u, "");
  return { ...option, column: option.column + option.label.length - label.length, label };
}

/** Reads a row that begins with a number, dot or not ("* 0   /bin/nano"): only right above a question that asks for one. */
export function bareNumberRow(row: Row): OptionRow | undefined {
  const match = bareNumber.exec(row.text);
  const [, before = "", number, blanks = "", label = ""] = match ?? [];
  if (number === undefined) return undefined;
  // A letter begins its own word ("p   primary"): else it is a table of short names.
  if (/\p{L}/u.test(number) && !label.toLowerCase().startsWith(number.toLowerCase())) return undefined;
  const pointer = before.includes("*") ? before.indexOf("*") : undefined;
  return { pointer, ticked: undefined, boxColumn: undefined, isRound: false, number, column: before.length + number.length + blanks.length, label };
}
