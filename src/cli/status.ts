import { existsSync, readFileSync } from "node:fs";
import type { Context } from "./context.ts";
import { isRunning, promptJson, reading, sessionJson, shortTime } from "./lists.ts";

/** How many of the newest warnings and errors of aegis.log are shown. */
const shownErrors = 5;

/** What runs and what waits now, and what went wrong lately. */
export async function status(asJson: boolean, context: Context): Promise<number> {
  const { output, home } = context;
  const now = await reading(context, (store) => ({ sessions: store.sessions({ running: true }), pending: store.prompts({ open: true }) }));
  const running = (now?.sessions ?? []).filter(isRunning);
  const lost = (now?.sessions ?? []).filter((row) => !isRunning(row));
  const pending = (now?.pending ?? []).filter(({ prompt }) => running.some(({ id }) => id === prompt.sessionId));
  const errors = lastErrors(home.log);
  if (asJson) {
    output.json({ sessions: running.map(sessionJson), lost: lost.map(sessionJson), pending: pending.map(promptJson), errors });
    return 0;
  }
  if (running.length === 0) output.line("no session runs");
  else output.table(["SESSION", "SINCE", "CHANNEL", "PROMPTS", "COMMAND"], running.map((row) => [row.id, shortTime(row.startedAt), row.channel, `${row.answered}/${row.prompts}`, row.command.join(" ")]));
  for (const { prompt } of pending) output.line(`waiting: ${prompt.sessionId} since ${shortTime(prompt.openedAt)}: ${prompt.detection.question.replace(/\s+/g, " ")}`);
  for (const row of lost) output.line(`lost: ${row.id} (${row.command.join(" ")}) was killed before it could end`);
  for (const line of errors) output.line(`lately: ${line}`);
  return 0;
}

function lastErrors(file: string): string[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => / (warn|error) /.test(line)).slice(-shownErrors);
}
