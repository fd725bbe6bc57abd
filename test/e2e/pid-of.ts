import { join } from "node:path";
import Database from "better-sqlite3";
import type { Desk } from "./desk.ts";

/** The process of the aegis that runs the session of this name. */
export function pidOf({ home }: Desk, name: string): number {
  const database = new Database(join(home, "aegis.db"), { readonly: true });
  const row = database.prepare<[string], { pid: number }>("SELECT pid FROM sessions WHERE name = ?").get(name);
  database.close();
  if (row === undefined) throw new RangeError(`no session is called ${name}`);
  return row.pid;
}
