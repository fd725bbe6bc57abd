import { bareNumberRow, optionRow, withoutMark, type OptionRow } from "./option-row.ts";
import type { Row } from "./row.ts";
import { oddOneOut, styleAt } from "./view.ts";

/** An option with the rows that it takes. */
export interface MenuOption extends OptionRow {
  readonly at: number;
}

/** A list of options one below the other. */
export interface Menu {
  readonly options: readonly MenuOption[];
  /** Index of the highlighted option; undefined: none shows. */
  readonly highlighted: number | undefined;
  /** Rows of the block, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  /** Several may be ticked. */
  readonly isMultiple: boolean;
}

type ReadRow = (row: Row) => OptionRow | undefined;

/** Rows between two options that may belong to the first: a description, a rule, a blank. */
const longestGap = 5;
const unpickable = /^-\s.*\([^()]+\)$/u;
const widestNumberGap = 12;
/** Rows of a list in columns: debconf lists 61 cities in 13. */
const tallestGrid = 40;

/** The last menu whose highlighted row is marked by a glyph, or whose rows carry boxes. */
export function lastMenu(rows: readonly Row[], columns: number): Menu | undefined {
  for (let at = rows.length - 1; at >= 0; at--) {
    const row = rows[at];
    const seed = row === undefined || row.isBlank || row.isRule ? undefined : optionRow(row);
    if (seed === undefined || (seed.pointer === undefined && seed.ticked === undefined)) continue;
    const block = blockAround(rows, at, seed, columns, optionRow);
    const options = block.filter((option) => !isHeading(option) && !isDisabled(option, block) && !isTableHead(option, rows, block));
    const isAlone = options.length === 1 && /^\s*-\s/.test(rows[at + 1]?.text ?? "");
    if ((options.length >= 2 || isAlone) && isConsistent(options)) return menuOf(options);
  }
  return undefined;
}

/**
 * The numbered list that ends right above row `below`: an older program lists, then asks for a number.
 *
 * @param mayBeBare  the line below asks for something, so that rows of a table ("0  /bin/nano") can be its options
 */
export function numberedList(rows: readonly Row[], below: number, columns: number, mayBeBare: boolean): Menu | undefined {
  for (let at = below - 1; at >= 0 && at >= below - 4; at--) {
    const row = rows[at];
    if (row === undefined || row.isBlank || row.isRule) continue;
    const read = mayBeBare && optionRow(row)?.number === undefined ? bareNumberRow : optionRow;
    const seed = read(row);
    if (seed?.number === undefined && (row.indent > 2 || /^\(.*\)$/u.test(row.text.trim()))) continue;
    // What else stands between a list and the line has answered it.
    if (seed?.number === undefined) return undefined;
    const options = blockAround(rows, at, seed, columns, read).filter((option) => option.at < below);
    if (options.length < 2 || options.some((option) => option.number === undefined)) return undefined;
    // "1.txt", "2.txt": files.
    if (options.every(({ label }) => label === options[0]?.label)) return undefined;
    return menuOf(options);
  }
  return undefined;
}

