import { hash } from "node:crypto";
import type { Json } from "../prompt/event.ts";
import type { Receipt } from "../prompt/reply.ts";
import type { Digest } from "./digest.ts";

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

/** What binds an entry to the one before. */
export interface Chained extends Receipt {
  readonly prev: string;
}

/** What the first entry links to. */
export const noHash = "0".repeat(64);

/** Bytes. One write of a line this long reaches the file whole or is seen as torn. */
export const maxLineBytes = 16 * 1024;

/** How a line is laid out: the number and the time stand at fixed places from its begin, the two hashes from its end. */
export const layout = { head: '{"v":1,"seq":', afterSeq: ',"ts":"', beforePrev: ',"prev":"', beforeHash: ',"hash":"' } as const;
const { head, afterSeq, beforePrev, beforeHash } = layout;
/** Bytes from `,"hash":"` to the line's end, which the hash does not cover. */
export const hashSuffix = beforeHash.length + 64 + 2;

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

/** The hash that a line of this content must carry. */
export function contentDigest(line: Buffer): Digest {
  return hash("sha256", line.subarray(0, line.length - hashSuffix), "binary");
}

/** The line's fields; undefined: it does not parse. */
export function readEntry(line: Buffer | string): (Entry & Chained) | undefined {
  try {
    const entry: unknown = JSON.parse(line.toString());
    return isEntry(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry & Chained {
  if (typeof value !== "object" || value === null) return false;
  const { ts, type, data, seq, prev, hash }: Partial<Record<keyof (Entry & Chained), unknown>> = value;
  const texts = [ts, type, prev, hash].every((text) => typeof text === "string");
  return texts && typeof seq === "number" && typeof data === "object" && data !== null;
}

/** How the line with this number begins: what a torn one can be told by. */
export function beginningOf(seq: number): string {
  return `${head}${seq}${afterSeq}`;
}
