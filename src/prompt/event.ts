import type { EpochMillis } from "../async/clock.ts";
import type { Receipt } from "./reply.ts";
import type { SessionId } from "./prompt.ts";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One thing that happened, as the audit log records it. Reply texts and nonces never stand in `data`. */
export interface AuditEvent {
  /** "session.start", "prompt.detected", "prompt.sent", "decision", "decision.rejected", "inject.intent", "inject.done", … */
  readonly type: string;
  readonly at: EpochMillis;
  readonly sessionId: SessionId | undefined;
  readonly data: { readonly [key: string]: Json };
}

/** A log entry as its replica keeps it. */
export interface AuditRow extends Receipt {
  readonly type: string;
  readonly at: EpochMillis;
  readonly sessionId: SessionId | undefined;
  /** The file's size in bytes after this entry's line. */
  readonly end: number;
  /** The line as written, without its newline. */
  readonly line: string;
}

/** The replica's table inside the transaction that writes the state an entry attests. */
export interface Replica {
  last(): AuditRow | undefined;
  insert(row: AuditRow): void;
}

/** Appends one entry for each event to the log inside the caller's transaction: a committed row means a durable line. */
export type Attest = (events: Some<AuditEvent>, replica: Replica) => Some<Receipt>;

/** At least one. */
export type Some<T> = readonly [T, ...T[]];
