import { rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { EpochMillis } from "../async/clock.ts";
import type { Json } from "../prompt/event.ts";
import { readEntry, type Chained, type Entry } from "./chain.ts";
import { LineReader } from "./line-reader.ts";
import { syncFolder } from "./log-file.ts";
import { segmentsOf } from "./segments.ts";

/** Finished files that may go, and what the log must say of them before they do. */
export interface Purge {
  readonly files: readonly string[];
  readonly lastSeq: number;
  /** The data of the entry "log.purged", by which a verifier knows that the log's begin was removed on purpose. */
  readonly data: { readonly [key: string]: Json };
}

/**
 * The finished files that hold nothing newer than `before`; undefined: there are none. Only whole files go, the oldest first, and
 * the one that is written to never.
 *
 * @param given.reason, given.by  why, and who wants it: for the log
 */
export function purgeBefore(path: string, before: EpochMillis, given: { reason: string; by: string }): Purge | undefined {
  const old: Array<{ file: string; first: Entry & Chained; last: Entry & Chained }> = [];
  for (const file of segmentsOf(path)) {
    const ends = endsOf(file);
    if (ends === undefined || Date.parse(ends.last.ts) >= before) break;
    old.push({ file, ...ends });
  }
  const [oldest, newest] = [old[0], old.at(-1)];
  if (oldest === undefined || newest === undefined) return undefined;
  const files = old.map(({ file }) => file);
  const { seq: lastSeq, hash: lastHash } = newest.last;
  return { files, lastSeq, data: { firstSeq: oldest.first.seq, lastSeq, lastHash, files: files.map((file) => basename(file)), ...given } };
}

/** Removes the files. Called once the entry that says so is committed: killed before, the log only says more than was done. */
export function removeFiles({ files }: Purge): void {
  for (const file of files) rmSync(file, { force: true });
  for (const folder of new Set(files.map((file) => dirname(file)))) syncFolder(folder);
}

/** undefined: the file does not begin and end with an entry. */
function endsOf(file: string): { first: Entry & Chained; last: Entry & Chained } | undefined {
  using reader = new LineReader(file);
  let begin: Buffer | undefined;
  let end: Buffer | undefined;
  reader.pump((line) => {
    begin ??= Buffer.from(line);
    end = Buffer.from(line);
  });
  const first = begin && readEntry(begin);
  const last = end && readEntry(end);
  return first && last && { first, last };
}
