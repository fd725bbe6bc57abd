import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const source = resolve(dirname(fileURLToPath(import.meta.url)), "../src");

/** Who may import whom (DESIGN.md, the rooms). `main.ts` may import cli alone. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "main.ts": ["cli"],
  cli: ["relay", "detector", "terminal", "channel", "store", "audit", "prompt", "async"],
  relay: ["detector", "terminal", "channel", "store", "audit", "prompt", "async"],
  detector: ["prompt", "async"],
  terminal: ["prompt", "async"],
  channel: ["prompt", "async"],
  store: ["prompt", "async"],
  audit: ["prompt", "async"],
  prompt: ["async"],
  async: [],
};

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(join(source, file), "utf8");
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map((match) => match[1] ?? "");
  return specifiers.map((specifier) => {
    const target = relative(source, resolve(source, dirname(file), specifier));
    return { file, from: roomOf(file), to: roomOf(target) };
  });
});

/** The file without its comments, which may name what the code must not use. */
function codeOf(file: string): string {
  return readFileSync(join(source, file), "utf8").replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}

function roomOf(path: string): string {
  return path.split("/")[0] ?? path;
}

test("every file is in a room of the design", () => {
  assert.deepEqual(files.map(roomOf).filter((room) => !(room in allowed)), []);
});

test("no room imports one that it must not know", () => {
  const wrong = imports.filter(({ from, to }) => from !== to && !allowed[from]?.includes(to));
  assert.deepEqual(wrong, []);
});

test("only the cli reads the environment, prints, or decides the exit code", () => {
  const outside = files.filter((file) => !["cli", "main.ts"].includes(roomOf(file)) && !file.includes("browser"));
  const touching = outside.filter((file) => /\bprocess\.(env|exit|argv|stdout|stderr|stdin)\b|\bconsole\./.test(codeOf(file)));
  assert.deepEqual(touching, []);
});

test("the core reads no clock, timer, randomness, file or network", () => {
  const core = files.filter((file) => ["prompt", "detector"].includes(roomOf(file)));
  const impure = core.filter((file) => /\bDate\.now\b|\bperformance\.now\b|\bsetTimeout\b|\bsetInterval\b|Math\.random|randomBytes|node:(fs|net|http|https|child_process|timers)/.test(codeOf(file)));
  assert.deepEqual(impure, []);
});
