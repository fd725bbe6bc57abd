import { StoreTrouble } from "./store.ts";
import type { WritableDatabase } from "./database.ts";

/** Where each channel's poll stands. */
export class PollTable {
  readonly #database: WritableDatabase;
  /** Set, but perhaps not written yet. */
  readonly #ahead = new Map<string, number>();

  constructor(database: WritableDatabase) {
    this.#database = database;
  }

  offset(channel: string): number | undefined {
    const read = this.#database.sql.prepare<[string], { next_offset: number }>("SELECT next_offset FROM polls WHERE channel = ?");
    return this.#ahead.get(channel) ?? read.get(channel)?.next_offset;
  }

  /** Written soon. One that a crash takes along costs a redelivery, which changes nothing. */
  setOffset(channel: string, offset: number): void {
    const isUnderway = this.#ahead.has(channel);
    this.#ahead.set(channel, offset);
    if (!isUnderway) void this.#save(channel);
  }

  async #save(channel: string): Promise<void> {
    try {
      await this.#database.write(() => {
        const upsert = "INSERT INTO polls (channel, next_offset) VALUES (?, ?) ON CONFLICT (channel) DO UPDATE SET next_offset = excluded.next_offset";
        this.#database.sql.prepare(upsert).run(channel, this.#ahead.get(channel));
        this.#ahead.delete(channel);
      });
    } catch (error) {
      // It stays in #ahead for this process; the next one begins at the older offset.
      if (!(error instanceof StoreTrouble)) throw error;
    }
  }
}
