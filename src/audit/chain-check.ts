import type { Receipt } from "../prompt/reply.ts";
import { contentHash, noHash, readEntry, readFrame, type Frame } from "./chain.ts";
import { Gaps } from "./gaps.ts";
import type { Findings, Place } from "./problem.ts";
import { Stray } from "./stray.ts";

/** Who else looks at the entries. */
export interface Onlooker {
  /** Sees each sound entry that stands in its turn. */
  entry(frame: Frame, line: Buffer, place: Place): void;
  /** Whether it has said already that the first of two entries with this number is the forged one. */
  knowsForged(seq: number): boolean;
  /** Whether the writer of this entry lived to commit it, as far as anyone can tell. */
  isCommitted(seq: number): boolean;
}

/** Entries before the first, which an entry must say were removed on purpose. */
interface Purged {
  readonly lastSeq: number;
  readonly lastHash: string;
  readonly place: Place;
}

/** How far back a repeated entry is told from a forged one by its hash. */
const remembered = 8_192;
const hashChars = 64;
const shrunkBytes = Buffer.from(',"type":"log.shrunk",');

/** Follows the chain line by line in constant memory, and says where it breaks and how. */
export class ChainCheck {
  readonly #findings: Findings;
  readonly #gaps: Gaps;
  readonly #onlooker: Onlooker;
  /** As bytes: a string that is kept for each line makes the heap grow with the log. */
  readonly #hashes = Buffer.alloc(remembered * hashChars);
  #next: number;
  /** What the next entry may link to. undefined: that can't be known. */
  #tip: string | undefined;
  /** The hash that a modified line should have had: its successor links to either. */
  #otherTip: string | undefined;
  #forkTip: string | undefined;
  #stray: Stray | undefined;
  #purged: Purged | undefined;
  /** Lines that could not be read just before, which may stand for numbers that are skipped. */
  #unread = 0;
  #entries = 0;
  #first: number | undefined;
  #head: Receipt | undefined;
  #lastGood: Receipt | undefined;
  #beforeLastGood: Receipt | undefined;

  /** @param given.from the first entry to look at; 1: the chain's begin is checked too */
  constructor(given: { findings: Findings; from: number; onlooker: Onlooker }) {
    this.#findings = given.findings;
    this.#gaps = new Gaps(given.findings);
    this.#onlooker = given.onlooker;
    this.#next = given.from;
    this.#tip = given.from === 1 ? noHash : undefined;
  }

  /** Entries read, bad ones included. */
  get entries(): number {
    return this.#entries;
  }

  /** The number of the first entry; undefined: none was read. */
  get first(): number | undefined {
    return this.#first;
  }

  /** The number that the next entry will have. */
  get next(): number {
    return this.#next;
  }

  /** The newest sound entry that stands in its turn; undefined: there is none. */
  get head(): Receipt | undefined {
    return this.#head;
  }

  /** The newest entry before the first bad line. */
  get lastGood(): Receipt | undefined {
    return this.#lastGood;
  }

  /** @param isWhole false: the line goes on in the next call */
  line(line: Buffer, isWhole: boolean, place: Place): void {
    const frame = isWhole && this.#stray?.isInLine !== true ? readFrame(line) : undefined;
    if (frame === undefined) return this.#addStray(line, isWhole, place);
    const content = contentHash(line);
    const isSound = content === frame.hash;
    if (this.#stray !== undefined) this.#passStray(this.#stray, isSound ? { line, seq: frame.seq } : undefined);
    this.#entries++;
    this.#first ??= frame.seq;
    if (isSound) this.#sound(frame, line, place);
    else this.#modified(frame, content, place);
  }

  /**
   * The end of the log.
   *
   * @param rest       what stands after the last newline
   * @param coveredTo  the newest entry that is known to have been written whole; 0: none
   */
  finish(rest: Buffer, place: Place, coveredTo: number): void {
    if (rest.length > 0) this.#unterminated(rest, place, coveredTo);
    const stray = this.#stray;
    const isCut = coveredTo >= this.#next;
    if (stray !== undefined && !stray.isTorn) this.#findings.error("malformed", stray.place, linesOf(stray, "not written by aegis"));
    else if (stray !== undefined && !isCut) this.#findings.warning("torn", stray.place, "a writer died in this line; the next one will acknowledge it");
    if (isCut) this.#findings.error("truncated", stray?.place ?? place, `the log ends here, but entries up to ${coveredTo} were written`, this.#next);
    if (this.#purged === undefined) return;
    this.#lastGood = undefined;
    const { lastSeq, place: begin } = this.#purged;
    this.#findings.error("missing", begin, `entries 1 to ${lastSeq} should stand before this one, and none says that they were purged`, 1);
  }

  #addStray(line: Buffer, isWhole: boolean, place: Place): void {
    this.#stray ??= new Stray(place);
    this.#stray.add(line, { nextSeq: this.#next, isWhole });
  }

  /** @param next the sound entry after it; undefined: the line after it isn't sound */
  #passStray(stray: Stray, next: { line: Buffer; seq: number } | undefined): void {
    this.#stray = undefined;
    const type = next && readEntry(next.line)?.type;
    const isAcknowledged = next !== undefined && stray.isAcknowledgedBy(next.line);
    // The half of a line that a cut left is told with the gap that follows.
    const isCut = next !== undefined && type === "log.shrunk" && next.seq > this.#next;
    if (isAcknowledged && type === "log.recovered" && stray.isTorn) {
      this.#findings.warning("torn-recovered", stray.place, "a writer died in this line, and the next one acknowledged it");
    } else if (isAcknowledged) {
      this.#findings.error("foreign", stray.place, linesOf(stray, "not written by aegis, which noticed"));
    } else if (!isCut) {
      this.#findings.error("malformed", stray.place, linesOf(stray, "not as aegis writes"));
      this.#unread = stray.lines;
    }
  }

