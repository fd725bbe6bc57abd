import type { Database } from "better-sqlite3";
import type { EpochMillis } from "../async/clock.ts";
import type { SessionId } from "../prompt/prompt.ts";
import type { Attention, SessionFilter, SessionRow, SessionStart } from "./store.ts";

interface SessionRecord {
  readonly id: string;
  readonly name: string;
  readonly command: string;
  readonly cwd: string;
  readonly pid: number;
  readonly channel: string;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly exit_code: number | null;
  readonly paused_at: number | null;
  readonly muted_until: number | null;
  readonly prompts: number;
  readonly answered: number;
}

/** Rows of `sessions`. */
export class SessionTable {
  readonly #sql: Database;

  constructor(sql: Database) {
    this.#sql = sql;
  }

  insert({ id, name, command, cwd, pid, channel, startedAt }: SessionStart): void {
    this.#sql
      .prepare("INSERT INTO sessions (id, name, command, cwd, pid, channel, started_at) VALUES (?, ?, ?, ?, ?, ?, ?)")
      .run(id, name, JSON.stringify(command), cwd, pid, channel, startedAt);
  }

  /** false: there is no such session, or it has ended. */
  end(id: SessionId, { exitCode, at }: { exitCode: number | undefined; at: EpochMillis }): boolean {
    const ended = this.#sql.prepare("UPDATE sessions SET ended_at = ?, exit_code = ? WHERE id = ? AND ended_at IS NULL").run(at, exitCode ?? null, id);
    return ended.changes === 1;
  }

  setAttention(id: SessionId, { pausedAt, mutedUntil }: Attention): void {
    this.#sql.prepare("UPDATE sessions SET paused_at = ?, muted_until = ? WHERE id = ?").run(pausedAt ?? null, mutedUntil ?? null, id);
  }

  /** Newest first. */
  rows({ last = -1, running = false, id }: SessionFilter): SessionRow[] {
    const conditions = ["TRUE", ...(running ? ["ended_at IS NULL"] : []), ...(id === undefined ? [] : ["id = @id"])];
    return this.#sql
      .prepare<object, SessionRecord>(
        `SELECT *, (SELECT count(*) FROM prompts WHERE session_id = sessions.id) AS prompts,
           (SELECT count(decided_at) FROM prompts WHERE session_id = sessions.id) AS answered
         FROM sessions WHERE ${conditions.join(" AND ")} ORDER BY started_at DESC, rowid DESC LIMIT @last`,
      )
      .all({ last, id })
      .map(rowOf);
  }
}

function rowOf(record: SessionRecord): SessionRow {
  const { id, name, cwd, pid, channel, prompts, answered } = record;
  const command: string[] = JSON.parse(record.command);
  return {
    id,
    name,
    command,
    cwd,
    pid,
    channel,
    startedAt: record.started_at,
    endedAt: record.ended_at ?? undefined,
    exitCode: record.exit_code ?? undefined,
    pausedAt: record.paused_at ?? undefined,
    mutedUntil: record.muted_until ?? undefined,
    prompts,
    answered,
  };
}
