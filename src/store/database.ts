import Database from "better-sqlite3";
import type { Clock, Millis } from "../async/clock.ts";
import { Turns } from "../async/turns.ts";
import { makePrivate } from "./private-path.ts";
import { migrations } from "./schema.ts";
import { refuseUnsound } from "./sqlite-version.ts";
import { StoreTrouble } from "./store.ts";
import { isBusy, troubleOf } from "./trouble.ts";

/** How long a writer goes on asking for a lock that others hold. */
const patienceMs: Millis = 15_000;
/**
 * Who had to wait lets the others go first for a while. Without it a writer that goes on at once keeps the lock from all who sleep:
 * among eight that never rest, p99 of an append was 30 to 228 ms, and 13 to 25 ms with it in most runs on a busy machine (test/bench/audit.ts).
 */
const courtesyMs: Millis = 3;
const contestedMs: Millis = 100;
/** How long what need not be durable soon waits for a transaction that takes it along. */
const rideMs: Millis = 1_000;
const never = new AbortController().signal;

/** Work that another's transaction takes along. */
interface Rider {
  readonly work: () => void;
  readonly carried: () => void;
}

/** The connection, and the one way to write through it. `:memory:` is a store for tests. */
export class WritableDatabase implements Disposable {
  readonly sql: Database.Database;
  readonly #clock: Clock;
  #courteousUntil: Millis = 0;
  readonly #turns = new Turns();
  readonly #riders = new Set<Rider>();
  readonly #closing = new AbortController();
  #isRiding = false;

  private constructor(sql: Database.Database, clock: Clock) {
    this.sql = sql;
    this.#clock = clock;
  }

  /** Rejects with StoreTrouble when the file is not ours alone, is no database, or was written by a newer aegis. */
  static async open(path: string, clock: Clock): Promise<WritableDatabase> {
    try {
      if (path !== ":memory:") makePrivate(path);
      const database = new WritableDatabase(new Database(path, { timeout: 0 }), clock);
      return await database.#prepared();
    } catch (error) {
      throw troubleOf(error, path);
    }
  }

  async #prepared(): Promise<this> {
    try {
      // The first of several processes makes the journal, or mends that of one that was killed; the others find the file locked meanwhile.
      const version = await this.#patiently(() => configure(this.sql));
      if (version < migrations.length) await this.write(() => migrate(this.sql));
      return this;
    } catch (error) {
      this.sql.close();
      throw error;
    }
  }

  /**
   * Runs `work` in a transaction that holds the lock between processes from its first statement on. Waiting for the lock never
   * blocks the thread, which also serves the terminal: SQLite's own busy handler was measured to stop it for 438 ms.
   * Writes of one process happen in the order they were asked for. Rejects with StoreTrouble; nothing has changed then.
   */
  async write<T>(work: () => T): Promise<T> {
    try {
      return await this.#turns.take(() => this.#patiently(() => this.#transact(work)));
    } catch (error) {
      throw troubleOf(error, this.sql.name);
    }
  }

  /**
   * Runs `work` in the next transaction, whoever asks for it, or within a second in one of its own: a transaction costs two fsyncs,
   * which a tap would have to wait for. A crash before that takes it along.
   *
   * @param carried called once it is durable
   */
  ride(work: () => void, carried: () => void): void {
    this.#riders.add({ work, carried });
    if (!this.#isRiding) void this.#rideAlone();
  }

  /**
   * Takes what was erased out of the journal too, as far as other readers let it; the next one to close the database does the rest.
   * Called after an erasure only: it empties the whole journal.
   */
  forget(): void {
    if (this.sql.open) this.sql.pragma("wal_checkpoint(TRUNCATE)");
  }

  /** Resolves when every write that was asked for is done, as far as it can be. Nothing may be asked for afterwards. */
  async idle(): Promise<void> {
    this.#closing.abort();
    await this.#carry();
    await this.#turns.take(() => Promise.resolve());
  }

  [Symbol.dispose](): void {
    this.sql.close();
  }

  async #rideAlone(): Promise<void> {
    this.#isRiding = true;
    await this.#clock.sleep(rideMs, this.#closing.signal);
    this.#isRiding = false;
    if (!this.#closing.signal.aborted) await this.#carry();
  }

  async #carry(): Promise<void> {
    if (this.#riders.size === 0) return;
    try {
      await this.write(() => undefined);
    } catch (error) {
      // They wait for the next transaction.
      if (!(error instanceof StoreTrouble)) throw error;
    }
  }

  #transact<T>(work: () => T): T {
    this.sql.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      const riders = [...this.#riders];
      for (const rider of riders) rider.work();
      this.sql.exec("COMMIT");
      for (const rider of riders) {
        this.#riders.delete(rider);
        rider.carried();
      }
      return result;
    } finally {
      if (this.sql.inTransaction) this.sql.exec("ROLLBACK");
    }
  }

  async #patiently<T>(attempt: () => T): Promise<T> {
    const begun = this.#clock.now();
    if (begun < this.#courteousUntil) await this.#clock.sleep(Math.random() * courtesyMs, never);
    for (let tries = 0; ; tries++) {
      try {
        const result = attempt();
        if (tries > 0) this.#courteousUntil = this.#clock.now() + contestedMs;
        return result;
      } catch (error) {
        if (!isBusy(error) || this.#clock.now() - begun >= patienceMs) throw error;
      }
      // Jitter, so that writers that met once don't meet again; short at first, because a transaction takes about a millisecond.
      await this.#clock.sleep(Math.random() * Math.min(10, 1 + tries), never);
    }
  }
}

/** @returns how many migrations were applied */
function configure(sql: Database.Database): number {
  refuseUnsound(String(sql.prepare("SELECT sqlite_version()").pluck().get()));
  sql.pragma("journal_mode = WAL");
  sql.pragma("synchronous = FULL");
  sql.pragma("fullfsync = ON"); // macOS: without it fsync does not reach the disk
  sql.pragma("foreign_keys = ON");
  sql.pragma("secure_delete = ON"); // an erased reply text is overwritten
  sql.pragma("trusted_schema = OFF");
  return versionOf(sql);
}

function versionOf(sql: Database.Database): number {
  const version = Number(sql.pragma("user_version", { simple: true }));
  if (version > migrations.length)
    throw new StoreTrouble(`${sql.name} was written by a newer aegis (version ${version}, this one knows ${migrations.length}); update aegis`);
  return version;
}

function migrate(sql: Database.Database): void {
  for (const migration of migrations.slice(versionOf(sql))) sql.exec(migration);
  sql.pragma(`user_version = ${migrations.length}`);
}
