import { addAbortListener } from "node:events";
import type { Clock, Millis } from "../async/clock.ts";
import type { PromptId, SessionId } from "../prompt/prompt.ts";
import type { Decision } from "../prompt/reply.ts";
import type { Doorbell } from "./doorbell.ts";
import { decisionOf } from "./prompt-rows.ts";
import type { PromptTable } from "./prompt-table.ts";
import { isBusy } from "./trouble.ts";

/** How long a recovery of the journal may take. */
const busyMs: Millis = 20;
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

  async *decisions(sessionId: SessionId, signal: AbortSignal): AsyncGenerator<Decision, void, void> {
    let pause = new AbortController();
    const wake = (): void => pause.abort();
    using bell = this.#bell.listen(sessionId, wake);
    using _here = this.#hear(sessionId, wake);
    using _end = addAbortListener(signal, () => pause.abort());
    while (!signal.aborted) {
      // Made before looking, so that a ring while we look is not slept through.
      pause = new AbortController();
      let restMs = busyMs;
      try {
        for (let decision = this.#next(sessionId); decision !== undefined && !signal.aborted; decision = this.#next(sessionId)) yield decision;
        // Only while a prompt is open is there anything to be missed.
        restMs = this.#prompts.hasOpen(sessionId) ? bell.checkMs : foreverMs;
      } catch (error) {
        // Even a reader is sent away while another process recovers the journal of one that was killed (SQLITE_BUSY_RECOVERY).
        if (!isBusy(error)) throw error;
      }
      if (!signal.aborted) await this.#clock.sleep(restMs, pause.signal);
    }
  }

  #hear(sessionId: SessionId, wake: () => void): Disposable {
    this.#wakes.set(sessionId, wake);
    return {
      [Symbol.dispose]: () => {
        if (this.#wakes.get(sessionId) === wake) this.#wakes.delete(sessionId);
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
