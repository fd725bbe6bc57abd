import { readFileSync } from "node:fs";
import type { AuditRow } from "../prompt/event.ts";
import type { LogFile } from "./log-file.ts";
import { LogTrouble } from "./log-trouble.ts";
import type { Page } from "./page.ts";
import { segmentsOf } from "./segments.ts";
import { findLink, isTorn, readTail } from "./tail.ts";

/**
 * Brings the page level with what the file holds behind the replica's newest entry. Runs under the transaction that is also the
 * lock, and is itself safe to kill at any point: what it writes is recognised the next time.
 */
export function recover(file: LogFile, page: Page): void {
  const { size } = file;
  const last = page.last;
  const start = last === undefined ? 0 : endOfKnown(file, last, size);
  if (start === undefined) noteShrunk(file, page, { expected: last?.end ?? 0, found: size });
  else if (start < size) readOn(file, page, start, size);
}

/** Where the replica's newest entry ends in the file, or where what was written after its loss begins; undefined: it is lost, and that is news. */
function endOfKnown(file: LogFile, last: AuditRow, size: number): number | undefined {
  const line = Buffer.from(`${last.line}\n`);
  if (file.read(last.end - line.length, line.length).equals(line)) return last.end;
  const bytes = file.read(0, size);
  const begin = findLink(bytes, last, ["log.shrunk", "log.segment"]);
  const isCut = size < last.end || isTorn(bytes.subarray(bytes.lastIndexOf(10) + 1), last.seq + 1);
  if (begin !== undefined || isCut) return begin;
  throw new LogTrouble(`${file.path} is not the log that aegis wrote: entry ${last.seq} is not where it was ("aegis audit verify" tells more)`);
}

function noteShrunk(file: LogFile, page: Page, found: { expected: number; found: number }): void {
  const isUnterminated = found.found > 0 && file.read(found.found - 1, 1)[0] !== 0x0a;
  if (isUnterminated) page.terminate();
  page.note("log.shrunk", found);
}

function readOn(file: LogFile, page: Page, start: number, size: number): void {
  const bytes = file.read(start, size - start);
  const tail = readTail(page.last, bytes);
  // The writer that left this may have failed in its fsync.
  file.rewrite(start, bytes);
  for (const found of tail.adopted) page.adopt(found, start);
  if (tail.isUnterminated) page.terminate();
  if (tail.left !== undefined) page.note(tail.left.isTorn ? "log.recovered" : "log.foreign", { ...tail.left.fragment });
}

/** Rebuilds a lost replica from the log's finished files. */
export function adoptSegments(path: string, page: Page): void {
  for (const segment of segmentsOf(path)) for (const found of readTail(page.last, readFileSync(segment)).adopted) page.adopt(found, 0);
}
