import type { Database } from "better-sqlite3";
import type { EpochMillis } from "../async/clock.ts";
import type { SessionId } from "../prompt/prompt.ts";

/** Which session does what only one may do at a time. */
export class LeaseTable {
  readonly #sql: Database;

  constructor(sql: Database) {
    this.#sql = sql;
  }

  holder(name: string): SessionId | undefined {
    return this.#sql.prepare<[string], { holder: SessionId }>("SELECT holder FROM leases WHERE name = ?").get(name)?.holder;
  }

  /** Takes it from `over`, or when nobody has it; false: somebody else was faster. */
  take(name: string, lease: { holder: SessionId; over: SessionId | undefined; at: EpochMillis }): boolean {
    const upsert = `INSERT INTO leases (name, holder, at) VALUES (@name, @holder, @at)
      ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, at = excluded.at WHERE leases.holder = @over`;
    return this.#sql.prepare(upsert).run({ name, ...lease, over: lease.over ?? null }).changes === 1;
  }

  release(name: string, holder: SessionId): void {
    this.#sql.prepare("DELETE FROM leases WHERE name = ? AND holder = ?").run(name, holder);
  }
}
