import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Result } from "./results.ts";

const names: Readonly<Record<string, string>> = { claude: "Claude Code", codex: "Codex", gemini: "Gemini CLI", qwen: "Qwen Code", opencode: "opencode", copilot: "Copilot CLI" };
const section = /(<!-- agents: written by npm run test:agents -->\n)[\s\S]*?(<!-- \/agents -->)/;

export const readme = resolve(import.meta.dirname, "../../README.md");
export const kept = resolve(import.meta.dirname, "results.jsonl");

/** The results of a run, in its order. */
export function resultsIn(text: string): Result[] {
  return text.split("\n").filter(Boolean).map((line): Result => JSON.parse(line));
}

/** A row for each dialog of each version: how it was seen, and every answer that was given and had its effect. */
export function tableOf(results: readonly Result[]): string {
  const rows = new Map<string, { head: string; answers: Set<string> }>();
  for (const { agent, version, dialog, seen, answered } of results.toSorted(byAgent)) {
    const head = `| ${names[agent] ?? agent} | ${version} | ${dialog} | ${seen} |`;
    const row = rows.get(head) ?? { head, answers: new Set() };
    row.answers.add(answered);
    rows.set(head, row);
  }
  const lines = [...rows.values()].map(({ head, answers }) => `${head} ${[...answers].join(", ")} |`);
  return ["| Agent | Version | Dialog | Seen by | Answered |", "|---|---|---|---|---|", ...lines].join("\n");
}

/** Agents in the order of their names' table, newest versions first, dialogs as they came. */
function byAgent(one: Result, other: Result): number {
  const order = Object.keys(names);
  return order.indexOf(one.agent) - order.indexOf(other.agent) || other.version.localeCompare(one.version, undefined, { numeric: true });
}

export function withTable(text: string, table: string): string {
  if (!section.test(text)) throw new Error("README.md has no section for the agents");
  return text.replace(section, (_, begin: string, end: string) => `${begin}\n${table}\n\n${end}`);
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(readme, withTable(readFileSync(readme, "utf8"), tableOf(resultsIn(readFileSync(kept, "utf8")))));
}
