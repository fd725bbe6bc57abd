import { readFileSync } from "node:fs";
import type { AuditRow } from "../prompt/event.ts";
import type { LogFile } from "./log-file.ts";
import { LogTrouble } from "./log-trouble.ts";
import type { Page } from "./page.ts";
import { lastSeqOf, segmentsOf } from "./segments.ts";
import { findLink, isTorn, readTail } from "./tail.ts";

/**
 * Brings the page level with what the file holds behind the replica's newest entry. Runs under the transaction that is also the
 * lock, and is itself safe to kill at any point: what it writes is recognised the next time.
 */
export function recover(file: LogFile, page: Page): void {
  if (page.last !== undefined && stands(file, page.last)) return readOn(file, page, page.last.end);
  adoptSegments(file.path, page);
  const { last } = page;
  const start = last === undefined ? 0 : startOfNews(file, last);
  if (start === undefined) noteShrunk(file, page, last?.end ?? 0);
  else readOn(file, page, start);
}

function stands(file: LogFile, { line, end }: AuditRow): boolean {
  const bytes = Buffer.from(`${line}\n`);
  return file.read(end - bytes.length, bytes.length).equals(bytes);
}

/** Where the file goes on from an entry that does not stand in it; undefined: nowhere, because the entry was cut off. */
function startOfNews(file: LogFile, last: AuditRow): number | undefined {
  const bytes = file.read(0, file.size);
  const start = findLink(bytes, last, ["log.shrunk", "log.segment"]);
  const isCut = bytes.length < last.end || isTorn(bytes.subarray(bytes.lastIndexOf(10) + 1), last.seq + 1);
  if (start !== undefined || isCut) return start;
  throw new LogTrouble(`${file.path} is not the log that aegis wrote: entry ${last.seq} is not where it was ("aegis audit verify" tells more)`);
}

function noteShrunk(file: LogFile, page: Page, expected: number): void {
  const { size } = file;
  if (size > 0 && file.read(size - 1, 1)[0] !== 0x0a) page.terminate();
  page.note("log.shrunk", { expected, found: size });
}

function readOn(file: LogFile, page: Page, start: number): void {
  const bytes = file.read(start, file.size - start);
  if (bytes.length === 0) return;
  const tail = readTail(page.last, bytes);
  // The writer that left this may have failed in its fsync.
  file.rewrite(start, bytes);
  for (const found of tail.adopted) page.adopt(found, start);
  if (tail.isUnterminated) page.terminate();
  if (tail.left !== undefined) page.note(tail.left.isTorn ? "log.recovered" : "log.foreign", { ...tail.left.fragment });
}

/** Takes over finished files that the replica does not know: it was lost, or is an older copy. */
function adoptSegments(path: string, page: Page): void {
  for (const segment of segmentsOf(path)) {
    if ((lastSeqOf(path, segment) ?? 0) <= (page.last?.seq ?? 0)) continue;
    const bytes = readFileSync(segment);
    const start = page.last === undefined ? 0 : endIn(bytes, page.last);
    for (const found of readTail(page.last, bytes.subarray(start)).adopted) page.adopt(found, start);
  }
}

/** Where the entry ends in a file; 0: it does not stand there. */
function endIn(bytes: Buffer, { line, end }: AuditRow): number {
  const expected = Buffer.from(`${line}\n`);
  return bytes.subarray(end - expected.length, end).equals(expected) ? end : 0;
}
