/** A place in a file, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

const header = /^\s*\[\s*([\w.-]+)\s*\]/;
const assignment = /^(\s*)([\w.-]+)(\s*=\s*)/;

/**
 * Where a key of a TOML file stands, because the parser gives values without their places.
 *
 * @param path  a section, or a section and a key
 * @returns     where the key's value begins, or the section's name; undefined when the file does not hold it in plain form
 */
export function placeOf(toml: string, path: readonly string[]): { key: Place; value: Place } | undefined {
  const wanted = path.join(".");
  let section = "";
  for (const [index, text] of toml.split("\n").entries()) {
    const line = index + 1;
    const name = header.exec(text)?.[1];
    if (name !== undefined) {
      section = `${name}.`;
      const place = { line, column: text.indexOf(name) + 1 };
      if (name === wanted) return { key: place, value: place };
    }
    const found = assignment.exec(text);
    if (found?.[2] !== undefined && section + found[2] === wanted) {
      return { key: { line, column: (found[1] ?? "").length + 1 }, value: { line, column: found[0].length + 1 } };
    }
  }
  return undefined;
}
