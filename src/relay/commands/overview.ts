import type { EpochMillis } from "../../async/clock.ts";
import { awaited } from "../../prompt/awaited.ts";
import { commandList } from "../../prompt/command.ts";
import type { Detection } from "../../prompt/detection.ts";
import type { PromptRow, SessionRow } from "../../store/store.ts";
import { counted } from "../counted.ts";
import { tallyWords } from "../tally.ts";

/** Prompts that /pending names. */
const shownPrompts = 20;

export function statusText(running: readonly SessionRow[], open: readonly PromptRow[], now: EpochMillis): string {
  if (running.length === 0) return "No session runs.";
  const lines = running.map((row) => {
    const waits = open.some(({ prompt }) => prompt.sessionId === row.id) ? ", waits for an answer" : "";
    return `${row.name} (${row.id}): ${row.command.join(" ")}, for ${duration(now - row.startedAt)}; ${tallyWords(row)}${waits}${attention(row, now)}`;
  });
  return `${counted(running.length, "session runs", "sessions run")}:\n${lines.join("\n")}`;
}

export function pendingText(running: readonly SessionRow[], open: readonly PromptRow[], now: EpochMillis): string {
  const names = new Map(running.map(({ id, name }) => [id, name]));
  const lines = open.flatMap(({ prompt }) => {
    const name = names.get(prompt.sessionId);
    return name === undefined ? [] : [`${name} (${prompt.sessionId}), for ${duration(now - prompt.openedAt)}: ${questionWords(prompt.detection)}`];
  });
  if (lines.length === 0) return "No question waits.";
  const rest = lines.length > shownPrompts ? [`and ${lines.length - shownPrompts} more`] : [];
  return `${counted(lines.length, "question waits", "questions wait")}; answer on its own message:\n${[...lines.slice(0, shownPrompts), ...rest].join("\n")}`;
}

/** What is asked, in one line; in words where the program shows none. */
export function questionWords(detection: Detection): string {
  return detection.question.replace(/\s+/g, " ").trim() || `waits for ${awaited(detection)}`;
}

export function helpText(): string {
  const lines = commandList.map(({ command, description }) => `/${command}: ${description}`);
  return `Tap a button to answer a question, or reply to its message. Reply to a session's message to say which session a command is for.\n${lines.join("\n")}`;
}

/** "45 s", "3 min", "2 h 5 min" */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function attention({ pausedAt, mutedUntil }: SessionRow, now: EpochMillis): string {
  if (pausedAt !== undefined) return ", paused";
  return mutedUntil !== undefined && mutedUntil > now ? `, muted for ${duration(mutedUntil - now)}` : "";
}
