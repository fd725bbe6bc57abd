import { isDeepStrictEqual } from "node:util";
import { parse, stringify, type TomlTable } from "smol-toml";
import { Failure } from "./failure.ts";
import { statements } from "./toml-statements.ts";

/** A key of a section: ["telegram", "allowed_users"]. */
export type KeyPath = readonly [section: string, key: string];
export type TomlValue = string | number | boolean | readonly number[];

/**
 * Sets one key and leaves every other character as it was: comments, order, spaces.
 * @throws Failure when the key stands in a form that can't be replaced by itself (inside an inline table, say)
 */
export function withKey(toml: string, path: KeyPath, value: TomlValue): string {
  return proven(toml, edited(toml, path, value), path, value);
}

/** Takes one key out, if it is there; a comment behind its value stays. */
export function withoutKey(toml: string, path: KeyPath): string {
  const found = pairOf(toml, path);
  if (found === undefined) return proven(toml, toml, path, undefined);
  const before = toml.slice(0, found.keyAt);
  const after = toml.slice(found.value.to);
  const isAlone = /(^|\n)[ \t]*$/.test(before) && /^[ \t]*\r?(\n|$)/.test(after);
  const rest = isAlone ? before.replace(/[ \t]*$/, "") + after.replace(/^[ \t]*\r?\n?/, "") : before + after.replace(/^[ \t]+/, "");
  return proven(toml, rest, path, undefined);
}

function edited(toml: string, path: KeyPath, value: TomlValue): string {
  const found = pairOf(toml, path);
  if (found !== undefined) return replaced(toml, found, value);
  const [section, key] = path;
  const line = `${key} = ${literal(value)}\n`;
  const place = endOf(toml, section);
  if (place === undefined) return `${ended(toml)}${toml.trim() === "" ? "" : "\n"}[${section}]\n${line}`;
  return ended(toml.slice(0, place)) + line + toml.slice(place);
}

/** A list keeps the comments of its lines: new items go behind the last one, and comments on a list that is replaced go above it. */
function replaced(toml: string, { keyAt, value: { from, to } }: Pair, value: TomlValue): string {
  const old = toml.slice(from, to);
  const added = typeof value === "object" ? itemsAdded(old, value) : undefined;
  if (added !== undefined) return toml.slice(0, from) + added + toml.slice(to);
  const comments = typeof value === "object" ? (old.match(/#[^\r\n]*/g) ?? []) : [];
  return toml.slice(0, keyAt) + comments.map((comment) => `${comment}\n`).join("") + toml.slice(keyAt, from) + literal(value) + toml.slice(to);
}

/** undefined: the new list does not begin with all of the old one. */
function itemsAdded(list: string, items: readonly number[]): string | undefined {
  const bare = list.replace(/#[^\r\n]*/g, (comment) => " ".repeat(comment.length));
  const old = bare.match(/\d+/g)?.map(Number) ?? [];
  if (old.length === 0 || !old.every((item, index) => item === items[index])) return undefined;
  const end = bare.search(/\d(?=\D*$)/) + 1;
  return list.slice(0, end) + items.slice(old.length).map((item) => `, ${item}`).join("") + list.slice(end);
}

interface Pair {
  readonly keyAt: number;
  readonly value: { readonly from: number; readonly to: number };
}

function pairOf(toml: string, path: KeyPath): Pair | undefined {
  for (const { path: at, keyAt, value } of statements(toml)) if (value !== undefined && isDeepStrictEqual(at, path)) return { keyAt, value };
  return undefined;
}

/** Behind the line of the section's last key; undefined: there is no such section. */
function endOf(toml: string, section: string): number | undefined {
  let end: number | undefined;
  let table: readonly string[] = [];
  for (const { path, keyAt, value } of statements(toml)) {
    if (value === undefined) table = path;
    if (!isDeepStrictEqual(table, [section])) continue;
    const lineEnd = toml.indexOf("\n", value?.to ?? keyAt);
    end = lineEnd < 0 ? toml.length : lineEnd + 1;
  }
  return end;
}

function ended(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function literal(value: TomlValue): string {
  return typeof value === "object" ? `[${value.join(", ")}]` : stringify({ value }).replace(/^value = /, "").trimEnd();
}

/** An edit that would change anything else is refused: the parser reads both texts. */
function proven(before: string, after: string, [section, key]: KeyPath, value: TomlValue | undefined): string {
  const intended = wanted(parse(before), section, key, value);
  if (isDeepStrictEqual(parsed(after), plain(intended))) return after;
  throw new Failure(`${section}.${key} cannot be changed where it stands`, `write it as "${key} = …" under [${section}], or edit the file by hand`);
}

function wanted(table: TomlTable, section: string, key: string, value: TomlValue | undefined): TomlTable {
  const inner = table[section];
  const { [key]: _old, ...rest } = isTable(inner) ? inner : {};
  return { ...table, ...(inner === undefined && value === undefined ? {} : { [section]: value === undefined ? rest : { ...rest, [key]: typeof value === "object" ? [...value] : value } }) };
}

function isTable(value: unknown): value is TomlTable {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** undefined: no longer TOML */
function parsed(toml: string): unknown {
  try {
    return plain(parse(toml));
  } catch {
    return undefined;
  }
}

/** The parser's tables have no prototype. */
function plain(table: TomlTable): unknown {
  return structuredClone(table);
}
