import Database from "better-sqlite3";
import type { Clock, EpochMillis, Millis } from "../async/clock.ts";
import { LocalLines, placeIn, type Lines, type Rate } from "../async/lines.ts";
import { makePrivate } from "./private-path.ts";

/** The thread that waits for the others' lock serves the terminal too. */
const patienceMs: Millis = 20;
/** The longest that anybody may be made to wait. */
const longestMs: Millis = 600_000;
const held = "*";

/**
 * Lines that all processes of a home stand in, in a file of their own: nothing in it must last, so that a place costs no fsync and
 * does not wait for the log. Where the file can't be used, each process keeps to the rate by itself.
 */
export class SharedLines implements Lines {
  readonly #path: string;
  readonly #scope: string;
  readonly #clock: Clock;
  readonly #own = new LocalLines();
  #sql: Database.Database | undefined;

  /** @param scope whose lines: others have lines of the same names */
  constructor(path: string, { scope, clock }: { scope: string; clock: Clock }) {
    this.#path = path;
    this.#scope = scope;
    this.#clock = clock;
  }

  waitFor(line: string, rate: Rate, now: Millis): Millis {
    const alone = this.#own.waitFor(line, rate, now);
    return Math.max(alone, this.#step(line, (full, wall) => placeIn(full, rate, wall)) ?? 0, this.holdFor(now));
  }

  hold(forMs: Millis, now: Millis): void {
    this.#own.hold(forMs, now);
    this.#step(held, (full, wall) => ({ at: wall, full: Math.max(full, wall + forMs) }));
  }

  holdFor(now: Millis): Millis {
    return Math.max(this.#own.holdFor(now), this.#read((sql) => this.#ahead(sql, held)) ?? 0);
  }

  /** Takes a step in a line; gives how far it lies ahead. */
  #step(line: string, step: (full: EpochMillis, wall: EpochMillis) => { at: EpochMillis; full: EpochMillis }): Millis | undefined {
    return this.#read((sql) => {
      const take = sql.transaction(() => {
        const wall = this.#clock.wall();
        const { at, full } = step(wall + this.#ahead(sql, line), wall);
        sql.prepare("INSERT OR REPLACE INTO lines (name, until) VALUES (?, ?)").run(`${this.#scope} ${line}`, full);
        return at - wall;
      });
      return take.immediate();
    });
  }

  /** How far ahead a line's end lies; one that lies further ahead than a line can be was written before the clock was set back. */
  #ahead(sql: Database.Database, line: string): Millis {
    const found = sql.prepare<[string], { until: number }>("SELECT until FROM lines WHERE name = ?").get(`${this.#scope} ${line}`);
    return Math.min(longestMs, Math.max(0, (found?.until ?? 0) - this.#clock.wall()));
  }

  /** undefined: the file can't be used now. */
  #read<T>(read: (sql: Database.Database) => T): T | undefined {
    try {
      return read((this.#sql ??= open(this.#path)));
    } catch {
      return undefined;
    }
  }

  close(): void {
    this.#sql?.close();
    this.#sql = undefined;
  }
}

function open(path: string): Database.Database {
  makePrivate(path);
  const sql = new Database(path, { timeout: patienceMs });
  try {
    sql.pragma("journal_mode = WAL");
    sql.pragma("synchronous = OFF");
    sql.exec("CREATE TABLE IF NOT EXISTS lines (name TEXT PRIMARY KEY, until REAL NOT NULL) STRICT, WITHOUT ROWID");
    return sql;
  } catch (error) {
    sql.close();
    throw error;
  }
}