/** "1: status   2: update", "1) tea   i) Ignore" in columns right above row `below`. */
export function numberedGrid(rows: readonly Row[], below: number): Menu | undefined {
  const cells: MenuOption[] = [];
  let at = below - 1;
  while (at >= 0 && rows[at]?.isBlank === true && below - at < 3) at--;
  // "Enter one of those listed above."
  if (/^\p{L}.*\b(?:above|listed)\b.*[.:]$/iu.test(rows[at]?.text ?? "")) at--;
  for (; at >= 0 && at > below - tallestGrid; at--) {
    const row = rows[at];
    // A star marks what was picked before ("* 1: a  * 2: b").
    const found = row === undefined ? [] : [...row.text.matchAll(/(?<=^\s*|\s{2}|\*\s)(\d{1,2}|\p{L})[:.)]\s+(\S.*?)(?=\s{2,}(?:\*\s+)?(?:\d{1,2}|\p{L})[:.)]\s|\s*$)/gu)];
    if (found.length === 0) break;
    cells.unshift(...found.map(([, number = "", label = ""]) => ({ pointer: undefined, ticked: undefined, boxColumn: undefined, isRound: false, number, column: 0, label: label.trim(), at })));
  }
  const isLettered = cells.some((cell) => !isDigits(cell));
  const options = isLettered ? cells : cells.toSorted((one, other) => Number(one.number) - Number(other.number));
  const isGrid = options.length > new Set(options.map((option) => option.at)).size;
  if (!isGrid || new Set(options.map(({ number }) => number)).size < options.length) return undefined;
  if (!isLettered && options.some((option, index) => Number(option.number) !== index + 1)) return undefined;
  return { options, highlighted: undefined, from: Math.min(...options.map((option) => option.at)), to: below, isMultiple: false };
}

/** The numbered list right below row `above`, to the end of the screen: the cursor stays behind the question. */
export function numberedBelow(rows: readonly Row[], above: number, columns: number): Menu | undefined {
  const at = above + 1;
  const row = rows[at];
  const seed = row === undefined ? undefined : optionRow(row);
  if (seed?.number === undefined) return undefined;
  const options = blockAround(rows, at, seed, columns, optionRow).filter((option) => option.at > above);
  return options.length < 2 ? undefined : menuOf(options);
}

function menuOf(options: readonly MenuOption[]): Menu {
  const pointed = options.findIndex((option) => option.pointer !== undefined);
  const boxes = options.filter((option) => option.ticked !== undefined);
  // Of round boxes exactly one is full, unless several may be.
  const isSingle = boxes.every((option) => option.isRound) && pointed < 0 && boxes.filter((option) => option.ticked).length === 1;
  const isMultiple = boxes.length > 0 && !isSingle;
  const filled = isMultiple ? -1 : options.findIndex((option) => option.ticked === true);
  const highlighted = pointed >= 0 ? pointed : filled;
  return {
    options,
    highlighted: highlighted < 0 ? undefined : highlighted,
    from: options[0]?.at ?? 0,
    to: (options.at(-1)?.at ?? 0) + 1,
    isMultiple,
  };
}

function blockAround(rows: readonly Row[], at: number, seed: OptionRow, columns: number, read: ReadRow): MenuOption[] {
  const first: MenuOption = { ...seed, at };
  const above = collect(rows, first, -1, columns, read);
  const below = collect(rows, first, 1, columns, read);
  const whole = [...above.toReversed(), first, ...below].map((option, index, all) => withContinuation(rows, option, all[index + 1], columns));
  const short = whole.map((option) => ({ ...option, label: withoutDescription(option.label) }));
  // Of a table, the first column may say the same in every row.
  return new Set(short.map(({ label }) => label)).size < short.length ? whole.map((option) => ({ ...option, label: option.label.replace(/\s+/g, " ") })) : short;
}

/** Siblings of `from` in one direction, nearest first. */
function collect(rows: readonly Row[], from: MenuOption, step: 1 | -1, columns: number, read: ReadRow): MenuOption[] {
  const found: MenuOption[] = [];
  let last = from;
  let gap = 0;
  let isApart = false;
  for (let at = from.at + step; at >= 0 && at < rows.length && gap <= longestGap; at += step) {
    const row = rows[at];
    if (row === undefined) break;
    const option = row.isBlank || row.isRule ? undefined : siblingIn(row, last, step, read);
    // Letters after numbers, with words at the edge between them: another list.
    if (option !== undefined && isApart && isDigits(option) !== isDigits(last)) break;
    if (option !== undefined) {
      last = { ...option, at };
      found.push(last);
      gap = 0;
      isApart = false;
      continue;
    }
    if (!mayStandBetween(row, from, last, columns) && !isWrapped(rows, at, columns)) break;
    gap++;
    isApart ||= !row.isBlank && !row.isRule && row.indent < last.column;
  }
  return found;
}

