import { messageOf } from "../async/message-of.ts";
import type { Clock } from "../async/clock.ts";
import type { Channel } from "../channel/channel.ts";
import { offerFor, type Policy } from "../prompt/routing.ts";
import type { MessageRef, Receipt } from "../prompt/reply.ts";
import { StoreTrouble, type PromptRow, type SessionRow, type Store } from "../store/store.ts";
import type { Report } from "./report.ts";

export interface ReaperParts {
  readonly store: Store;
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  readonly policy: Policy;
  readonly report: Report;
  /** Whether the process that a session ran in is still there. */
  readonly isAlive: (session: SessionRow) => boolean;
}

/** Ends the sessions whose aegis was killed, and says so on their messages. */
export class Reaper {
  readonly #parts: ReaperParts;

  constructor(parts: ReaperParts) {
    this.#parts = parts;
  }

  /** Resolves once the dead sessions have ended in the store; their messages follow. */
  async reap(signal: AbortSignal): Promise<void> {
    const { store, isAlive } = this.#parts;
    for (const session of store.sessions({ running: true })) {
      if (!isAlive(session)) await this.#end(session, signal);
    }
  }

  async #end(session: SessionRow, signal: AbortSignal): Promise<void> {
    const { store, clock, report } = this.#parts;
    const left = store.prompts({ open: true, sessionId: session.id });
    try {
      const receipt = await store.endSession(session.id, { exitCode: undefined, at: clock.wall() });
      report.log("warn", `session ${session.id} was killed; ${left.length} of its prompts closed`);
      for (const row of left) void this.#settle(session, row, receipt, signal);
    } catch (error) {
      // Another process was faster.
      if (!(error instanceof StoreTrouble)) throw error;
    }
  }

  async #settle(session: SessionRow, { prompt }: PromptRow, receipt: Receipt, signal: AbortSignal): Promise<void> {
    const { store, channels, policy, report } = this.#parts;
    const nonceFor = (): string => {
      throw new Error("the nonces of a dead session died with it");
    };
    const ask = { prompt, session, offer: offerFor(prompt.detection, policy), nonceFor };
    const messages = store.messages(prompt.id);
    for (const channel of channels) {
      try {
        await channel.settle(ask, shownOn(channel, messages), { outcome: { is: "ended", exitCode: undefined }, receipt }, signal);
      } catch (error) {
        report.log("warn", `prompt ${prompt.id} of a killed session not settled: ${messageOf(error)}`);
      }
    }
  }
}

function shownOn(channel: Channel, messages: readonly MessageRef[]): MessageRef[] {
  return messages.filter(({ recipient }) => recipient.startsWith(`${channel.name}:`));
}
