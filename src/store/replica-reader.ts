import { copyFileSync, existsSync, lstatSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { packedRows, unpacked, type PackedRow } from "./replica-page.ts";
import { StoreTrouble, type Witness } from "./store.ts";
import { troubleOf } from "./trouble.ts";

/** Few enough that a page of the longest lines stays small. */
const pageRows = 128;
/** KiB of the database that are kept in memory: who reads it once, from end to end, gains nothing from more. */
const cacheKiB = 256;

/** The audit log's copy and its witnesses, opened so that nothing can be changed: what a verifier needs. */
export class ReplicaReader implements Disposable {
  readonly #sql: Database.Database;
  readonly #copy: string | undefined;

  private constructor(sql: Database.Database, copy: string | undefined) {
    this.#sql = sql;
    this.#copy = copy;
  }

  /** Throws StoreTrouble when there is no database, or none that can be read. */
  static open(path: string): ReplicaReader {
    // A FIFO in its place must not hang us.
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats?.isFile() !== true) throw new StoreTrouble(stats === undefined ? `there is no database at ${path}` : `${path} is not a regular file`);
    try {
      return ReplicaReader.#read(path, undefined);
    } catch (error) {
      if (isFolderReadOnly(error)) return ReplicaReader.#readCopy(path);
      throw troubleOf(error, path);
    }
  }

  static #read(path: string, copy: string | undefined): ReplicaReader {
    const sql = new Database(path, { readonly: true, timeout: 1_000 });
    try {
      const hasEvents = sql.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'audit_events'").get() !== undefined;
      sql.pragma(`cache_size = -${cacheKiB}`);
      if (hasEvents) return new ReplicaReader(sql, copy);
      throw new StoreTrouble(`${path} has no copy of the log`);
    } catch (error) {
      sql.close();
      throw error;
    }
  }

  static #readCopy(path: string): ReplicaReader {
    const folder = mkdtempSync(join(tmpdir(), "aegis-verify-"));
    const copy = join(folder, "aegis.db");
    try {
      for (const suffix of ["", "-wal"]) if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix);
      return ReplicaReader.#read(copy, folder);
    } catch (error) {
      rmSync(folder, { recursive: true });
      throw troubleOf(error, path);
    }
  }

  /**
   * The newest row's number now, and the newest that the database has ever known; 0: none. Whoever deletes rows forgets easily that
   * SQLite remembers the newest, and that decisions name their entries.
   */
  head(): { seq: number; ever: number } {
    const newest = "SELECT ifnull(max(seq), 0) FROM audit_events";
    const given = "SELECT ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = 'audit_events'";
    const named = "SELECT ifnull(max(decision_seq), 0) FROM prompts";
    const head = this.#sql.prepare<[], { seq: number; ever: number }>(`SELECT (${newest}) AS seq, max((${newest}), (${given}), (${named})) AS ever`);
    return head.get() ?? { seq: 0, ever: 0 };
  }

  /**
   * Oldest first; a line's bytes. Read page by page: a snapshot that stays open for minutes would keep the writers' journal from
   * being emptied. A page comes in one piece, since an object and a string for each row cost more than hashing its line.
   */
  *lines(fromSeq: number): Generator<PackedRow, void> {
    const page = this.#sql.prepare<[number, number], Buffer | null>(packedRows).pluck();
    let from = fromSeq;
    for (let packed = page.get(from, pageRows); packed !== undefined && packed !== null; packed = page.get(from, pageRows)) {
      for (const row of unpacked(packed)) {
        yield row;
        from = row.seq + 1;
      }
    }
  }

  /** By entry. */
  witnesses(): Witness[] {
    return this.#sql.prepare<[], Witness>("SELECT source, seq, hash, at FROM witnesses ORDER BY seq, source").all();
  }

  [Symbol.dispose](): void {
    this.#sql.close();
    if (this.#copy !== undefined) rmSync(this.#copy, { recursive: true });
  }
}

/** SQLite cannot make the shared memory that a journal needs. */
function isFolderReadOnly(error: unknown): boolean {
  return error instanceof Database.SqliteError && (error.code === "SQLITE_CANTOPEN" || error.code.startsWith("SQLITE_READONLY"));
}