/** Beside options without a mark, one with it is the value that is set now. */
function siblingIn(row: Row, last: OptionRow, step: 1 | -1, read: ReadRow): OptionRow | undefined {
  const option = ticked(read(row), last);
  if (option === undefined || isSibling(option, last, step)) return option;
  const bare = withoutMark(option);
  return isSibling(bare, last, step) ? bare : undefined;
}

/** "✔ Cake" among "⬚" boxes: a box that is ticked. */
function ticked(option: OptionRow | undefined, last: OptionRow): OptionRow | undefined {
  const label = /^✔\s+(\S.*)$/u.exec(option?.label ?? "")?.[1];
  if (option === undefined || label === undefined || option.ticked !== undefined || last.boxColumn !== option.column) return option;
  return { ...option, ticked: true, boxColumn: option.column, column: option.column + option.label.length - label.length, label };
}

function isSibling(option: OptionRow, last: OptionRow, step: 1 | -1): boolean {
  if (last.number !== undefined) return option.number !== undefined && follows(last.number, option.number, step);
  // The pointer may be at the box of a group, left of those of its members.
  if (last.ticked !== undefined) return option.ticked !== undefined && option.number === undefined && (option.boxColumn === last.boxColumn || isGroup(option, last, step));
  return option.number === undefined && option.ticked === undefined && option.pointer === undefined && (option.column === last.column || isFlushRight(option, last));
}

function isGroup(option: OptionRow, last: OptionRow, step: 1 | -1): boolean {
  return step === -1 && option.pointer !== undefined && last.boxColumn !== undefined && option.boxColumn !== undefined && option.boxColumn < last.boxColumn;
}

/** Labels in two columns of which the first is set flush right: "    major 2.0.0", "pre-patch 1.2.4". */
function isFlushRight(option: OptionRow, last: OptionRow): boolean {
  const [own, other] = [option.label.search(/\s\S/u), last.label.search(/\s\S/u)];
  return own > 0 && other > 0 && option.column + own === last.column + other;
}

function isDigits({ number }: OptionRow): boolean {
  return /^\d/.test(number ?? "");
}

function follows(last: string, next: string, step: 1 | -1): boolean {
  // "[0] CANCEL" ends a list that counts from 1.
  if (/^\d+$/.test(last) && /^\d+$/.test(next) && (step === 1 ? next === "0" && last !== "9" : last === "0")) return true;
  // gpg counts (4), (14): what a version dropped leaves a gap.
  const gap = (Number(next) - Number(last)) * step;
  if (/^\d+$/.test(last) && /^\d+$/.test(next)) return gap > 0 && gap <= widestNumberGap;
  // What leads out of a numbered list may go by a letter: "1 = …, 2 = …, Q = Cancel".
  if (/^\d+$/.test(step === 1 ? last : next) && /^\p{L}$/u.test(step === 1 ? next : last)) return true;
  // Letters stand for words, in no order: "a) Add  d) Delete  q) Quit".
  return /^\p{L}$/u.test(last) && /^\p{L}$/u.test(next) && last !== next;
}

function mayStandBetween(row: Row, from: OptionRow, last: OptionRow, columns: number): boolean {
  if (row.isRule) return true;
  // Below a composer's row stand, after a blank, hints in its own column: only numbers and boxes reach over one.
  if (row.isBlank) return last.number !== undefined || last.ticked !== undefined;
  if (last.number !== undefined) return row.indent > 0 || row.line.text.length < columns;
  // Unpickable entries of a list: "- jspm (disabled)", "== Alphabet ==".
  if (/^\s*(?:-{1,2}|–|==)(?:\s|$)/.test(row.text)) return true;
  // In a frame, an option's words go on below its box (clack 1).
  if (last.boxColumn !== undefined && row.indent === last.boxColumn && /^\s*[│┃]/u.test(row.line.text)) return true;
  return row.indent > from.column - 1;
}

