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
const hex = /^[0-9a-f]{64}$/;

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

/** Reads the fixed places; undefined: not a line that {@link link} could have made. Says nothing of the hash being right. */
export function readFrame(line: Buffer): Frame | undefined {
  const length = line.length;
  if (length < head.length + suffix || length > maxLineBytes) return undefined;
  if (line.toString("latin1", 0, head.length) !== head) return undefined;
  const seq = readSeq(line);
  if (seq === undefined) return undefined;
  // One slice, then substrings of it: crossing into the buffer is what costs here.
  const end = line.toString("latin1", length - suffix);
  if (!end.startsWith(beforePrev) || end.slice(suffix - hashSuffix - 1, suffix - 66) !== `"${beforeHash}` || !end.endsWith('"}')) return undefined;
  const prev = end.slice(beforePrev.length, beforePrev.length + 64);
  const digest = end.slice(-66, -2);
  return hex.test(prev) && hex.test(digest) ? { seq, prev, hash: digest } : undefined;
}

function readSeq(line: Buffer): number | undefined {
  let seq = 0;
  let at = head.length;
  for (; at < head.length + 15; at++) {
    const digit = (line[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) break;
    seq = seq * 10 + digit;
  }
  const plain = seq > 0 && line[head.length] !== 48;
  return plain && line.toString("latin1", at, at + afterSeq.length) === afterSeq ? seq : undefined;
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
