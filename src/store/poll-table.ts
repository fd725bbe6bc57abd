import { StoreTrouble } from "./store.ts";
import type { WritableDatabase } from "./database.ts";

/** Where each channel's poll stands. */
export class PollTable {
  readonly #database: WritableDatabase;
  readonly #saving = new Set<string>();
  /** Set, but not written yet. */
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
    this.#ahead.set(channel, offset);
    if (!this.#saving.has(channel)) void this.#save(channel);
  }

  async #save(channel: string): Promise<void> {
    this.#saving.add(channel);
    try {
      for (let offset = this.#ahead.get(channel); offset !== undefined; offset = this.#ahead.get(channel)) {
        await this.#write(channel, offset);
        if (this.#ahead.get(channel) === offset) this.#ahead.delete(channel);
      }
    } catch (error) {
      // It stays in #ahead, and is tried again with the next one.
      if (!(error instanceof StoreTrouble)) throw error;
    } finally {
      this.#saving.delete(channel);
    }
  }

  async #write(channel: string, offset: number): Promise<void> {
    const upsert = "INSERT INTO polls (channel, next_offset) VALUES (?, ?) ON CONFLICT (channel) DO UPDATE SET next_offset = excluded.next_offset";
    await this.#database.write(() => this.#database.sql.prepare(upsert).run(channel, offset));
  }
}