/** The row above was too full for its next word. */
function isWrapped(rows: readonly Row[], at: number, columns: number): boolean {
  const [above, row] = [rows[at - 1], rows[at]];
  if (above === undefined || row === undefined || above.isBlank || above.isRule || row.isBlank) return false;
  if (isCut(above, columns)) return true;
  if (row.indent === 0 && above.line.height === 1 && above.text.length + 1 + word(row).length > columns) return true;
  return above.text.length + 1 + word(row).length >= columns - 6 && row.indent >= 2 && row.indent >= above.indent;
}

function word({ text }: Row): string {
  return text.trim().split(" ")[0] ?? "";
}

/** The row is full to the last column: the program broke its words there, wherever that was (Inquirer). */
function isCut({ text, line }: Row, columns: number): boolean {
  return text.length === columns && line.height === 1;
}

function isHeading(option: MenuOption): boolean {
  return option.pointer === undefined && option.number === undefined && option.ticked === undefined && /^[-–—=]+$/.test(option.label);
}

/** "- bun (not installed)": arrows pass over it. */
function isDisabled(option: MenuOption, block: readonly MenuOption[]): boolean {
  return unpickable.test(option.label) && option.number === undefined && !block.every(({ label }) => label.startsWith("- "));
}

/** Below the box of a group, unlike the boxes of its members: the names of their columns (pnpm). */
function isTableHead(option: MenuOption, rows: readonly Row[], block: readonly MenuOption[]): boolean {
  const [group, ...members] = block;
  if (group?.pointer === undefined || members[0] !== option || option.boxColumn === undefined || option.boxColumn <= (group.boxColumn ?? Infinity)) return false;
  return oddOneOut(members.flatMap(({ at, column }) => rows.slice(at, at + 1).map(({ line }) => styleAt(line, column)))) === 0;
}

/** A pointer without numbers or boxes also begins shell prompts and quotes: there, more than chance must line up. */
function isConsistent(options: readonly MenuOption[]): boolean {
  return options.filter((option) => option.pointer !== undefined).length <= 1;
}

/** Appends what an option's label lost to the next rows by wrapping. */
function withContinuation(rows: readonly Row[], option: MenuOption, next: MenuOption | undefined, columns: number): MenuOption {
  let label = option.label;
  for (let at = option.at + 1; at < (next?.at ?? option.at + 3); at++) {
    const row = rows[at];
    if (row === undefined || row.isRule) break;
    const above = rows[at - 1];
    if (!isWrapped(rows, at, columns) || !looksAlike(rows[option.at], option.column, above, row)) break;
    label += above !== undefined && isCut(above, columns) && row.indent < 2 ? row.text : ` ${row.text.trim()}`;
  }
  return { ...option, label };
}

/**
 * What an option means is often drawn in a look of its own, whole. In a label, a folder's name alone may be, or all from
 * some word on (Claude Code): the row goes on in the look in which the one above it ends.
 */
function looksAlike(labelled: Row | undefined, column: number, above: Row | undefined, { line, text, indent }: Row): boolean {
  if (labelled === undefined || above === undefined) return true;
  if (styleAt(line, indent) === styleAt(above.line, above.text.length - 1)) return true;
  const style = styleAt(labelled.line, column);
  return [...text.slice(indent).matchAll(/\S/gu)].some(({ index }) => styleAt(line, indent + index) === style);
}

/** Two columns: the label, then what it means. */
export function withoutDescription(label: string): string {
  // "[Intel  ] Intel partition": padded within brackets, it is one column.
  const whole = label.replace(/^\[\s*(.*?)\s*\]/u, "[$1]");
  return (whole.split(/\s{2,}/)[0] ?? whole).trim();
}
