import { existsSync } from "node:fs";
import { questionWords } from "../relay/commands/overview.ts";
import { StoreTrouble, type PromptRow, type SessionRow, type Store } from "../store/store.ts";
import { statOf } from "../terminal/proc.ts";
import type { Context } from "./context.ts";
import { Failure } from "./failure.ts";
import { openKeeping } from "./keeping.ts";

/**
 * Works with the store.
 * @returns undefined when nothing was ever kept
 * @throws Failure when what was kept can't be used
 */
export async function reading<T>({ home }: Context, read: (store: Store) => T | Promise<T>): Promise<T | undefined> {
  if (!existsSync(home.database)) return undefined;
  try {
    await using store = await openKeeping(home);
    return await read(store);
  } catch (error) {
    if (!(error instanceof StoreTrouble)) throw error;
    throw new Failure(error.message, '"aegis doctor" says why it matters and how to mend it', { cause: error });
  }
}

export async function sessions(options: { json: boolean; last: number }, context: Context): Promise<number> {
  const rows = (await reading(context, (store) => store.sessions({ last: options.last }))) ?? [];
  const { output } = context;
  if (options.json) for (const row of rows) output.json(sessionJson(row));
  else if (rows.length === 0) output.line('no sessions yet; "aegis run COMMAND" starts one');
  else output.table(["SESSION", "STARTED", "STATE", "ANSWERED", "COMMAND"], rows.map((row) => [row.id, shortTime(row.startedAt), stateOf(row), answeredOf(row), row.command.join(" ")]));
  return 0;
}

export async function prompts(options: { json: boolean; pending: boolean; last: number }, context: Context): Promise<number> {
  const rows = (await reading(context, (store) => store.prompts({ last: options.last, ...(options.pending ? { open: true } : {}) }))) ?? [];
  const { output } = context;
  if (options.json) for (const row of rows) output.json(promptJson(row));
  else if (rows.length === 0) output.line(options.pending ? "no prompt waits" : "no prompts yet");
  else output.table(["PROMPT", "SESSION", "OPENED", "STATUS", "QUESTION"], rows.map((row) => [row.prompt.id, row.prompt.sessionId, shortTime(row.prompt.openedAt), statusOf(row), questionWords(row.prompt.detection)]));
  return 0;
}

/** Whether the aegis process of a session still runs; one that was killed could not say that it ended. */
export function isRunning({ endedAt, pid }: SessionRow): boolean {
  if (endedAt !== undefined) return false;
  try {
    process.kill(pid, 0);
    // One that was killed keeps its number until its parent has asked for it.
    return statOf(pid)?.state !== "Z";
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
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

/** "11-21 13:05:09", in the person's own time zone. */
export function shortTime(at: number): string {
  const when = new Date(at);
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${two(when.getMonth() + 1)}-${two(when.getDate())} ${two(when.getHours())}:${two(when.getMinutes())}:${two(when.getSeconds())}`;
}
