import { systemClock } from "../../async/clock.ts";
import type { TelegramClient } from "../../channel/telegram/client.ts";
import { Health } from "../../channel/telegram/health.ts";
import { updates } from "../../channel/telegram/updates.ts";

/** The bot's updates while setup is its only reader. */
export class Inbox {
  readonly #client: TelegramClient;
  readonly #health: Health;
  #next: number | undefined;

  /** @param onTrouble told when Telegram can't be reached, in words for a person */
  constructor(client: TelegramClient, onTrouble: (message: string) => void) {
    this.#client = client;
    this.#health = new Health(({ is, message }) => is !== "ok" && onTrouble(message));
  }

  /** Whatever waits from before is never read: an old tap or greeting must not count as one of now. */
  async skipOld(signal: AbortSignal): Promise<void> {
    const newest = await this.#client.newestUpdate(signal);
    if (newest !== undefined) this.#next = newest + 1;
  }

  /** Updates as they come, until `signal` aborts. */
  async *read(signal: AbortSignal): AsyncGenerator<unknown, void, void> {
    const offsets = { get: () => this.#next, set: () => undefined };
    for await (const { id, body } of updates(this.#client, { offsets, clock: systemClock, random: Math.random, health: this.#health }, signal)) {
      this.#next = id + 1;
      yield body;
    }
  }
}
