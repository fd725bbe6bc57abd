import { addAbortListener } from "node:events";
import type { Clock, Millis } from "../async/clock.ts";
import type { SessionId } from "../prompt/prompt.ts";
import type { Decision } from "../prompt/reply.ts";
import type { Doorbell } from "./doorbell.ts";
import { decisionOf } from "./prompt-rows.ts";
import type { PromptTable } from "./prompt-table.ts";
import { isBusy } from "./trouble.ts";

/** How long a decision whose ring got lost may wait. Only while a prompt is open. */
const checkMs: Millis = 5_000;
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

  constructor(prompts: PromptTable, bell: Doorbell, clock: Clock) {
    this.#prompts = prompts;
    this.#bell = bell;
    this.#clock = clock;
  }

  async *decisions(sessionId: SessionId, signal: AbortSignal): AsyncGenerator<Decision, void, void> {
    let pause = new AbortController();
    using _bell = this.#bell.listen(sessionId, () => pause.abort());
    using _end = addAbortListener(signal, () => pause.abort());
    while (!signal.aborted) {
      // Made before looking, so that a ring while we look is not slept through.
      pause = new AbortController();
      let restMs = busyMs;
      try {
        for (let decision = this.#next(sessionId); decision !== undefined && !signal.aborted; decision = this.#next(sessionId)) yield decision;
        restMs = this.#prompts.hasOpen(sessionId) ? checkMs : foreverMs;
      } catch (error) {
        // Even a reader is sent away while another process recovers the journal of one that was killed (SQLITE_BUSY_RECOVERY).
        if (!isBusy(error)) throw error;
      }
      if (!signal.aborted) await this.#clock.sleep(restMs, pause.signal);
    }
  }

  #next(sessionId: SessionId): Decision | undefined {
    const [record] = this.#prompts.decidedAfter(sessionId, this.#handed.get(sessionId) ?? 0);
    if (record === undefined) return undefined;
    this.#handed.set(sessionId, record.decision_seq ?? 0);
    return decisionOf(record);
  }
}
