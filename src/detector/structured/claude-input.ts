import type { Json } from "../../prompt/event.ts";

type Input = { readonly [key: string]: Json };

/** A tool's whole input as a person reads it: commands and files as they are, an edit as a diff, everything else by its name. */
export function inputText(tool: string, input: Input): string {
  return [tool, ...Object.entries(input).map(([name, value]) => entryText(name, value))].join("\n");
}

function entryText(name: string, value: Json): string {
  if (typeof value !== "string") return `${name}: ${JSON.stringify(value, undefined, 2)}`;
  switch (name) {
    case "command":
      return `$ ${value}`;
    case "description":
    case "file_path":
    case "content":
      return value;
    case "old_string":
      return signed("-", value);
    case "new_string":
      return signed("+", value);
    default:
      return `${name}: ${value}`;
  }
}

function signed(sign: string, text: string): string {
  return text.replace(/^/gm, `${sign} `);
}
