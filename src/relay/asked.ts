import { messageOf } from "../async/message-of.ts";
import type { Ask, Channel, Settlement } from "../channel/channel.ts";
import type { Detection } from "../prompt/detection.ts";
import type { MessageRef, Receipt } from "../prompt/reply.ts";
import type { Store } from "../store/store.ts";
import type { Report } from "./report.ts";
import type { Clock, EpochMillis, Millis } from "../async/clock.ts";

export interface AskedParts {
  readonly channels: readonly Channel[];
  readonly report: Report;
  readonly store: Store;
  readonly clock: Clock;
}

/** A prompt that people are being asked about, and the messages that show it. */
export class Asked {
  readonly ask: Ask;
  /** As it was found, before secrets were taken out: what stands on the screen is compared with it. */
  readonly detection: Detection;
  /** Monotonic time of its opening. */
  readonly openedAt: Millis;
  /** Somebody's reply has won, or it has ended: nothing else may close it. */
  isClosed = false;
  readonly #channels: readonly Channel[];
  readonly #report: Report;
  readonly #store: Store;
  readonly #now: () => EpochMillis;
  #sending: Promise<ReadonlyMap<Channel, readonly MessageRef[]>> = Promise.resolve(new Map());

  constructor(ask: Ask, detection: Detection, { channels, report, store, clock }: AskedParts) {
    this.ask = ask;
    this.detection = detection;
    this.openedAt = clock.now();
    this.#channels = channels;
    this.#report = report;
    this.#store = store;
    this.#now = () => clock.wall();
  }

  /** Shows it on every channel; a channel that fails is told of, the others go on. */
  send(signal: AbortSignal): void {
    this.#sending = Promise.all(
      this.#channels.map(async (channel): Promise<[Channel, readonly MessageRef[]]> => {
        try {
          const messages = await channel.send(this.ask, signal);
          await this.#remember(messages);
          return [channel, messages];
        } catch (error) {
          if (!signal.aborted) {
            const why = messageOf(error);
            this.#report.log("warn", `prompt ${this.ask.prompt.id} not sent on ${channel.name}: ${why}`);
            this.#report.trouble(`a prompt could not be sent on ${channel.name}`, 'it waited at the terminal; "aegis status" says how the channel is', why);
          }
          return [channel, []];
        }
      }),
    ).then((sent) => new Map(sent));
  }

  /** What is not remembered is shown all the same, and its buttons work; only words sent in reply to it find no prompt. */
  async #remember(messages: readonly MessageRef[]): Promise<void> {
    if (messages.length === 0) return;
    try {
      await this.#store.sent(this.ask.prompt.id, messages, this.#now());
    } catch (error) {
      this.#report.log("warn", `the messages of prompt ${this.ask.prompt.id} are not remembered: ${messageOf(error)}`);
    }
  }

  /** The one with the buttons, of each recipient. */
  async lastMessages(): Promise<MessageRef[]> {
    const messages = [...(await this.#sending).values()].flat();
    return [...new Map(messages.map((message) => [message.recipient, message])).values()];
  }

  async #witnessed(messages: readonly MessageRef[], receipt: Receipt): Promise<void> {
    for (const { recipient } of messages) await this.#store.witnessed({ source: recipient, at: this.#now(), ...receipt });
  }

  /** Says on every message how it ended, as soon as the message is there. */
  async settle(settlement: Settlement, signal: AbortSignal): Promise<void> {
    const sent = await this.#sending;
    await Promise.all(
      [...sent].map(async ([channel, messages]) => {
        if (messages.length === 0) return;
        try {
          await channel.settle(this.ask, messages, settlement, signal);
          if (channel.isWitness && settlement.receipt) await this.#witnessed(messages, settlement.receipt);
        } catch (error) {
          this.#report.log("warn", `prompt ${this.ask.prompt.id} not settled on ${channel.name}: ${messageOf(error)}`);
        }
      }),
    );
  }
}
