import type { Clock, EpochMillis, Millis } from "../async/clock.ts";
import type { Order } from "../prompt/order.ts";
import type { SessionId } from "../prompt/prompt.ts";
import type { WritableDatabase } from "./database.ts";
import type { Doorbell, Listening } from "./doorbell.ts";
import { feed } from "./feed.ts";
import type { OrderTable } from "./order-table.ts";

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

  orders(sessionId: SessionId, signal: AbortSignal): AsyncIterable<Order> {
    return feed({ clock: this.#clock, listen: (wake) => this.#bell.listen(bellOf(sessionId), wake), look: (bell) => this.#look(sessionId, bell, signal) }, signal);
  }

  async *#look(sessionId: SessionId, bell: Listening, signal: AbortSignal): AsyncGenerator<Order, Millis, void> {
    while (!signal.aborted && this.#orders.isWaiting(sessionId)) {
      const order = await this.#take(sessionId, this.#clock.wall());
      if (order !== undefined) yield order;
    }
    return bell.checkMs;
  }

  async #take(sessionId: SessionId, at: EpochMillis): Promise<Order | undefined> {
    return await this.#database.write(() => this.#orders.take(sessionId, at));
  }
}

/** A bell of its own: the one of the decisions goes with whoever listens to it. */
function bellOf(sessionId: SessionId): string {
  return `${sessionId}.orders`;
}
