import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PatternSource } from "../detector/patterns.ts";

/** The installed package's folder: the nearest one above this file that holds the patterns. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "patterns"))) folder = dirname(folder);
  return folder;
}

export function version(): string {
  const about: unknown = JSON.parse(readFileSync(join(packageFolder(), "package.json"), "utf8"));
  return typeof about === "object" && about !== null && "version" in about ? String(about.version) : "unknown";
}

/** The pattern files of the package, then the person's own in `folder`, each in the order of their names. */
export function patternFiles(folder: string): PatternSource[] {
  const ours = tomlFiles(join(packageFolder(), "patterns")).map((file) => ({ ...file, isTried: true }));
  return [...ours, ...tomlFiles(folder)];
}

function tomlFiles(folder: string): PatternSource[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".toml"));
  const files = names.sort().map((name) => join(folder, name));
  // To read a FIFO would freeze the terminal. A link that leads nowhere is an error, which is told.
  const readable = files.filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() !== false);
  return readable.map((name) => ({ name, text: readFileSync(name, "utf8") }));
}
