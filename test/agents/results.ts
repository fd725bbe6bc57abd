import { appendFileSync } from "node:fs";

/** How one question of an agent was seen and answered. */
export interface Result {
  readonly agent: string;
  readonly version: string;
  /** As the README's table calls it. */
  readonly dialog: string;
  readonly seen: "hook" | "screen";
  /** `"Yes"`, "in words", "at the keyboard" */
  readonly answered: string;
}

/** Keeps results where AEGIS_AGENTS_RESULTS says, one JSON object per line. */
export function keep(results: readonly Result[]): void {
  const file = process.env["AEGIS_AGENTS_RESULTS"];
  if (file !== undefined) appendFileSync(file, results.map((result) => `${JSON.stringify(result)}\n`).join(""));
}

/** How the message of a prompt says that it was seen. */
export function seenIn(message: string): Result["seen"] {
  return message.includes("\ntold by the program:") ? "hook" : "screen";
}
