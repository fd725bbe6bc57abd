import type { WritableDatabase } from "./database.ts";

/** Where each channel's poll stands. */
export class PollTable {
  readonly #database: WritableDatabase;
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
    this.#database.ride(
      () => this.#write(channel, offset),
      () => {
        if (this.#ahead.get(channel) === offset) this.#ahead.delete(channel);
      },
    );
  }

  #write(channel: string, offset: number): void {
    const upsert = "INSERT INTO polls (channel, next_offset) VALUES (?, ?) ON CONFLICT (channel) DO UPDATE SET next_offset = excluded.next_offset";
    this.#database.sql.prepare(upsert).run(channel, offset);
  }
}
