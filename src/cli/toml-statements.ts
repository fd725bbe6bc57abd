/** A `key = value` or a `[table]` of a TOML file, by offsets into its text. */
export interface Statement {
  /** The whole path: the table's, and for a pair also the key's. */
  readonly path: readonly string[];
  /** Where the key, or the table's name, begins. */
  readonly keyAt: number;
  /** From the value's first character to behind its last; undefined: a table. */
  readonly value: { readonly from: number; readonly to: number } | undefined;
}

const blank = /(?:\s|#[^\n]*)*/y;
const bracket = /\[{1,2}[ \t]*/y;
const keyPart = /[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y;
const dot = /[ \t]*\.[ \t]*/y;
const equals = /[ \t]*=[ \t]*/y;
const string = /"""(?:[^\\]|\\[^])*?"{3,5}|'''[^]*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y;
const scalar = /[^\s,#\]}]+(?: \d\d:[^\s,#\]}]+)?/y;
const restOfLine = /[^\n]*/y;

/** The statements of a TOML text that a parser has accepted, in their order: the parser gives values without their places. */
export function statements(toml: string): Statement[] {
  const cursor = new Cursor(toml);
  const found: Statement[] = [];
  let table: readonly string[] = [];
  for (cursor.take(blank); !cursor.atEnd; cursor.take(restOfLine), cursor.take(blank)) {
    const isTable = cursor.take(bracket) !== "";
    const keyAt = cursor.at;
    const key = takeKey(cursor);
    if (isTable) table = key;
    if (isTable) found.push({ path: table, keyAt, value: undefined });
    else found.push({ path: [...table, ...key], keyAt, value: takeAssigned(cursor) });
  }
  return found;
}

function takeKey(cursor: Cursor): string[] {
  const parts: string[] = [];
  do parts.push(unquoted(cursor.take(keyPart)));
  while (cursor.take(dot) !== "");
  return parts;
}

function unquoted(part: string): string {
  if (part.startsWith("'")) return part.slice(1, -1);
  return part.startsWith('"') ? part.slice(1, -1).replace(/\\(["\\])/g, "$1") : part;
}

function takeAssigned(cursor: Cursor): { from: number; to: number } {
  cursor.take(equals);
  const from = cursor.at;
  takeValue(cursor);
  return { from, to: cursor.at };
}

/** A list or an inline table ends with the bracket that it began with; in between there may be comments and lines. */
function takeValue(cursor: Cursor): void {
  if (cursor.take(string) !== "") return;
  let depth = 0;
  do {
    if (cursor.sees("[{")) depth += 1;
    else if (cursor.sees("]}")) depth -= 1;
    if (cursor.sees("[]{},=")) cursor.skip();
    else if (cursor.take(string) === "" && cursor.take(scalar) === "") cursor.skip();
    if (depth > 0) cursor.take(blank);
  } while (depth > 0 && !cursor.atEnd);
}

class Cursor {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.at >= this.#text.length;
  }

  sees(characters: string): boolean {
    return !this.atEnd && characters.includes(this.#text.charAt(this.at));
  }

  skip(): void {
    this.at += 1;
  }

  /** Goes behind what `pattern` matches here; "" when it does not. */
  take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const taken = pattern.exec(this.#text)?.[0] ?? "";
    this.at += taken.length;
    return taken;
  }
}
