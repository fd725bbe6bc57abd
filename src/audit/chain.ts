import { hash } from "node:crypto";
import type { Json } from "../prompt/event.ts";
import type { Receipt } from "../prompt/reply.ts";

/** What an entry says, apart from its place in the chain. */
export interface Entry {
  /** ISO 8601, UTC, milliseconds; informative: the order is `seq`. */
  readonly ts: string;
  /** Milliseconds of the machine's monotonic clock; with `boot` it shows when the calendar's clock jumped. */
  readonly mono: number;
  /** The kernel's boot id; "" where there is none. */
  readonly boot: string;
  readonly sid: string | null;
  readonly pid: number;
  readonly type: string;
  readonly data: { readonly [key: string]: Json };
}

/** A line of the log without its newline, and its place. */
export interface Link extends Receipt {
  readonly line: string;
}

/** What stands at the fixed places of a line. */
export interface Frame extends Receipt {
  readonly prev: string;
}

/** What the first entry links to. */
export const noHash = "0".repeat(64);

/** Bytes. One write of a line this long reaches the file whole or is seen as torn. */
export const maxLineBytes = 16 * 1024;

const head = '{"v":1,"seq":';
const afterSeq = ',"ts":"';
const beforePrev = ',"prev":"';
const beforeHash = ',"hash":"';
/** `,"hash":"` + 64 + `"}` */
const hashSuffix = beforeHash.length + 64 + 2;
/** `,"prev":"` + 64 + `"` before it */
const suffix = beforePrev.length + 64 + 1 + hashSuffix;
const isoLength = "2026-11-21T12:00:00.000Z".length;
const headBytes = Buffer.from(head);
const afterSeqBytes = Buffer.from(afterSeq);
const beforePrevBytes = Buffer.from(beforePrev);
const beforeHashBytes = Buffer.from(`"${beforeHash}`);
const endBytes = Buffer.from('"}');

/**
 * The next line of the chain. Its hash covers the bytes as written, up to `,"hash":"`, so that no canonical form is needed:
 * `head -c` and `sha256sum` check it by hand. Data that would make the line too long is replaced by its size and hash.
 */
export function link(previous: Receipt | undefined, entry: Entry): Link {
  const seq = (previous?.seq ?? 0) + 1;
  const prev = previous?.hash ?? noHash;
  const whole = unsealed(seq, prev, entry);
  const body = Buffer.byteLength(whole) + hashSuffix <= maxLineBytes ? whole : unsealed(seq, prev, { ...entry, data: summary(entry) });
  const digest = hash("sha256", body);
  return { seq, hash: digest, line: `${body}${beforeHash}${digest}"}` };
}

function unsealed(seq: number, prev: string, { ts, mono, boot, sid, pid, type, data }: Entry): string {
  const fields = JSON.stringify({ ts, mono, boot, sid, pid, type, data }).slice(1, -1);
  return `${head}${seq},${fields}${beforePrev}${prev}"`;
}

function summary({ data }: Entry): Entry["data"] {
  const text = JSON.stringify(data);
  return { tooLong: { bytes: Buffer.byteLength(text), sha256: hash("sha256", text) } };
}

/**
 * Reads the fixed places; undefined: not a line that {@link link} could have made. Says nothing of the hash being right, and so
 * nothing of the characters in it. Bytes are compared in place: a string for each costs more than hashing the line.
 */
export function readFrame(line: Buffer): Frame | undefined {
  const length = line.length;
  if (length < head.length + suffix || length > maxLineBytes || !holds(line, headBytes, 0)) return undefined;
  const seq = readSeq(line);
  if (seq === undefined) return undefined;
  const hasSuffix = holds(line, beforePrevBytes, length - suffix) && holds(line, beforeHashBytes, length - hashSuffix - 1) && holds(line, endBytes, length - 2);
  if (!hasSuffix) return undefined;
  const end = line.toString("latin1", length - suffix + beforePrev.length, length - 2);
  return { seq, prev: end.slice(0, 64), hash: end.slice(-64) };
}

function holds(line: Buffer, expected: Buffer, at: number): boolean {
  for (let index = 0; index < expected.length; index++) if (line[at + index] !== expected[index]) return false;
  return true;
}

/** undefined: no number, or one that is written in another way than JSON.stringify does. */
function readSeq(line: Buffer): number | undefined {
  let seq = 0;
  let at = head.length;
  for (; at < head.length + 15; at++) {
    const digit = (line[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) break;
    seq = seq * 10 + digit;
  }
  return seq > 0 && line[head.length] !== 48 && holds(line, afterSeqBytes, at) ? seq : undefined;
}

/** When an entry was written, as it says: ISO 8601. Reads the fixed place only. */
export function timeIn(line: Buffer, seq: number): string {
  const at = head.length + String(seq).length + afterSeq.length;
  return line.toString("latin1", at, at + isoLength);
}

/** The hash that a line of this content must carry. */
export function contentHash(line: Buffer): string {
  return hash("sha256", line.subarray(0, line.length - hashSuffix));
}

/** The line's fields; undefined: it does not parse. */
export function readEntry(line: Buffer | string): (Entry & Frame) | undefined {
  try {
    const entry: unknown = JSON.parse(line.toString());
    return isEntry(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry & Frame {
  if (typeof value !== "object" || value === null) return false;
  const { ts, type, data, seq, prev, hash }: Partial<Record<keyof (Entry & Frame), unknown>> = value;
  const texts = [ts, type, prev, hash].every((text) => typeof text === "string");
  return texts && typeof seq === "number" && typeof data === "object" && data !== null;
}

/** How the line with this number begins: what a torn one can be told by. */
export function beginningOf(seq: number): string {
  return `${head}${seq}${afterSeq}`;
}
