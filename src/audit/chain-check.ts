import type { Receipt } from "../prompt/reply.ts";
import { contentDigest, noHash, readEntry } from "./chain.ts";
import { beginOf, digestOf, hexOf, shortHash, type Digest } from "./digest.ts";
import { readFrame, type Frame } from "./frame.ts";
import { Gaps } from "./gaps.ts";
import type { Findings, Place } from "./problem.ts";
import { Stray } from "./stray.ts";

/** Who else looks at the entries. */
export interface Onlooker {
  /** Sees each sound entry that stands in its turn. */
  entry(frame: Frame, place: Place): void;
  /** Whether it has said already that the first of two entries with this number is the forged one. */
  knowsForged(seq: number): boolean;
  /** Whether the writer of this entry lived to commit it, as far as anyone can tell. */
  isCommitted(seq: number): boolean;
}

/** An entry's number and hash. */
interface Digested {
  readonly seq: number;
  readonly digest: Digest;
}

/** Entries before the first, which an entry must say were removed on purpose. */
interface Purged {
  readonly lastSeq: number;
  readonly lastHash: string;
  readonly place: Place;
}

/** How far back a repeated entry is told from a forged one by its hash. */
const remembered = 8_192;
/** How the data of "log.shrunk" ends, but for a number. To look for the type itself in every line takes a quarter of the time of its hash. */
const endOfShrunk = Buffer.from(',"found":');
const purgedBytes = Buffer.from(',"type":"log.purged",');

/** Follows the chain line by line in constant memory, and says where it breaks and how. */
export class ChainCheck {
  readonly #findings: Findings;
  readonly #gaps: Gaps;
  readonly #onlooker: Onlooker;
  /** Of each hash as much as the phone shows: a string that is kept for each line makes the heap grow with the log. */
  readonly #hashes = new Int32Array(remembered);
  #next: number;
  /** What the next entry may link to. undefined: that can't be known. */
  #tip: Digest | undefined;
  /** The hash that a modified line should have had: its successor links to either. */
  #otherTip: Digest | undefined;
  #forkTip: string | undefined;
  #stray: Stray | undefined;
  #purged: Purged | undefined;
  /** Lines that could not be read just before, which may stand for numbers that are skipped. */
  #unread = 0;
  #entries = 0;
  #first: number | undefined;
  #head: Digested | undefined;
  #lastGood: Digested | undefined;
  #beforeLastGood: Digested | undefined;

  /** @param given.from the first entry to look at; 1: the chain's begin is checked too */
  constructor(given: { findings: Findings; from: number; onlooker: Onlooker }) {
    this.#findings = given.findings;
    this.#gaps = new Gaps(given.findings);
    this.#onlooker = given.onlooker;
    this.#next = given.from;
    this.#tip = given.from === 1 ? digestOf(noHash) : undefined;
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
    return this.#head && receiptOf(this.#head);
  }

  /** The newest entry before the first bad line. */
  get lastGood(): Receipt | undefined {
    return this.#lastGood && receiptOf(this.#lastGood);
  }

