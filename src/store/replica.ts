import type { Database, Statement } from "better-sqlite3";
import type { AuditRow, Replica } from "../prompt/event.ts";
import type { EventFilter, Witness } from "./store.ts";

interface EventRecord {
  readonly seq: number;
  readonly end: number;
  readonly line: string;
  readonly hash: string;
  readonly type: string;
  readonly ts: string;
  readonly sid: string | null;
}

/** Rows per query. A statement that is still being read would keep the connection from writing. */
const pageRows = 500;
const columns = "seq, end, line, hash, type, ts, sid";

/** The audit log's copy in the database, and who has seen what of it. */
export class SqliteReplica implements Replica {
  readonly #sql: Database;
  readonly #last: Statement<[], EventRecord>;
  readonly #insert: Statement<[number, number, string]>;

  constructor(sql: Database) {
    this.#sql = sql;
    this.#last = sql.prepare(`SELECT ${columns} FROM audit_events ORDER BY seq DESC LIMIT 1`);
    this.#insert = sql.prepare("INSERT INTO audit_events (seq, end, line) VALUES (?, ?, ?)");
  }

  last(): AuditRow | undefined {
    const record = this.#last.get();
    return record && rowOf(record);
  }

  insert({ seq, end, line }: AuditRow): void {
    this.#insert.run(seq, end, line);
  }

  forget(upToSeq: number): void {
    this.#sql.prepare("DELETE FROM audit_events WHERE seq <= ?").run(upToSeq);
  }

  addWitness({ source, seq, hash, at }: Witness): void {
    this.#sql.prepare("INSERT OR REPLACE INTO witnesses (source, seq, hash, at) VALUES (?, ?, ?, ?)").run(source, seq, hash, at);
  }

  lastWitness(): Witness | undefined {
    return this.#sql.prepare<[], Witness>("SELECT source, seq, hash, at FROM witnesses ORDER BY seq DESC LIMIT 1").get();
  }

  /** Oldest first. */
  *events({ fromSeq = 0, last, sessionId, type }: EventFilter): Generator<AuditRow> {
    const matches = "seq >= @from AND (@sessionId IS NULL OR sid = @sessionId) AND (@type IS NULL OR type = @type)";
    const given = { sessionId: sessionId ?? null, type: type ?? null };
    let from = last === undefined ? fromSeq : this.#startOf(last, matches, { ...given, from: fromSeq });
    const page = this.#sql.prepare<object, EventRecord>(`SELECT ${columns} FROM audit_events WHERE ${matches} ORDER BY seq LIMIT ${pageRows}`);
    for (;;) {
      const records = page.all({ ...given, from });
      yield* records.map(rowOf);
      const end = records.at(-1);
      if (end === undefined || records.length < pageRows) return;
      from = end.seq + 1;
    }
  }

  #startOf(last: number, matches: string, given: object): number {
    const newest = `SELECT seq FROM audit_events WHERE ${matches} ORDER BY seq DESC LIMIT @last`;
    const found = this.#sql.prepare<object, { seq: number | null }>(`SELECT min(seq) AS seq FROM (${newest})`).get({ ...given, last });
    return found?.seq ?? Number.MAX_SAFE_INTEGER;
  }
}

function rowOf({ seq, end, line, hash, type, ts, sid }: EventRecord): AuditRow {
  return { seq, end, line, hash, type, at: Date.parse(ts), sessionId: sid ?? undefined };
}
