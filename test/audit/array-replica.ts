import type { AuditRow, Replica } from "../../src/prompt/event.ts";
import type { ReplicaLine, ReplicaReader } from "../../src/audit/replica-check.ts";

/** A replica in an array, with transactions, for tests that need thousands of logs. */
export class ArrayReplica implements Replica, ReplicaReader {
  #rows: AuditRow[] = [];
  #committed: AuditRow[] = [];
  #ever = 0;

  last(): AuditRow | undefined {
    return this.#rows.at(-1);
  }

  insert(row: AuditRow): void {
    this.#rows.push(row);
  }

  commit(): void {
    this.#committed = [...this.#rows];
  }

  rollback(): void {
    this.#rows = [...this.#committed];
  }

  /** Changes rows as an editor of the database would: SQLite still knows the newest number. */
  tamper(change: (rows: readonly AuditRow[]) => AuditRow[]): void {
    this.#ever = this.head().ever;
    this.#committed = change(this.#committed);
  }

  head(): { seq: number; ever: number } {
    const seq = this.#committed.at(-1)?.seq ?? 0;
    return { seq, ever: Math.max(seq, this.#ever) };
  }

  *lines(fromSeq: number): Generator<ReplicaLine, void> {
    for (const { seq, end, line } of this.#committed) if (seq >= fromSeq) yield { seq, end, line: Buffer.from(line) };
  }
}
