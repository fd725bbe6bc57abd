import type { Ask, Channel, Settlement } from "../channel/channel.ts";
import type { MessageRef } from "../prompt/reply.ts";
import type { Store } from "../store/store.ts";
import type { Report } from "./report.ts";
import type { EpochMillis, Millis } from "../async/clock.ts";

/** A prompt that people are being asked about, and the messages that show it. */
export class Asked {
  readonly ask: Ask;
  /** Monotonic time of its opening. */
  readonly openedAt: Millis;
  /** Somebody's reply has won, or it has ended: nothing else may close it. */
  isClosed = false;
  readonly #channels: readonly Channel[];
  readonly #report: Report;
  #sending: Promise<ReadonlyMap<Channel, readonly MessageRef[]>> = Promise.resolve(new Map());

  constructor(ask: Ask, openedAt: Millis, channels: readonly Channel[], report: Report) {
    this.ask = ask;
    this.openedAt = openedAt;
    this.#channels = channels;
    this.#report = report;
  }

  /** Shows it on every channel; a channel that fails is told of, the others go on. */
  send(store: Store, now: () => EpochMillis, signal: AbortSignal): void {
    this.#sending = Promise.all(
      this.#channels.map(async (channel): Promise<[Channel, readonly MessageRef[]]> => {
        try {
          const messages = await channel.send(this.ask, signal);
          if (messages.length > 0) await store.sent(this.ask.prompt.id, messages, now());
          return [channel, messages];
        } catch (error) {
          if (!signal.aborted) {
            const why = error instanceof Error ? error.message : String(error);
            this.#report.log("warn", `prompt ${this.ask.prompt.id} not sent on ${channel.name}: ${why}`);
            this.#report.trouble(`a prompt could not be sent on ${channel.name}: ${why}`, 'it waited at the terminal; "aegis status" says how the channel is');
          }
          return [channel, []];
        }
      }),
    ).then((sent) => new Map(sent));
  }

  /** Says on every message how it ended, as soon as the message is there. */
  async settle(settlement: Settlement, signal: AbortSignal): Promise<void> {
    const sent = await this.#sending;
    await Promise.all(
      [...sent].map(async ([channel, messages]) => {
        if (messages.length === 0) return;
        try {
          await channel.settle(this.ask, messages, settlement, signal);
        } catch (error) {
          this.#report.log("warn", `prompt ${this.ask.prompt.id} not settled on ${channel.name}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }),
    );
  }
}
