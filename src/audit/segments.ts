import { chmodSync, existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { AuditRow } from "../prompt/event.ts";
import { isNotPermitted, LogFile, syncFolder } from "./log-file.ts";
import type { Page } from "./page.ts";

/** The finished files of a log, oldest first: audit.181203.jsonl, named after its last entry, beside audit.log. */
export function segmentsOf(path: string): string[] {
  const folder = dirname(path);
  return readdirSync(folder)
    .filter((name) => lastSeqOf(path, name) !== undefined)
    .sort((a, b) => (lastSeqOf(path, a) ?? 0) - (lastSeqOf(path, b) ?? 0))
    .map((name) => join(folder, name));
}

/** Whether anything was ever written to the log. */
export function logExists(path: string): boolean {
  return existsSync(path) || (existsSync(dirname(path)) && segmentsOf(path).length > 0);
}

/** The newest entry of a finished file, by its name; undefined: not a finished file of this log. */
export function lastSeqOf(path: string, segment: string): number | undefined {
  const stem = stemOf(path);
  const name = basename(segment);
  const seq = name.startsWith(stem) ? /^\.([1-9]\d*)\.jsonl$/.exec(name.slice(stem.length))?.[1] : undefined;
  return seq === undefined ? undefined : Number(seq);
}

export function segmentUpTo(path: string, seq: number): string {
  return join(dirname(path), `${stemOf(path)}.${seq}.jsonl`);
}

function stemOf(path: string): string {
  return basename(path).replace(/\.[^.]*$/, "");
}

/** Whether the log has no file only because its writer died between two renames of {@link startSegment}. */
export function isFinished(path: string, last: AuditRow): boolean {
  return statSync(segmentUpTo(path, last.seq), { throwIfNoEntry: false })?.size === last.end;
}

/**
 * Goes on in a new file, whose first entry names the finished one; the chain runs through, which is all the proof it needs.
 * The new file takes the log's name only when its first entry is on the disk. Killed between the two renames, the log has no file
 * but a segment that ends with the replica's newest entry: called again, this finishes the step.
 *
 * @param page an empty page for the new file, after the finished one's last entry
 * @returns    undefined: the file is append-only (chattr +a) and may not be renamed
 */
export function startSegment(path: string, page: Page): LogFile | undefined {
  const finished = segmentUpTo(path, page.last?.seq ?? 0);
  const draft = `${path}.new`;
  rmSync(draft, { force: true });
  page.note("log.segment", { after: basename(finished) });
  using file = LogFile.create(draft);
  file.append(page.bytes);
  if (existsSync(path) && !finish(path, finished)) return undefined;
  renameSync(draft, path);
  syncFolder(dirname(path));
  return LogFile.mustOpen(path);
}

function finish(path: string, finished: string): boolean {
  try {
    renameSync(path, finished);
    chmodSync(finished, 0o400);
    return true;
  } catch (error) {
    if (isNotPermitted(error)) return false;
    throw error;
  }
}
