import type { Database, Statement } from "better-sqlite3";
import type { EpochMillis } from "../async/clock.ts";
import type { Prompt, PromptId, SessionId } from "../prompt/prompt.ts";
import type { MessageRef, Receipt } from "../prompt/reply.ts";
import type { PromptRecord } from "./prompt-rows.ts";
import type { PromptFilter, PromptStatus, StoredNonce } from "./store.ts";

/** Rows of `prompts`, `nonces` and `messages`. Every step of a prompt is an UPDATE guarded by the status it steps from. */
export class PromptTable {
  readonly #sql: Database;
  readonly #one: Statement<[PromptId], PromptRecord>;
  readonly #fresh: Statement<[SessionId, number], PromptRecord>;
  readonly #hasOpen: Statement<[SessionId]>;

  constructor(sql: Database) {
    this.#sql = sql;
    this.#one = sql.prepare("SELECT * FROM prompts WHERE id = ?");
    this.#fresh = sql.prepare("SELECT * FROM prompts WHERE session_id = ? AND status IN ('decided', 'injecting') AND decision_seq > ? ORDER BY decision_seq");
    this.#hasOpen = sql.prepare("SELECT 1 FROM prompts WHERE session_id = ? AND status = 'open'");
  }

  insert({ id, sessionId, detection, openedAt, expiresAt }: Prompt, nonces: readonly StoredNonce[]): void {
    this.#sql
      .prepare("INSERT INTO prompts (id, session_id, detection, opened_at, expires_at) VALUES (?, ?, ?, ?, ?)")
      .run(id, sessionId, JSON.stringify(detection), openedAt, expiresAt);
    const insert = this.#sql.prepare("INSERT INTO nonces (prompt_id, slot, recipient, hash) VALUES (?, ?, ?, ?)");
    for (const { slot, recipient, hash } of nonces) insert.run(id, String(slot), recipient, hash);
  }

  get(id: PromptId): PromptRecord | undefined {
    return this.#one.get(id);
  }

  /** Those of a session that stand in one of these states, oldest first. "+": few do, so that no index on the time is to be gone through. */
  standing(sessionId: SessionId, states: readonly PromptStatus[]): PromptRecord[] {
    return this.#sql
      .prepare<[SessionId], PromptRecord>(`SELECT * FROM prompts WHERE session_id = ? AND ${standsIn(states)} ORDER BY +opened_at, rowid`)
      .all(sessionId);
  }

  hasOpen(sessionId: SessionId): boolean {
    return this.#hasOpen.get(sessionId) !== undefined;
  }

  /** Decisions that wait to be typed, or are being typed, made after the audit entry `afterSeq`. */
  decidedAfter(sessionId: SessionId, afterSeq: number): PromptRecord[] {
    return this.#fresh.all(sessionId, afterSeq);
  }

  /** Newest first. */
  rows({ last = -1, open = false, sessionId, id, shownBy }: PromptFilter): PromptRecord[] {
    const conditions = [
      "TRUE",
      ...(open ? ["status = 'open'"] : []),
      ...(sessionId === undefined ? [] : ["session_id = @sessionId"]),
      ...(id === undefined ? [] : ["id = @id"]),
      ...(shownBy === undefined ? [] : ["id = (SELECT prompt_id FROM messages WHERE recipient = @recipient AND id = @message)"]),
    ];
    return this.#sql
      .prepare<object, PromptRecord>(`SELECT * FROM prompts WHERE ${conditions.join(" AND ")} ORDER BY ${open ? "+" : ""}opened_at DESC, rowid DESC LIMIT @last`)
      .all({ last, sessionId, id, recipient: shownBy?.recipient, message: shownBy?.id });
  }

  /** Steps to `status` from one of `from`; false: it stood elsewhere. */
  step(id: PromptId, from: readonly PromptStatus[], status: PromptStatus): boolean {
    return this.#sql.prepare(`UPDATE prompts SET status = ? WHERE id = ? AND ${standsIn(from)}`).run(status, id).changes === 1;
  }

  /** A last step. The text of a reply is erased, and with it the salt that a guess at a secret would need. */
  finish(id: PromptId, from: readonly PromptStatus[], end: { status: PromptStatus; why: string | null; at: EpochMillis }): boolean {
    if (!this.step(id, from, end.status)) return false;
    this.#sql
      .prepare("UPDATE prompts SET why = ?, closed_at = ?, answer_text = NULL, answer_salt = iif(detection ->> '$.secret', NULL, answer_salt) WHERE id = ?")
      .run(end.why, end.at, id);
    return true;
  }

  attested(id: PromptId, { seq }: Receipt): void {
    this.#sql.prepare("UPDATE prompts SET decision_seq = ? WHERE id = ?").run(seq, id);
  }

  addMessages(promptId: PromptId, messages: readonly MessageRef[]): void {
    const insert = this.#sql.prepare("INSERT OR IGNORE INTO messages (recipient, id, prompt_id) VALUES (?, ?, ?)");
    for (const { recipient, id } of messages) insert.run(recipient, id, promptId);
  }

  messages(promptId: PromptId): MessageRef[] {
    return this.#sql.prepare<[PromptId], MessageRef>("SELECT recipient, id FROM messages WHERE prompt_id = ? ORDER BY recipient, id").all(promptId);
  }

  /** Which prompt a message shows; undefined: none of ours. */
  shownBy({ recipient, id }: MessageRef): PromptId | undefined {
    const found = this.#sql.prepare<[string, string], { prompt_id: PromptId }>("SELECT prompt_id FROM messages WHERE recipient = ? AND id = ?");
    return found.get(recipient, id)?.prompt_id;
  }
}

/** Written out as the indexes have it: SQLite takes no other words for theirs. */
function standsIn(states: readonly PromptStatus[]): string {
  return states.length === 1 ? `status = '${states[0]}'` : `status IN (${states.map((state) => `'${state}'`).join(", ")})`;
}
