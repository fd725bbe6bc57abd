import { statSync } from "node:fs";
import { Failure } from "./failure.ts";

/** A line of aegis.log. */
export interface LogEntry {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly level: string;
  /** The session that wrote it. */
  readonly session: string;
  readonly message: string;
}

const form = /^(\d{4}-\S+Z) (error|warn|info|debug) (\S+) (.*)$/;

/** @returns undefined for a line that aegis did not write, or has not finished */
function parseLogLine(line: string): LogEntry | undefined {
  const [, at, level, session, message] = form.exec(line) ?? [];
  if (at === undefined || level === undefined || session === undefined || message === undefined) return undefined;
  return { at, level, session, message };
}

/**
 * Whether there is a log to read.
 * @throws Failure when something else stands in its place: to read a FIFO would wait for ever
 */
export function hasLog(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found !== undefined && !found.isFile()) throw new Failure(`${path} is not a file`, "move it away; the next run makes a new one");
  return found !== undefined;
}

/** The entries of a text, oldest first. */
export function logEntries(text: string): LogEntry[] {
  return text.split("\n").flatMap((line) => parseLogLine(line) ?? []);
}
