import { messageOf } from "../async/message-of.ts";
import type { Clock } from "../async/clock.ts";
import type { Channel, Settlement } from "../channel/channel.ts";
import type { Prompt } from "../prompt/prompt.ts";
import { offerFor, type Policy } from "../prompt/routing.ts";
import type { MessageRef, Receipt } from "../prompt/reply.ts";
import { StoreTrouble, type PromptRow, type SessionRow, type Store } from "../store/store.ts";
import { lastOutcome } from "./last-outcome.ts";
import type { Report } from "./report.ts";

/** A session asks one question at a time, but its messages may lag behind: so many of its newest are told again how they ended. */
const mayBeUntold = 4;
/** Of the killed session, among which the ends of those are. */
const recentEntries = 40;

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
    const left = store.prompts({ sessionId: session.id, last: mayBeUntold });
    try {
      const receipt = await store.endSession(session.id, { exitCode: undefined, at: clock.wall() });
      report.log("warn", `session ${session.id} was killed; ${left.filter(isUnfinished).length} of its prompts closed`);
      for (const row of left) {
        const outcome = lastOutcome(row);
        if (outcome !== undefined) void this.#settle(session, row.prompt, { outcome, receipt: isUnfinished(row) ? receipt : this.#typed(row.prompt) }, signal);
      }
    } catch (error) {
      // Another process was faster.
      if (!(error instanceof StoreTrouble)) throw error;
    }
  }

  /** The entry that says how the typing of a prompt ended. */
  #typed({ id, sessionId }: Prompt): Receipt | undefined {
    const entries = [...this.#parts.store.events({ sessionId, last: recentEntries })];
    return entries.findLast(({ type, line }) => /^inject\.(?!intent)/.test(type) && line.includes(`"prompt":"${id}"`));
  }

  async #settle(session: SessionRow, prompt: Prompt, settlement: Settlement, signal: AbortSignal): Promise<void> {
    const { store, channels, policy, report } = this.#parts;
    const nonceFor = (): string => {
      throw new Error("the nonces of a dead session died with it");
    };
    const ask = { prompt, session, offer: offerFor(prompt.detection, policy), nonceFor };
    const messages = store.messages(prompt.id);
    for (const channel of channels) {
      try {
        await channel.settle(ask, shownOn(channel, messages), settlement, signal);
      } catch (error) {
        report.log("warn", `prompt ${prompt.id} of a killed session not settled: ${messageOf(error)}`);
      }
    }
  }
}

function isUnfinished({ status }: PromptRow): boolean {
  return status === "open" || status === "decided" || status === "injecting";
}

function shownOn(channel: Channel, messages: readonly MessageRef[]): MessageRef[] {
  return messages.filter(({ recipient }) => recipient.startsWith(`${channel.name}:`));
}
