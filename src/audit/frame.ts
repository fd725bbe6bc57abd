import { hashSuffix, layout, maxLineBytes, type Chained } from "./chain.ts";
import type { Digest } from "./digest.ts";

const { head, afterSeq, beforePrev, beforeHash } = layout;
const headBytes = Buffer.from(head);
const afterSeqBytes = Buffer.from(afterSeq);
const beforePrevBytes = Buffer.from(beforePrev);
const beforeHashBytes = Buffer.from(`"${beforeHash}`);
const endBytes = Buffer.from('"}');
const hashChars = 64;
/** Bytes from `,"prev":"` to the line's end. */
const suffix = beforePrev.length + hashChars + 1 + hashSuffix;
/** Bytes of a line's time. */
export const timeBytes = "2026-11-21T12:00:00.000Z".length;
/** What a hex digit is worth, by its character code. Others are worth more than any byte, capitals too: aegis does not write them. */
const worth = new Uint16Array(256).fill(256);
for (const [value, digit] of Buffer.from("0123456789abcdef").entries()) worth[digit] = value;

/**
 * A line in the shape of an entry, which says nothing yet of its hash being right. It is read in place: a string for each of its
 * fields would cost more than its hash, so that they are made for whoever asks.
 */
export class Frame implements Chained {
  readonly line: Buffer;
  readonly seq: number;
  readonly #timeAt: number;

  /** @param given.timeAt where the time begins */
  constructor({ line, seq, timeAt }: { line: Buffer; seq: number; timeAt: number }) {
    this.line = line;
    this.seq = seq;
    this.#timeAt = timeAt;
  }

  get prev(): string {
    return this.#text(this.line.length - suffix + beforePrev.length, hashChars);
  }

  get hash(): string {
    return this.#text(this.line.length - hashSuffix + beforeHash.length, hashChars);
  }

  /** When it was written, as it says: ISO 8601. */
  get ts(): string {
    return this.#text(this.#timeAt, timeBytes);
  }

  /** Whether this is its hash. */
  carries(digest: Digest): boolean {
    return spells(this.line, this.line.length - hashSuffix + beforeHash.length, digest);
  }

  /** Whether it was written after the entry with this hash. */
  follows(digest: Digest): boolean {
    return spells(this.line, this.line.length - suffix + beforePrev.length, digest);
  }

  /** Whether its data ends with a number that this stands before. */
  endsWithNumber(before: Buffer): boolean {
    let at = this.line.length - suffix - 2;
    while (isDigit(this.line[at])) at--;
    return holds(this.line, before, at - before.length + 1);
  }

  /** How its time sorts against another: below 0, 0, or above. */
  compareTime(other: Uint8Array): number {
    for (let index = 0; index < timeBytes; index++) {
      const difference = (this.line[this.#timeAt + index] ?? 0) - (other[index] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  copyTime(to: Uint8Array): void {
    for (let index = 0; index < timeBytes; index++) to[index] = this.line[this.#timeAt + index] ?? 0;
  }

  #text(at: number, length: number): string {
    return this.line.toString("latin1", at, at + length);
  }
}

/** undefined: not a line that `link` could have made. */
export function readFrame(line: Buffer): Frame | undefined {
  const { length } = line;
  if (length < head.length + suffix || length > maxLineBytes || !holds(line, headBytes, 0)) return undefined;
  let seq = 0;
  let at = head.length;
  // Fifteen digits are exact. A number is written as JSON.stringify does: it does not begin with 0.
  for (; at < head.length + 15 && isDigit(line[at]); at++) seq = seq * 10 + (line[at] ?? 0) - 48;
  if (seq === 0 || line[head.length] === 48 || !holds(line, afterSeqBytes, at)) return undefined;
  const hasSuffix = holds(line, beforePrevBytes, length - suffix) && holds(line, beforeHashBytes, length - hashSuffix - 1) && holds(line, endBytes, length - 2);
  return hasSuffix ? new Frame({ line, seq, timeAt: at + afterSeq.length }) : undefined;
}

function holds(line: Buffer, expected: Buffer, at: number): boolean {
  for (let index = 0; index < expected.length; index++) if (line[at + index] !== expected[index]) return false;
  return true;
}

/** Whether the hex digits of this digest stand there. */
function spells(line: Buffer, from: number, digest: Digest): boolean {
  let at = from;
  for (let index = 0; index < hashChars / 2; index++, at += 2) if (valueAt(line, at) !== digest.charCodeAt(index)) return false;
  return true;
}

function valueAt(line: Buffer, at: number): number {
  return (worth[line[at] ?? 0] ?? 256) * 16 + (worth[line[at + 1] ?? 0] ?? 256);
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}
