import { createHash } from "node:crypto";
import type { Receipt } from "../prompt/reply.ts";
import { beginningOf, contentDigest, maxLineBytes, readEntry, type Link } from "./chain.ts";
import { readFrame } from "./frame.ts";

/** Bytes that are no entry, as `log.recovered` and `log.foreign` acknowledge them. */
export interface Fragment {
  readonly bytes: number;
  readonly lines: number;
  readonly sha256: string;
}

/** What stands behind the newest entry that the replica knows. */
export interface Tail {
  /** Whole entries that go on with the chain: a writer died, or failed, between its line and its commit. */
  readonly adopted: readonly Adopted[];
  /** What is left after them. */
  readonly left: { readonly fragment: Fragment; readonly isTorn: boolean } | undefined;
  /** The last line has no end yet; {@link Fragment} and the last adopted entry count the newline that must follow. */
  readonly isUnterminated: boolean;
}

export interface Adopted extends Link {
  /** Bytes from the tail's begin to this line's end, newline included. */
  readonly end: number;
}

const newline = Buffer.from("\n");
const entryEnd = /,"hash":"[\da-f]{64}"\}$/;

/**
 * Reads a tail. Entries are adopted while they are chained; a fragment is passed only by the entry that acknowledges exactly it,
 * which is how a recovery that was killed half-way is recognised and not done twice.
 */
export function readTail(last: Receipt | undefined, bytes: Buffer): Tail {
  const adopted: Adopted[] = [];
  let tip = last;
  let pieces: Buffer[] = [];
  let at = 0;
  for (const line of linesOf(bytes)) {
    at += line.length + 1;
    const next = chained(line, tip);
    const isSound = pieces.length === 0 || (next !== undefined && acknowledges(line, fragmentOf(pieces)));
    if (next !== undefined && isSound) {
      adopted.push({ ...next, line: line.toString(), end: at });
      tip = next;
      pieces = [];
    } else pieces.push(line);
  }
  const nextSeq = (tip?.seq ?? 0) + 1;
  const left = pieces.length === 0 ? undefined : { fragment: fragmentOf(pieces), isTorn: pieces.every((piece) => isTorn(piece, nextSeq)) };
  return { adopted, left, isUnterminated: bytes.length > 0 && bytes.at(-1) !== 0x0a };
}

/** Where the first entry of one of these types that goes on from `last` begins; undefined: there is none. */
export function findLink(bytes: Buffer, last: Receipt, types: readonly string[]): number | undefined {
  let at = 0;
  for (const line of linesOf(bytes)) {
    if (chained(line, last) !== undefined && types.includes(readEntry(line)?.type ?? "")) return at;
    at += line.length + 1;
  }
  return undefined;
}

/**
 * Whether a writer that died in the middle of entry `seq` could have left this: its beginning, with the zeros of a power loss in place of
 * the rest, or of all but its end. Nothing but zeros can be longer than an entry.
 */
export function isTorn(piece: Buffer, seq: number): boolean {
  if (piece.length === 0 || readFrame(piece) !== undefined) return false;
  const text = piece.toString("latin1");
  const [, begin = "", zeros = "", end = ""] = /^([^\0]*)(\0*)([^]*)$/.exec(text) ?? [];
  if (zeros === text) return true;
  const beginning = beginningOf(seq);
  const isBegun = begin.startsWith(beginning) || beginning.startsWith(begin);
  return isBegun && (end === "" || entryEnd.test(end)) && text.length <= maxLineBytes;
}

/** Whether `line` says that exactly this fragment stands before it. */
export function acknowledges(line: Buffer, { bytes, sha256 }: Fragment): boolean {
  const entry = readEntry(line);
  const isAcknowledgement = entry?.type === "log.recovered" || entry?.type === "log.foreign";
  return isAcknowledgement && entry.data["bytes"] === bytes && entry.data["sha256"] === sha256;
}

function chained(line: Buffer, tip: Receipt | undefined): Receipt | undefined {
  const frame = readFrame(line);
  if (frame?.carries(contentDigest(line)) !== true) return undefined;
  // A log whose replica is gone may begin with a later segment; nothing is known that this could contradict.
  const isFirst = tip === undefined && (frame.seq === 1 || readEntry(line)?.type === "log.segment");
  const follows = tip !== undefined && frame.seq === tip.seq + 1 && frame.prev === tip.hash;
  return isFirst || follows ? { seq: frame.seq, hash: frame.hash } : undefined;
}

function fragmentOf(pieces: readonly Buffer[]): Fragment {
  const sha = createHash("sha256");
  let bytes = 0;
  for (const piece of pieces) {
    sha.update(piece).update(newline);
    bytes += piece.length + 1;
  }
  return { bytes, lines: pieces.length, sha256: sha.digest("hex") };
}

function* linesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; ) {
    const found = bytes.indexOf(0x0a, at);
    const end = found === -1 ? bytes.length : found;
    yield bytes.subarray(at, end);
    at = end + 1;
  }
}
