import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Writes a file and the folders above it. */
export function writeText(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

export function writeJson(file: string, value: unknown): void {
  writeText(file, JSON.stringify(value, undefined, 1));
}
