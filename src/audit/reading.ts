import { lstatSync } from "node:fs";
import { watch } from "node:fs/promises";
import { dirname } from "node:path";
import type { EpochMillis } from "../async/clock.ts";
import type { SessionId } from "../prompt/prompt.ts";
import { readEntry, type Chained, type Entry } from "./chain.ts";
import { LineReader, type OnLine } from "./line-reader.ts";
import { segmentsOf } from "./segments.ts";

/** An entry as it stands in the file, unverified. */
export type LogEntry = Entry & Chained;

/** Called for each entry with its line. */
export type OnLogEntry = (entry: LogEntry, line: string) => void;

/** Which entries are wanted; a key that is missing wants all. */
export interface EntryFilter {
  readonly session?: SessionId;
  /** The type, or the begin of it up to a dot: "decision" also wants "decision.rejected". */
  readonly type?: string;
  readonly since?: EpochMillis;
  /** This millisecond not included. */
  readonly until?: EpochMillis;
}

export function isWanted({ sid, type, ts }: LogEntry, filter: EntryFilter): boolean {
  if (filter.session !== undefined && sid !== filter.session) return false;
  if (filter.type !== undefined && type !== filter.type && !type.startsWith(`${filter.type}.`)) return false;
  const at = Date.parse(ts);
  return at >= (filter.since ?? -Infinity) && at < (filter.until ?? Infinity);
}

/** Reads all files of a log, oldest entry first. @returns lines that are no entries, which a verifier can tell more of */
export function readLog(path: string, onEntry: OnLogEntry): { strays: number } {
  let strays = 0;
  for (const more of readPieces(path, onEntry)) strays += more;
  return { strays };
}

/** The same piece by piece, for whoever waits in between or has enough. Yields how many lines of the piece are no entries. */
export function* readPieces(path: string, onEntry: OnLogEntry): Generator<number, void> {
  // Opened before the others are listed: if the log goes on in a new file meanwhile, this one is both, and is told by its inode.
  using current = openedLog(path);
  const inode = current?.stats.ino;
  for (const segment of segmentsOf(path).filter((file) => inodeOf(file) !== inode)) {
    using reader = openedLog(segment);
    if (reader !== undefined) yield* piecesOf(reader, onEntry);
  }
  if (current !== undefined) yield* piecesOf(current, onEntry);
}

function* piecesOf(reader: LineReader, onEntry: OnLogEntry): Generator<number, void> {
  let strays = 0;
  const onLine = sorting(onEntry, () => strays++);
  while (reader.step(onLine)) {
    yield strays;
    strays = 0;
  }
}

/** The log's own name, which its first entry gives; undefined: that entry was purged, or can't be read. */
export function installOf(path: string): string | undefined {
  using reader = openedLog(segmentsOf(path)[0] ?? path);
  let entry: LogEntry | undefined;
  let isFirst = true;
  reader?.step((line, isWhole) => {
    if (isFirst && isWhole) entry = readEntry(line);
    isFirst = false;
  });
  const install = entry?.type === "log.genesis" ? entry.data["install"] : undefined;
  return typeof install === "string" ? install : undefined;
}

/** Reads what is appended from now on, across changes of files, until `signal` aborts. Waits for the system to tell of a change. */
export async function followLog(path: string, onEntry: OnLogEntry, signal: AbortSignal): Promise<void> {
  const follower = new Follower(path, onEntry);
  try {
    const changes = watch(dirname(path), { signal })[Symbol.asyncIterator]();
    // Asked for before looking, so that nothing happens unseen in between.
    for (let change = changes.next(); !signal.aborted; change = changes.next()) {
      follower.look();
      await change;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    follower[Symbol.dispose]();
  }
}

/** Where a follower stands. */
class Follower implements Disposable {
  readonly #path: string;
  readonly #onLine: OnLine;
  #reader: LineReader | undefined;

  constructor(path: string, onEntry: OnLogEntry) {
    this.#path = path;
    this.#onLine = sorting(onEntry, () => undefined);
    this.#reader = openedLog(path);
    this.#reader?.pump(() => undefined);
  }

  look(): void {
    this.#reader?.pump(this.#onLine);
    if (inodeOf(this.#path) === this.#reader?.stats.ino) return;
    const next = openedLog(this.#path);
    if (next !== undefined) this.#turn(next);
  }

  /** The log went on in a new file, perhaps more than once since the last look. */
  #turn(next: LineReader): void {
    using old = this.#reader;
    this.#reader = next;
    // Something may have been appended to it between that look and its end.
    old?.pump(this.#onLine);
    const finished = segmentsOf(this.#path);
    const inodes = finished.map(inodeOf);
    const isNextFinished = inodes.includes(next.stats.ino);
    for (const file of finished.slice(inodes.indexOf(old?.stats.ino) + 1, isNextFinished ? inodes.indexOf(next.stats.ino) : undefined)) {
      using reader = openedLog(file);
      reader?.pump(this.#onLine);
    }
    next.pump(this.#onLine);
  }

  [Symbol.dispose](): void {
    this.#reader?.[Symbol.dispose]();
  }
}

/** Hands on entries. @param onStray called for each line that is none */
function sorting(onEntry: OnLogEntry, onStray: () => void): OnLine {
  return (bytes, isWhole) => {
    const line = bytes.toString();
    const entry = isWhole ? readEntry(line) : undefined;
    if (entry === undefined) onStray();
    else onEntry(entry, line);
  };
}

/** undefined: there is none now, or a FIFO or a link in its place, which is not read: it could hang us, or be anything. */
function openedLog(path: string): LineReader | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true ? LineReader.open(path) : undefined;
}

/** undefined: there is no such file. */
function inodeOf(path: string): number | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.ino;
}
