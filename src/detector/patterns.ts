import { parse, TomlError } from "smol-toml";
import { messageOf } from "../async/message-of.ts";
import type { Choice, PromptType } from "../prompt/detection.ts";
import type { Pattern, PatternSet, Place, Role } from "./pattern.ts";
import { flatten, rowOf } from "./row.ts";

/** A pattern file as it was read; `name` is what problems call it. */
export interface PatternSource {
  readonly name: string;
  readonly text: string;
  /** The package's own: its tests have tried the examples, which would take every start 50 ms. Otherwise loading tries them. */
  readonly isTried?: boolean;
}

/** Why a pattern was left out, and where: line and column count from 1. */
export interface PatternProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

const types: readonly PromptType[] = ["yes_no", "confirm_enter", "multiple_choice", "free_text", "unknown"];
const roles: readonly Role[] = ["ask", "idle", "busy", "own", "calls"];
const places: readonly Place[] = ["line", "tail", "flat", "title"];
const keys = new Set(["id", "role", "type", "confidence", "in", "regex", "secret", "keys", "seen", "names", "choices", "matches", "ignores"]);

/**
 * Reads pattern files, ours first and then the person's own. A file that is not TOML is skipped whole, a pattern that is wrong or
 * whose own examples disagree with it is skipped alone; every skip is a problem that names its place.
 */
export function loadPatterns(files: readonly PatternSource[]): { readonly patterns: PatternSet; readonly problems: readonly PatternProblem[] } {
  const sets: Pattern[][] = [];
  const problems: PatternProblem[] = [];
  for (const file of files) {
    const patterns: Pattern[] = [];
    sets.unshift(patterns);
    try {
      const entries = parse(file.text)["pattern"] ?? [];
      if (!Array.isArray(entries)) throw new Misread("pattern", "patterns are written [[pattern]]");
      entries.forEach((entry, index) => {
        try {
          patterns.push(file.isTried ? patternOf(entry) : tried(entry));
        } catch (error) {
          if (!(error instanceof Misread)) throw error;
          problems.push({ file: file.name, ...placeOf(file.text, index, error.key), message: error.message });
        }
      });
    } catch (error) {
      if (error instanceof TomlError) problems.push({ file: file.name, line: error.line, column: error.column, message: firstLine(error.message) });
      else if (error instanceof Misread) problems.push({ file: file.name, line: 1, column: 1, message: error.message });
      else throw error;
    }
  }
  // Stable: of equal confidence the later file, the person's own, comes first, and within a file the order is kept.
  return { patterns: sets.flat().sort((one, other) => other.confidence - one.confidence), problems };
}

class Misread extends Error {
  readonly key: string;

  constructor(key: string, message: string) {
    super(message);
    this.key = key;
  }
}

function patternOf(entry: unknown): Pattern {
  const table = tableOf(entry, "id");
  for (const key of Object.keys(table)) if (!keys.has(key)) throw new Misread(key, `unknown key "${key}"; known are ${[...keys].join(", ")}`);
  const confidence = table["confidence"] ?? 0.8;
  if (typeof confidence !== "number" || confidence < 0.65 || confidence > 0.95) throw new Misread("confidence", "confidence is a number from 0.65 to 0.95");
  const id = textAt(table, "id");
  if (!/^[a-z0-9-]+\.[a-z0-9.-]+$/.test(id)) throw new Misread("id", 'an id is "program.name" in lower case');
  return {
    id,
    role: oneOf(table, "role", roles, "ask"),
    type: oneOf(table, "type", types, "free_text"),
    confidence,
    place: oneOf(table, "in", places, "line"),
    regex: regexOf(textAt(table, "regex")),
    choices: listAt(table, "choices").map(choiceOf),
    names: namesOf(table["names"] ?? {}),
    secret: table["secret"] === true,
    takesArrows: oneOf(table, "keys", ["digits", "arrows"], "digits") === "arrows",
  };
}

/** A pattern that agrees with its own examples. */
function tried(entry: unknown): Pattern {
  const pattern = patternOf(entry);
  const table = tableOf(entry, "id");
  const [matches, ignores] = [examplesAt(table, "matches"), examplesAt(table, "ignores")];
  if (matches.length === 0) throw new Misread("matches", "a pattern needs at least one example that it matches");
  const missed = matches.find((example) => !sees(pattern, example));
  if (missed !== undefined) throw new Misread("matches", `does not match its example ${JSON.stringify(missed)}`);
  const taken = ignores.find((example) => sees(pattern, example));
  if (taken !== undefined) throw new Misread("ignores", `matches the example that it should ignore ${JSON.stringify(taken)}`);
  return pattern;
}

/** Tries a pattern on an example: a piece of screen, the cursor behind its last character. */
function sees(pattern: Pattern, example: string): boolean {
  const lines = example.split("\n");
  const rows = lines.map((text) => rowOf({ text: text.trimEnd(), runs: [], height: 1, breaks: [] }));
  const last = lines.at(-1) ?? "";
  const places = { line: last.trim(), tail: example, flat: flatten(rows), title: last };
  return pattern.regex.test(places[pattern.place]);
}

function regexOf(source: string): RegExp {
  try {
    return new RegExp(source, "imu");
  } catch (error) {
    throw new Misread("regex", messageOf(error));
  }
}

function choiceOf(entry: unknown): Choice {
  const table = tableOf(entry, "choices");
  return { label: textAt(table, "label", "choices"), keys: textAt(table, "keys", "choices"), declines: table["declines"] === true };
}

function namesOf(entry: unknown): Record<string, string> {
  const table = tableOf(entry, "names");
  return Object.fromEntries(Object.keys(table).map((key) => [key, textAt(table, key, "names")]));
}

function tableOf(entry: unknown, key: string): Record<string, unknown> {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) throw new Misread(key, "a table is expected here");
  return Object.fromEntries(Object.entries(entry));
}

function textAt(table: Record<string, unknown>, key: string, blame = key): string {
  const value = table[key];
  if (typeof value !== "string" || value === "") throw new Misread(blame, `${key} is missing or not a text`);
  return value;
}

function oneOf<T extends string>(table: Record<string, unknown>, key: string, allowed: readonly T[], otherwise: T): T {
  const value = table[key] ?? otherwise;
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw new Misread(key, `${key} is one of ${allowed.join(", ")}`);
  return found;
}

function listAt(table: Record<string, unknown>, key: string): readonly unknown[] {
  const value = table[key] ?? [];
  if (!Array.isArray(value)) throw new Misread(key, `${key} is a list`);
  return value;
}

function examplesAt(table: Record<string, unknown>, key: string): string[] {
  return listAt(table, key).map((example) => {
    if (typeof example !== "string") throw new Misread(key, `${key} is a list of texts`);
    return example;
  });
}

/** Where `key` of the pattern number `index` stands in the file; the pattern's head when it stands nowhere. */
function placeOf(text: string, index: number, key: string): { line: number; column: number } {
  const lines = text.split("\n");
  let seen = -1;
  let head = 1;
  for (const [at, line] of lines.entries()) {
    if (/^\s*\[\[pattern\]\]/.test(line)) {
      seen++;
      if (seen > index) break;
      head = at + 1;
    }
    if (seen === index && new RegExp(`^\\s*"?${key}"?\\s*=`).test(line)) return { line: at + 1, column: line.indexOf("=") + 3 };
  }
  return { line: head, column: 1 };
}

function firstLine(message: string): string {
  return (message.split("\n")[0] ?? message).replace(/^Invalid TOML document: /, "");
}
