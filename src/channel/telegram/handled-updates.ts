/** Telegram hands out at most so many updates at a time: what an earlier run handled but did not confirm lies within. */
const batchLimit = 100;
const memory = 1_000;

/**
 * Which updates are done with, and what Telegram has yet to be told of it.
 *
 * Telegram is asked with an offset only right after a batch, to confirm it. An offset that is kept for longer would drop updates:
 * after a week of silence Telegram numbers them anew, from anywhere.
 */
export class HandledUpdates {
  readonly #ids = new Set<number>();
  #unconfirmed: number | undefined;

  /** @param next the update that an earlier run would have asked for; undefined: there was none */
  constructor(next: number | undefined) {
    if (next === undefined) return;
    for (let back = 1; back <= batchLimit; back++) this.#ids.add(next - back);
  }

  /** The offset to ask with; undefined: nothing is to be confirmed. */
  get unconfirmed(): number | undefined {
    return this.#unconfirmed;
  }

  has(id: number): boolean {
    return this.#ids.has(id);
  }

  add(id: number): void {
    this.#ids.add(id);
    const [oldest] = this.#ids;
    if (this.#ids.size > memory && oldest !== undefined) this.#ids.delete(oldest);
    this.#unconfirmed = id + 1;
  }

  /** A poll with {@link unconfirmed} was answered. */
  confirmed(): void {
    this.#unconfirmed = undefined;
  }
}
