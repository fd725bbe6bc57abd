import type { Clock, Millis } from "../async/clock.ts";
import type { PromptId, SessionId } from "../prompt/prompt.ts";
import type { Decision } from "../prompt/reply.ts";
import type { Doorbell, Listening } from "./doorbell.ts";
import { feed } from "./feed.ts";
import { decisionOf } from "./prompt-rows.ts";
import type { PromptTable } from "./prompt-table.ts";

/** The longest that a timer can sleep. */
const foreverMs: Millis = 2 ** 31 - 1;

/** Hands each decision to its session's process once. */
export class DecisionFeed {
  readonly #prompts: PromptTable;
  readonly #bell: Doorbell;
  readonly #clock: Clock;
  /** The audit entry of the newest decision that was handed out. */
  readonly #handed = new Map<SessionId, number>();
  /** Wakes those who listen in this process. */
  readonly #wakes = new Map<SessionId, () => void>();
  /** Prompts whose injection began with their decision, by this process. */
  readonly #begun = new Set<PromptId>();

  constructor(prompts: PromptTable, bell: Doorbell, clock: Clock) {
    this.#prompts = prompts;
    this.#bell = bell;
    this.#clock = clock;
  }

  /** Whether somebody listens in this process. */
  isHeard(sessionId: SessionId): boolean {
    return this.#wakes.has(sessionId);
  }

  /** Its injection has begun with the decision, which is handed out at once. */
  begin({ sessionId, promptId }: Decision): void {
    this.#begun.add(promptId);
    this.#wakes.get(sessionId)?.();
  }

  /** Whether {@link begin} was called for this prompt; true only once. */
  takeBegun(promptId: PromptId): boolean {
    return this.#begun.delete(promptId);
  }

  decisions(sessionId: SessionId, signal: AbortSignal): AsyncIterable<Decision> {
    return feed({ clock: this.#clock, listen: (wake) => this.#listen(sessionId, wake), look: (bell) => this.#look(sessionId, bell, signal) }, signal);
  }

  async *#look(sessionId: SessionId, bell: Listening, signal: AbortSignal): AsyncGenerator<Decision, Millis, void> {
    for (let decision = this.#next(sessionId); decision !== undefined && !signal.aborted; decision = this.#next(sessionId)) yield decision;
    // Only while a prompt is open is there anything to be missed.
    return this.#prompts.hasOpen(sessionId) ? bell.checkMs : foreverMs;
  }

  /** To other processes' rings, and to this one's own. */
  #listen(sessionId: SessionId, wake: () => void): Listening {
    const bell = this.#bell.listen(sessionId, wake);
    this.#wakes.set(sessionId, wake);
    return {
      get checkMs() {
        return bell.checkMs;
      },
      [Symbol.dispose]: () => {
        if (this.#wakes.get(sessionId) === wake) this.#wakes.delete(sessionId);
        bell[Symbol.dispose]();
      },
    };
  }

  #next(sessionId: SessionId): Decision | undefined {
    const records = this.#prompts.decidedAfter(sessionId, this.#handed.get(sessionId) ?? 0);
    const record = records.find(({ id, status }) => status === "decided" || this.#begun.has(id));
    if (record === undefined) return undefined;
    this.#handed.set(sessionId, record.decision_seq ?? 0);
    return decisionOf(record);
  }
}