  /** @param isWhole false: the line goes on in the next call */
  line(line: Buffer, isWhole: boolean, place: Place): void {
    const frame = isWhole && this.#stray?.isInLine !== true ? readFrame(line) : undefined;
    if (frame === undefined) return this.#addStray(line, isWhole, place);
    const digest = contentDigest(line);
    const isSound = frame.carries(digest);
    if (this.#stray !== undefined) this.#passStray(this.#stray, isSound ? frame : undefined);
    this.#entries++;
    this.#first ??= frame.seq;
    if (isSound) this.#sound(frame, digest, place);
    else this.#modified(frame, digest, place);
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

  /** What stands after the last newline of a finished file, which ended with one when it was finished. */
  rest(rest: Buffer, place: Place): void {
    this.line(rest, true, place);
    if (this.#stray === undefined) this.#findings.error("torn", place, "the newline of the last line is gone", this.#next - 1);
  }

  #addStray(line: Buffer, isWhole: boolean, place: Place): void {
    this.#stray ??= new Stray(place);
    this.#stray.add(line, { nextSeq: this.#next, isWhole });
  }

  /** @param next the sound entry after it; undefined: the line after it isn't sound */
  #passStray(stray: Stray, next: Frame | undefined): void {
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

  #modified(frame: Frame, digest: Digest, place: Place): void {
    this.#findings.error("modified", place, "the content does not match its own hash", this.#next);
    this.#tip = digestOf(frame.hash);
    this.#otherTip = digest;
    this.#next++;
  }

  #sound(frame: Frame, digest: Digest, place: Place): void {
    const { seq } = frame;
    if (seq < this.#next) return this.#earlier(frame, digest, place);
    const isGap = seq - this.#next > this.#unread;
    if (isGap) this.#openGap(frame, place);
    else if (seq === this.#next) this.#checkLink(frame, place);
    this.#hashes[seq % remembered] = beginOf(digest);
    this.#next = seq + 1;
    this.#tip = digest;
    this.#otherTip = undefined;
    this.#unread = 0;
    if (this.#purged !== undefined && frame.line.includes(purgedBytes)) this.#readPurge(this.#purged, frame);
    // A cut that took no entry, or one that was put back, is told by this notice alone.
    const isShrunk = !isGap && frame.endsWithNumber(endOfShrunk) && readEntry(frame.line)?.type === "log.shrunk";
    if (isShrunk) this.#findings.error("truncated", place, "aegis had found the log cut here", seq);
    this.#onlooker.entry(frame, place);
    this.#head = { seq, digest };
    if (this.#findings.hasBadLine) return;
    this.#beforeLastGood = this.#lastGood;
    this.#lastGood = this.#head;
  }

  #checkLink(frame: Frame, place: Place): void {
    const isLinked = this.#tip === undefined || frame.follows(this.#tip) || (this.#otherTip !== undefined && frame.follows(this.#otherTip));
    if (isLinked) return;
    const { prev, seq } = frame;
    // The other branch of a fork that was named already goes on here.
    if (prev === this.#forkTip) return;
    // One of the two was made anew, so the one before is not proven either.
    if (!this.#findings.hasBadLine) this.#lastGood = this.#beforeLastGood;
    this.#findings.error("broken-link", place, `the hash of the entry before is ${this.#tip === undefined ? "unknown" : shortHash(hexOf(this.#tip))}, this one was written after ${shortHash(prev)}`, seq);
  }

  #openGap({ seq, prev, line }: Frame, place: Place): void {
    const isCut = readEntry(line)?.type === "log.shrunk";
    // The log's begin may have been removed on purpose: an entry further down then says so.
    if (this.#next === 1 && !isCut) this.#purged = { lastSeq: seq - 1, lastHash: prev, place };
    else this.#gaps.open({ from: this.#next, to: seq - 1 }, place, isCut);
  }

  #readPurge({ lastSeq, lastHash }: Purged, { line }: Frame): void {
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
  #earlier(frame: Frame, digest: Digest, place: Place): void {
    const { seq } = frame;
    const { lastSeq = 0, place: begin = place } = this.#purged ?? {};
    if (seq <= lastSeq) return void this.#findings.error("reordered", begin, `entries up to ${lastSeq} should stand here`, seq);
    if (this.#gaps.fill(seq)) return;
    const isSame = seq >= this.#next - remembered && this.#hashes[seq % remembered] === beginOf(digest);
    if (isSame) return void this.#findings.error("duplicated", place, `entry ${seq} stands here once more`, seq);
    this.#forkTip = frame.hash;
    if (!this.#onlooker.knowsForged(seq)) this.#findings.error("forked", place, `another entry has the number ${seq} too`, seq);
  }

  #unterminated(rest: Buffer, place: Place, coveredTo: number): void {
    const frame = readFrame(rest);
    const isWhole = this.#stray === undefined && frame?.seq === this.#next && frame.carries(contentDigest(rest));
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

function receiptOf({ seq, digest }: Digested): Receipt {
  return { seq, hash: hexOf(digest) };
}
