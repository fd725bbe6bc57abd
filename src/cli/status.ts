import { readFileSync } from "node:fs";
import { botIdIn, botName } from "../channel/telegram/recipient.ts";
import { questionWords } from "../relay/commands/overview.ts";
import type { PromptRow, SessionRow } from "../store/store.ts";
import { checked, readConfig } from "./config.ts";
import type { Context } from "./context.ts";
import { answeredOf, commandOf, promptJson, sessionJson } from "./lists.ts";
import { hasLog, logEntries, type LogEntry } from "./log-entry.ts";
import { fitted, printable } from "./printable.ts";
import { reading } from "./reading.ts";
import { isRunning } from "./running.ts";
import { shortTime } from "./short-time.ts";
import { readToken } from "./token.ts";

/** How many of the newest warnings and errors of aegis.log are shown. */
const shownErrors = 5;

/** "waits: " and the like. */
const markCells = 7;

interface Now {
  readonly running: readonly SessionRow[];
  /** Killed before they could end. */
  readonly lost: readonly SessionRow[];
  readonly pending: readonly PromptRow[];
  /** Which session takes a bot's updates. */
  readonly pollers: readonly { readonly lease: string; readonly session: string }[];
  readonly errors: readonly LogEntry[];
}

/** "aegis status": what runs and what waits now, who polls, and what went wrong lately. @returns 0 */
export async function status({ json }: { readonly json: boolean }, context: Context): Promise<number> {
  const { output } = context;
  const now = await readNow(context);
  if (json) output.json({ sessions: now.running.map(sessionJson), lost: now.lost.map(sessionJson), pending: now.pending.map(promptJson), pollers: now.pollers, errors: now.errors });
  else show(now, context);
  return 0;
}

async function readNow(context: Context): Promise<Now> {
  const lease = leaseName(context);
  const rows = await reading(context, (store) => ({ open: store.sessions({ running: true }), pending: store.prompts({ open: true }), holder: lease === undefined ? undefined : store.leaseHolder(lease) }));
  const running = (rows?.open ?? []).filter(isRunning);
  const isOfRunning = (id: string | undefined): id is string => running.some((session) => session.id === id);
  return {
    running,
    lost: (rows?.open ?? []).filter((session) => !isRunning(session)),
    pending: (rows?.pending ?? []).filter(({ prompt }) => isOfRunning(prompt.sessionId)),
    pollers: lease !== undefined && isOfRunning(rows?.holder) ? [{ lease, session: rows.holder }] : [],
    errors: lastErrors(context.home.log),
  };
}

/** Under which name a session polls the configured bot. A token_command is not run for it: it may ask for a passphrase. */
function leaseName({ home, environment }: Context): string | undefined {
  try {
    const { telegram } = checked(readConfig(home), home.config, environment);
    const token = telegram.token_command === undefined ? readToken(telegram, home, environment) : undefined;
    return token && botName(botIdIn(token.reveal()));
  } catch {
    // What is wrong with the configuration is for doctor to say.
    return undefined;
  }
}

function show({ running, lost, pending, pollers, errors }: Now, { output }: Context): void {
  const { paint, width } = output;
  if (running.length === 0) output.line("no session runs");
  else output.table(["SESSION", "SINCE", "CHANNEL", "ANSWERED", "COMMAND"], running.map((row) => [row.id, shortTime(row.startedAt), row.channel + (pollers.some(({ session }) => session === row.id) ? ", polls" : "") + (row.pausedAt === undefined ? "" : ", paused"), answeredOf(row), commandOf(row)]));
  const note = (mark: string, text: string): void => output.line(`${mark} ${fitted(printable(text), width - markCells)}`);
  for (const { prompt } of pending) note(paint.yellow("waits:"), `${prompt.sessionId} since ${shortTime(prompt.openedAt)}: ${questionWords(prompt.detection)}`);
  for (const row of lost) note(paint.red("lost: "), `${row.id} (${row.command.join(" ")}) was killed before it could end`);
  for (const { at, level, session, message } of errors) note(paint.dim(`${level}:`.padEnd(6)), `${session} ${shortTime(Date.parse(at))} ${message}`);
}

function lastErrors(file: string): LogEntry[] {
  if (!hasLog(file)) return [];
  return logEntries(readFileSync(file, "utf8")).filter(({ level }) => level === "warn" || level === "error").slice(-shownErrors);
}
