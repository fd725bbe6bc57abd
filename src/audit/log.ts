import { randomUUID } from "node:crypto";
import type { EpochMillis } from "../async/clock.ts";
import type { AuditEvent, AuditRow, Replica, Some } from "../prompt/event.ts";
import type { Receipt } from "../prompt/reply.ts";
import { LogFile } from "./log-file.ts";
import { Page, type LogWriter } from "./page.ts";
import { recover } from "./recovery.ts";
import { isFinished, startSegment } from "./segments.ts";

/**
 * The audit log: JSON lines, each with the SHA-256 of the one before.
 *
 * `append` runs inside the transaction that writes the state it attests, which is also the lock between processes. The line is on
 * the disk before it returns, so a committed row means a durable line: a file shorter than its replica was tampered with, and one
 * that is longer was left by a crash. Recovery acknowledges what a crash left; it never cuts anything.
 */
export class AuditLog implements Disposable {
  readonly #path: string;
  readonly #writer: LogWriter;
  #segmentBytes: number;
  #file: LogFile | undefined;

  /** @param given.segmentBytes the size at which the log goes on in a new file */
  constructor(given: { path: string; writer: LogWriter; segmentBytes?: number }) {
    this.#path = given.path;
    this.#writer = given.writer;
    this.#segmentBytes = given.segmentBytes ?? 64 * 2 ** 20;
  }

  /** One entry for each event, and one fsync for all. Throws LogTrouble when the file is not the one that the replica remembers, and the system's error when it can't be written. */
  append([first, ...more]: Some<AuditEvent>, replica: Replica): Some<Receipt> {
    const { at } = first;
    try {
      const file = this.#settled(replica, at);
      const page = this.#page(replica.last(), file.size, at);
      const receipts: Some<Receipt> = [receiptOf(page.add(first)), ...more.map((event) => receiptOf(page.add(event)))];
      write(page, file, replica);
      return receipts;
    } catch (error) {
      // After a failure nothing is believed that this descriptor said.
      this.#release();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    this.#release();
  }

  /** The file, with the replica's newest entry at its end. */
  #settled(replica: Replica, at: EpochMillis): LogFile {
    const file = this.#open(replica.last(), replica, at);
    const page = this.#page(replica.last(), file.size, at);
    recover(file, page);
    page.noteAdopted();
    if (page.last === undefined) page.note("log.genesis", { format: 1, install: randomUUID(), aegis: this.#writer.version });
    write(page, file, replica);
    const last = replica.last();
    // What stands in a finished file must have been committed: one that a transaction took back could not be gone on from.
    const isClean = page.rows.length === 0;
    const isFull = isClean && last !== undefined && file.size >= this.#segmentBytes;
    return isFull ? (this.#turn(last, replica, at) ?? file) : file;
  }

  #open(last: AuditRow | undefined, replica: Replica, at: EpochMillis): LogFile {
    if (this.#file?.isInPlace() === true) return this.#file;
    this.#release();
    const isBetweenFiles = last !== undefined && isFinished(this.#path, last);
    const file = LogFile.open(this.#path) ?? (isBetweenFiles ? this.#turn(last, replica, at) : undefined);
    return (this.#file = file ?? LogFile.create(this.#path));
  }

  /** Goes on in a new file. undefined: the old one may not be renamed, and is gone on with. */
  #turn(last: AuditRow, replica: Replica, at: EpochMillis): LogFile | undefined {
    const page = this.#page(last, 0, at);
    const next = startSegment(this.#path, page);
    if (next === undefined) {
      this.#segmentBytes = Infinity;
      return undefined;
    }
    this.#release();
    for (const row of page.rows) replica.insert(row);
    return (this.#file = next);
  }

  #page(last: AuditRow | undefined, size: number, at: EpochMillis): Page {
    return new Page(this.#writer, { last, size, at });
  }

  #release(): void {
    this.#file?.[Symbol.dispose]();
    this.#file = undefined;
  }
}

function receiptOf({ seq, hash }: Receipt): Receipt {
  return { seq, hash };
}

function write(page: Page, file: LogFile, replica: Replica): void {
  for (const row of page.rows) replica.insert(row);
  const { bytes } = page;
  if (bytes.length > 0) file.append(bytes);
}
