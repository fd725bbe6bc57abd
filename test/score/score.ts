// Prints how well the detector does on the labelled recordings in fixtures/casts; fails when it does worse than it already did.
import { readFileSync } from "node:fs";
import { figuresOf, type Figures, type Tally } from "./judge.ts";
import { packagedPatterns, score } from "./run.ts";

const columns: readonly (keyof Figures)[] = ["recall", "type", "question", "choices", "keys", "repeats", "strays", "falseAlarms"];
/** Of these, less is better. */
const costs = new Set<keyof Figures>(["repeats", "strays", "falseAlarms"]);

const patterns = packagedPatterns();
const reached: Record<string, Figures> = JSON.parse(readFileSync("test/score/reached.json", "utf8"));
const showsMisses = process.argv.includes("--misses");

for (const [folder, floor] of Object.entries(reached)) {
  const { tally, categories, misses } = await score(`fixtures/casts/${folder}`, patterns);
  console.log(`\n${folder.padEnd(24)}${["prompts", ...columns].map((name) => name.padStart(12)).join("")}`);
  for (const [category, counts] of categories) console.log(row(category, counts));
  console.log(row("all", tally));
  if (showsMisses) for (const miss of misses) console.log(`  ${miss}`);
  const figures = figuresOf(tally);
  for (const name of columns) {
    if (!isWorse(figures[name], floor[name], costs.has(name))) continue;
    console.log(`  ${name} is ${percent(figures[name])}, but ${percent(floor[name])} was reached before`);
    process.exitCode = 1;
  }
}

function row(name: string, tally: Tally): string {
  const figures = figuresOf(tally);
  return `${name.padEnd(24)}${[String(tally.prompts), ...columns.map((column) => percent(figures[column]))].map((cell) => cell.padStart(12)).join("")}`;
}

function isWorse(now: number, before: number, isCost: boolean): boolean {
  return !Number.isNaN(now) && (isCost ? now > before + 1e-9 : now < before - 1e-9);
}

function percent(share: number): string {
  return Number.isNaN(share) ? "–" : `${(100 * share).toFixed(1)} %`;
}
