import type { Database } from "better-sqlite3";
import type { EpochMillis } from "../async/clock.ts";
import type { Recipient } from "../prompt/nonce.ts";
import { verbs, type Order, type OrderId } from "../prompt/order.ts";
import type { SessionId } from "../prompt/prompt.ts";
import type { MessageRef } from "../prompt/reply.ts";

interface OrderRecord {
  readonly id: string;
  readonly session_id: string | null;
  readonly verb: string;
  readonly argument: string;
  readonly recipient: string;
  readonly by_channel: string;
  readonly by_id: string;
  readonly by_name: string;
  readonly message_id: string | null;
  readonly at: number;
}

/** Rows of `orders`, and of `notes`: which session a message of ours is about. */
export class OrderTable {
  readonly #sql: Database;

  constructor(sql: Database) {
    this.#sql = sql;
  }

  insert({ id, sessionId, verb, argument, recipient, by, message, at }: Order): void {
    this.#sql
      .prepare("INSERT INTO orders (id, session_id, verb, argument, recipient, by_channel, by_id, by_name, message_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .run(id, sessionId ?? null, verb, argument, recipient, by.channel, by.id, by.name, message?.id ?? null, at);
  }

  /** Says which session an order is for; false: it has one, or is somebody else's. */
  address(id: OrderId, to: { sessionId: SessionId; recipient: Recipient }): boolean {
    return this.#sql.prepare("UPDATE orders SET session_id = @sessionId WHERE id = @id AND session_id IS NULL AND recipient = @recipient").run({ id, ...to }).changes === 1;
  }

  isWaiting(sessionId: SessionId): boolean {
    return this.#sql.prepare("SELECT 1 FROM orders WHERE session_id = ? AND taken_at IS NULL").get(sessionId) !== undefined;
  }

  /** Takes the oldest order of a session, which nobody gets again; its text is erased. undefined: none waits. */
  take(sessionId: SessionId, at: EpochMillis): Order | undefined {
    const record = this.#sql.prepare<[string], OrderRecord>("SELECT * FROM orders WHERE session_id = ? AND taken_at IS NULL ORDER BY at, rowid LIMIT 1").get(sessionId);
    if (record === undefined) return undefined;
    this.#sql.prepare("UPDATE orders SET taken_at = ?, argument = '' WHERE id = ?").run(at, record.id);
    return orderOf(record);
  }

  addNote(sessionId: SessionId, { recipient, id }: MessageRef): void {
    this.#sql.prepare("INSERT OR REPLACE INTO notes (recipient, id, session_id) VALUES (?, ?, ?)").run(recipient, id, sessionId);
  }

  /** Which session a message is about; undefined: none that we know. */
  sessionOf({ recipient, id }: MessageRef): SessionId | undefined {
    const found = this.#sql.prepare<object, { session_id: string }>(
      `SELECT session_id FROM notes WHERE recipient = @recipient AND id = @id
       UNION ALL SELECT session_id FROM messages JOIN prompts ON prompts.id = messages.prompt_id WHERE messages.recipient = @recipient AND messages.id = @id`,
    );
    return found.get({ recipient, id })?.session_id;
  }
}

/** undefined: a verb that this aegis does not know. */
function orderOf({ id, session_id, verb, argument, recipient, by_channel, by_id, by_name, message_id, at }: OrderRecord): Order | undefined {
  const known = verbs.find((name) => name === verb);
  if (known === undefined) return undefined;
  return {
    id,
    sessionId: session_id ?? undefined,
    verb: known,
    argument,
    recipient,
    by: { channel: by_channel, id: by_id, name: by_name },
    message: message_id === null ? undefined : { recipient, id: message_id },
    at,
  };
}
