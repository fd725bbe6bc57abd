import { addAbortListener } from "node:events";
import type { Clock, EpochMillis, Millis } from "../async/clock.ts";
import type { Order } from "../prompt/order.ts";
import type { SessionId } from "../prompt/prompt.ts";
import type { WritableDatabase } from "./database.ts";
import type { Doorbell } from "./doorbell.ts";
import type { OrderTable } from "./order-table.ts";
import { isBusy } from "./trouble.ts";

/** How long another process may take to recover the journal of one that was killed: even readers are sent away meanwhile. */
const busyMs: Millis = 20;

/** Hands each order to its session's process once. */
export class OrderFeed {
  readonly #database: WritableDatabase;
  readonly #orders: OrderTable;
  readonly #bell: Doorbell;
  readonly #clock: Clock;

  constructor(database: WritableDatabase, orders: OrderTable, bell: Doorbell, clock: Clock) {
    this.#database = database;
    this.#orders = orders;
    this.#bell = bell;
    this.#clock = clock;
  }

  ring(sessionId: SessionId): void {
    this.#bell.ring(bellOf(sessionId));
  }

  remove(sessionId: SessionId): void {
    this.#bell.remove(bellOf(sessionId));
  }

  async *orders(sessionId: SessionId, signal: AbortSignal): AsyncGenerator<Order, void, void> {
    let pause = new AbortController();
    using bell = this.#bell.listen(bellOf(sessionId), () => pause.abort());
    using _end = addAbortListener(signal, () => pause.abort());
    while (!signal.aborted) {
      // Made before looking, so that a ring while we look is not slept through.
      pause = new AbortController();
      let restMs = busyMs;
      try {
        while (!signal.aborted && this.#orders.isWaiting(sessionId)) {
          const order = await this.#take(sessionId, this.#clock.wall());
          if (order !== undefined) yield order;
        }
        restMs = bell.checkMs;
      } catch (error) {
        if (!isBusy(error)) throw error;
      }
      if (!signal.aborted) await this.#clock.sleep(restMs, pause.signal);
    }
  }

  async #take(sessionId: SessionId, at: EpochMillis): Promise<Order | undefined> {
    return await this.#database.write(() => this.#orders.take(sessionId, at));
  }
}

/** A bell of its own: the one of the decisions goes with whoever listens to it. */
function bellOf(sessionId: SessionId): string {
  return `${sessionId}.orders`;
}
