import { messageOf } from "../async/message-of.ts";
import { contentDigest } from "./chain.ts";
import { shortHash } from "./digest.ts";
import { readFrame, type Frame } from "./frame.ts";
import type { Findings, Place, ProblemKind } from "./problem.ts";

/** A row of the log's copy. */
export interface ReplicaLine {
  readonly seq: number;
  readonly end: number;
  /** Its bytes. */
  readonly line: Buffer;
}

/** The log's copy. Its methods throw when the database is damaged. */
export interface ReplicaReader {
  /** The newest row's number now, and the newest entry that it has ever known; 0: none. */
  head(): { readonly seq: number; readonly ever: number };
  /** Oldest first, from this number on. */
  lines(fromSeq: number): Iterator<ReplicaLine, void>;
}

/**
 * Entries in a row that can be without their rows. A transaction writes three at most, and whoever finds what a writer left when it died
 * notes that it takes it over: more than this, with some to spare, had been committed.
 */
const mostUncommitted = 16;
const adoptedBytes = Buffer.from(',"type":"log.adopted",');

/** Compares the file's entries with their rows, both in order. */
export class ReplicaCheck {
  readonly #replica: ReplicaReader;
  readonly #findings: Findings;
  readonly #head: { readonly seq: number; readonly ever: number };
  readonly #lines: Iterator<ReplicaLine, void>;
  readonly #forged = new Map<number, (kind: ProblemKind, detail: string) => void>();
  #row: ReplicaLine | void;
  #isReadable = true;
  /** How far the replica's ends are from those of the file, and of which file. */
  #shift: { readonly file: string; readonly bytes: number } | undefined;
  /** Entries after those that the replica had when we began which take over what others left. The newest of them, as many as matter. */
  readonly #takeovers: number[] = [];
  /** A run of entries without a row. */
  #missing: { readonly from: number; to: number; readonly rename: (kind: ProblemKind, detail: string) => void } | undefined;

  /** Throws when the database is damaged. */
  constructor(replica: ReplicaReader, { findings, from }: { findings: Findings; from: number }) {
    this.#replica = replica;
    this.#findings = findings;
    this.#head = replica.head();
    this.#lines = replica.lines(from);
    this.#row = this.#lines.next().value;
  }

  /** The newest entry that had been committed when we began: it was written whole. 0: none. */
  get committed(): number {
    return this.#head.ever;
  }

  entry({ seq, line }: Frame, place: Place): void {
    while (this.#row !== undefined && this.#row.seq < seq) this.#row = this.#advance(place);
    if (this.#row?.seq === seq) this.#compare(this.#row, line, place);
    else if (seq > this.#head.seq) this.#noteTakeover(seq, line);
    else if (this.#isReadable) this.#miss(seq, place);
  }

  knowsForged(seq: number): boolean {
    const rename = this.#forged.get(seq);
    rename?.("forked", `another entry has the number ${seq} too, and the replica has that one`);
    return rename !== undefined;
  }

  /** Whether this entry is not in the replica now. */
  isBehind(seq: number): boolean {
    return this.#isReadable && this.#replica.head().seq < seq;
  }

  /** @param next the number after the file's last entry */
  finish(next: number, place: Place): void {
    const last = next - 1;
    if (!this.isBehind(last)) return;
    const { seq, ever } = this.#replica.head();
    const which = last === seq + 1 ? `entry ${last} was` : `entries ${seq + 1} to ${last} were`;
    const lost = this.#longestRun(seq, last);
    if (ever > seq) this.#findings.error("replica-behind", place, `the replica ends with entry ${seq}, but once had entries up to ${ever}`, seq + 1);
    else if (lost > mostUncommitted) this.#findings.error("replica-behind", place, `the replica ${seq === 0 ? "is empty" : `ends with entry ${seq}`}, and no writer that died leaves ${lost} entries without their rows: it was exchanged or set back`, seq + 1);
    else this.#findings.warning("uncommitted", place, `${which} written by a process that died, or has not finished`, seq + 1);
  }

  #noteTakeover(seq: number, line: Buffer): void {
    if (!line.includes(adoptedBytes)) return;
    this.#takeovers.push(seq);
    if (this.#takeovers.length > 1_000) this.#takeovers.shift();
  }

  /** How many entries follow each other in this part of the log that take nothing over. */
  #longestRun(after: number, last: number): number {
    let longest = 0;
    let begin = after;
    for (const seq of [...this.#takeovers.filter((takeover) => takeover > after), last + 1]) {
      longest = Math.max(longest, seq - begin - 1);
      begin = seq;
    }
    return longest;
  }

  #advance(place: Place): ReplicaLine | void {
    try {
      return this.#lines.next().value;
    } catch (error) {
      this.#isReadable = false;
      this.#findings.error("replica-corrupt", place, `the database is damaged: ${messageOf(error)}`);
    }
  }

  #compare(row: ReplicaLine, line: Buffer, place: Place): void {
    if (row.line.equals(line)) return this.#compareEnd(row, line, place);
    const frame = readFrame(row.line);
    if (frame?.seq !== row.seq || !frame.carries(contentDigest(row.line))) {
      this.#findings.error("replica-modified", place, `the replica's copy of entry ${row.seq} does not match its own hash`, row.seq);
      return;
    }
    const detail = `the replica has another entry ${row.seq}, with hash ${shortHash(frame.hash)}`;
    const rename = this.#findings.error("replica-mismatch", place, detail, row.seq);
    // As many as anyone will read about.
    if (this.#forged.size < 1_000) this.#forged.set(row.seq, rename);
  }

  /** What was put in or taken out further up shifts all ends that follow, and is told there. */
  #compareEnd({ seq, end }: ReplicaLine, line: Buffer, place: Place): void {
    const bytes = end - (place.offset + line.length + 1);
    const isShiftedAlike = this.#shift?.file !== place.file || this.#shift.bytes === bytes;
    this.#shift = { file: place.file, bytes };
    if (isShiftedAlike || this.#findings.hasBadLine) return;
    this.#findings.error("replica-modified", place, `the replica says that entry ${seq} ends at byte ${end}`, seq);
  }

  #miss(seq: number, place: Place): void {
    if (this.#missing?.to === seq - 1) {
      this.#missing.to = seq;
      this.#missing.rename("replica-missing", `the replica has no entries ${this.#missing.from} to ${seq}`);
    } else {
      const rename = this.#findings.error("replica-missing", place, `the replica has no entry ${seq}`, seq);
      this.#missing = { from: seq, to: seq, rename };
    }
  }
}
