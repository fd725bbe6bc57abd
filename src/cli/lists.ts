import { basename } from "node:path";
import { questionWords } from "../relay/commands/overview.ts";
import type { PromptRow, SessionRow } from "../store/store.ts";
import type { Context } from "./context.ts";
import { reading } from "./reading.ts";
import { isRunning } from "./running.ts";
import { shortTime } from "./short-time.ts";

/** "aegis sessions": newest first. @returns 0 */
export async function sessions(options: { json: boolean; last: number }, context: Context): Promise<number> {
  const rows = (await reading(context, (store) => store.sessions({ last: options.last }))) ?? [];
  const { output } = context;
  if (options.json) for (const row of rows) output.json(sessionJson(row));
  else if (rows.length === 0) output.line('no sessions yet; "aegis run COMMAND" starts one');
  else output.table(["SESSION", "STARTED", "STATE", "ANSWERED", "COMMAND"], rows.map((row) => [row.id, shortTime(row.startedAt), stateOf(row), answeredOf(row), commandOf(row)]));
  return 0;
}

/** "aegis prompts": newest first. @returns 0 */
export async function prompts(options: { json: boolean; pending: boolean; last: number }, context: Context): Promise<number> {
  const rows = (await reading(context, (store) => store.prompts({ last: options.last, ...(options.pending ? { open: true } : {}) }))) ?? [];
  const { output } = context;
  if (options.json) for (const row of rows) output.json(promptJson(row));
  else if (rows.length === 0) output.line(options.pending ? "no prompt waits" : "no prompts yet");
  else output.table(["PROMPT", "SESSION", "OPENED", "STATUS", "QUESTION"], rows.map((row) => [row.prompt.id, row.prompt.sessionId, shortTime(row.prompt.openedAt), statusOf(row), questionWords(row.prompt.detection)]));
  return 0;
}

/** The command, behind the name that the person gave the session, if they gave one. */
export function commandOf({ name, command }: SessionRow): string {
  const words = command.join(" ");
  return name === "" || name === basename(command[0] ?? "") ? words : `${name}: ${words}`;
}

/** Prompts that were answered from afar, of all. */
export function answeredOf({ answered, prompts }: SessionRow): string {
  return `${answered} of ${prompts}`;
}

function stateOf(row: SessionRow): string {
  // Whoever found it dead could not know its exit code.
  if (row.endedAt !== undefined) return row.exitCode === undefined ? "killed" : `exit ${row.exitCode}`;
  return isRunning(row) ? "running" : "lost";
}

export function sessionJson(row: SessionRow): object {
  const { id, name, command, cwd, pid, channel, prompts, answered } = row;
  return { id, name, command, cwd, pid, channel, state: row.endedAt !== undefined ? "ended" : isRunning(row) ? "running" : "lost", startedAt: isoTime(row.startedAt), endedAt: isoTime(row.endedAt), exitCode: row.exitCode ?? null, prompts, answered };
}

export function promptJson({ prompt, status, decision, why, closedAt }: PromptRow): object {
  const { type, layer, pattern, confidence, question, choices, secret, idle } = prompt.detection;
  return {
    id: prompt.id,
    session: prompt.sessionId,
    status,
    type,
    layer,
    pattern,
    confidence,
    question,
    choices: choices.map(({ label, declines }) => ({ label, declines })),
    secret,
    idle,
    openedAt: isoTime(prompt.openedAt),
    expiresAt: isoTime(prompt.expiresAt),
    closedAt: isoTime(closedAt),
    decision: decision ? { label: "choice" in decision.answer ? decision.label : null, by: decision.by, at: isoTime(decision.at) } : null,
    why: why ?? null,
  };
}

function statusOf({ status, decision }: PromptRow): string {
  return decision && "choice" in decision.answer ? `${status}: ${decision.label}` : status;
}

function isoTime(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}
