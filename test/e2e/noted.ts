import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import Database from "better-sqlite3";
import type { Desk } from "./desk.ts";

/** Resolves when the store has noted the messages of that many prompts. Its rows ring no bell, so it looks again and again. */
export async function noted(desk: Desk, count: number): Promise<void> {
  const database = new Database(join(desk.home, "aegis.db"), { readonly: true });
  const query = database.prepare<[], { count: number }>("SELECT count(DISTINCT prompt_id) AS count FROM messages");
  while ((query.get()?.count ?? 0) < count) await turn();
  database.close();
}
