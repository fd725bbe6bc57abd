import { lstatSync, type Stats } from "node:fs";
import { basename } from "node:path";
import { faultOf } from "./log-file.ts";
import { LineReader } from "./line-reader.ts";
import type { Findings } from "./problem.ts";
import { lastSeqOf, segmentsOf, segmentUpTo } from "./segments.ts";

/** The files of a log as a verifier finds them. */
export interface LogFiles {
  /** Finished ones, oldest first. */
  readonly segments: readonly string[];
  /** The one that is written to; undefined: it is missing, or nothing that can be read. */
  readonly current: LineReader | undefined;
  /** All of them without their folder, in order. */
  readonly names: readonly string[];
}

/** @param given.committed the newest entry that was committed. @param given.from the first entry that is to be looked at */
export function openFiles(path: string, { findings, committed, from }: { findings: Findings; committed: number; from: number }): LogFiles {
  // Opened before the others are listed: if the log goes on in a new file meanwhile, this one is both, and is told by its inode.
  const current = isReadable(path, findings) ? LineReader.open(path) : undefined;
  const inode = current?.stats.ino;
  const segments = segmentsOf(path).filter((segment) => lstatSync(segment, { throwIfNoEntry: false })?.ino !== inode && (lastSeqOf(path, segment) ?? 0) >= from);
  const isBetweenFiles = segments.at(-1) === segmentUpTo(path, committed);
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined && !isBetweenFiles)
    findings.error("missing-file", { file: basename(path), line: 0, offset: 0 }, `${path} is gone`);
  return { segments: segments.filter((segment) => isReadable(segment, findings)), current, names: [...segments, path].map((file) => basename(file)) };
}

/** false: it can't be read as a log at all. */
function isReadable(path: string, findings: Findings): boolean {
  return checkFile(path, findings)?.isFile() === true;
}

/** Says what is wrong with the file itself. @returns undefined: there is none */
export function checkFile(path: string, findings: Findings): Stats | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  const fault = stats && faultOf(stats);
  if (fault !== undefined) findings.error(fault.kind, { file: basename(path), line: 0, offset: 0 }, `${path} ${fault.why}`);
  return stats;
}
