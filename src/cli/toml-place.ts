import { isDeepStrictEqual } from "node:util";
import { statements } from "./toml-statements.ts";

/** A place in a file, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Where a key of a TOML file stands, because the parser gives values without their places.
 *
 * @param path  a section, or a section and a key
 * @returns     where the key and its value begin, or the section's name; undefined when the file does not hold it in plain form
 */
export function placeOf(toml: string, path: readonly string[]): { key: Place; value: Place } | undefined {
  const found = statements(toml).find((statement) => isDeepStrictEqual(statement.path, path));
  return found && { key: placeAt(toml, found.keyAt), value: placeAt(toml, found.value?.from ?? found.keyAt) };
}

function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}
