import type { Receipt } from "./reply.ts";

/** "#217·9f2c41aa": an entry of the audit log as people are shown it, and as `aegis audit verify --expect` takes it. */
export function receiptMark({ seq, hash }: Receipt): string {
  return `#${seq}·${hash.slice(0, 8)}`;
}