  #modified(frame: Frame, content: string, place: Place): void {
    this.#findings.error("modified", place, "the content does not match its own hash", this.#next);
    this.#tip = frame.hash;
    this.#otherTip = content;
    this.#next++;
  }

  #sound(frame: Frame, line: Buffer, place: Place): void {
    if (frame.seq < this.#next) return this.#earlier(frame, place);
    const isGap = frame.seq - this.#next > this.#unread;
    if (isGap) this.#openGap(frame, line, place);
    else if (frame.seq === this.#next) this.#checkLink(frame, place);
    this.#hashes.write(frame.hash, (frame.seq % remembered) * hashChars, "latin1");
    this.#next = frame.seq + 1;
    this.#tip = frame.hash;
    this.#otherTip = undefined;
    this.#unread = 0;
    if (this.#purged !== undefined) this.#readPurge(this.#purged, line);
    // A cut that took no entry, or one that was put back, is told by this notice alone.
    if (!isGap && line.includes(shrunkBytes) && readEntry(line)?.type === "log.shrunk") this.#findings.error("truncated", place, "aegis had found the log cut here", frame.seq);
    this.#onlooker.entry(frame, line, place);
    this.#head = { seq: frame.seq, hash: frame.hash };
    if (this.#findings.hasBadLine) return;
    this.#beforeLastGood = this.#lastGood;
    this.#lastGood = this.#head;
  }

  #checkLink({ prev, seq }: Frame, place: Place): void {
    const isLinked = this.#tip === undefined || prev === this.#tip || prev === this.#otherTip;
    // The other branch of a fork that was named already goes on here.
    if (isLinked || prev === this.#forkTip) return;
    // One of the two was made anew, so the one before is not proven either.
    if (!this.#findings.hasBadLine) this.#lastGood = this.#beforeLastGood;
    this.#findings.error("broken-link", place, `the hash of the entry before is ${short(this.#tip)}, this one was written after ${short(prev)}`, seq);
  }

  #openGap({ seq, prev }: Frame, line: Buffer, place: Place): void {
    // The log's begin may have been removed on purpose: an entry further down then says so.
    if (this.#next === 1) this.#purged = { lastSeq: seq - 1, lastHash: prev, place };
    else this.#gaps.open({ from: this.#next, to: seq - 1 }, place, readEntry(line)?.type === "log.shrunk");
  }

  #readPurge({ lastSeq, lastHash }: Purged, line: Buffer): void {
    const entry = readEntry(line);
    // Files are removed only when the entry that says so was committed.
    const isPurge = entry?.type === "log.purged" && this.#onlooker.isCommitted(entry.seq);
    if (!isPurge) return;
    const purgedTo = Number(entry.data["lastSeq"]);
    // Killed while it removed the files, a purge leaves the newer ones; the chain through them is the proof then.
    const isThis = purgedTo > lastSeq || (purgedTo === lastSeq && entry.data["lastHash"] === lastHash);
    if (isThis) this.#purged = undefined;
  }

  /** An entry whose turn is over. */
  #earlier({ seq, hash }: Frame, place: Place): void {
    const { lastSeq = 0, place: begin = place } = this.#purged ?? {};
    if (seq <= lastSeq) return void this.#findings.error("reordered", begin, `entries up to ${lastSeq} should stand here`, seq);
    if (this.#gaps.fill(seq)) return;
    const at = (seq % remembered) * hashChars;
    const isSame = seq >= this.#next - remembered && this.#hashes.toString("latin1", at, at + hashChars) === hash;
    if (isSame) return void this.#findings.error("duplicated", place, `entry ${seq} stands here once more`, seq);
    this.#forkTip = hash;
    if (!this.#onlooker.knowsForged(seq)) this.#findings.error("forked", place, `another entry has the number ${seq} too`, seq);
  }

  #unterminated(rest: Buffer, place: Place, coveredTo: number): void {
    const frame = readFrame(rest);
    const isWhole = this.#stray === undefined && frame?.seq === this.#next && contentHash(rest) === frame.hash;
    if (!isWhole) return this.line(rest, frame !== undefined, place);
    const isCovered = coveredTo >= frame.seq;
    this.line(rest, true, place);
    if (isCovered) this.#findings.error("torn", place, "the newline of the last line is gone", frame.seq);
    else this.#findings.warning("torn", place, "a writer died before the end of this line; the next one will finish it", frame.seq);
  }
}

function linesOf({ lines }: Stray, what: string): string {
  return lines === 1 ? `this line is ${what}` : `these ${lines} lines are ${what}`;
}

function short(hash: string | undefined): string {
  return hash === undefined ? "unknown" : `${hash.slice(0, 8)}…`;
}
