import { Bell } from "../async/bell.ts";
import type { Clock, EpochMillis, Millis } from "../async/clock.ts";
import { Deadline } from "../async/deadline.ts";
import type { SessionId } from "../prompt/prompt.ts";
import type { Store } from "../store/store.ts";
import { isQuiet, type QuietHours } from "./quiet-hours.ts";

export interface AttentionParts {
  readonly sessionId: SessionId;
  readonly store: Store;
  readonly clock: Clock;
  /** undefined: phones may always ring */
  readonly quiet: QuietHours | undefined;
}

/** Whether a session may ask anybody now: it can be paused, and muted for a while. */
export class Attention {
  readonly #parts: AttentionParts;
  readonly #changed = new Bell();
  #pausedAt: EpochMillis | undefined;
  #mutedUntil: EpochMillis | undefined;

  constructor(parts: AttentionParts) {
    this.#parts = parts;
  }

  async pause(): Promise<void> {
    this.#pausedAt ??= this.#parts.clock.wall();
    await this.#keep();
  }

  async resume(): Promise<void> {
    this.#pausedAt = undefined;
    this.#mutedUntil = undefined;
    await this.#keep();
  }

  async mute(forMs: Millis): Promise<void> {
    this.#mutedUntil = this.#parts.clock.wall() + forMs;
    await this.#keep();
  }

  /** Resolves when the session may ask: true. False: `signal` aborted first. */
  async allows(signal: AbortSignal): Promise<boolean> {
    const { clock } = this.#parts;
    while (!signal.aborted) {
      const mutedMs = (this.#mutedUntil ?? 0) - clock.wall();
      if (this.#pausedAt === undefined && mutedMs <= 0) return true;
      await this.#over(this.#pausedAt === undefined ? mutedMs : undefined, signal);
    }
    return false;
  }

  /** No phone should ring now, for whatever is no prompt. */
  get isQuiet(): boolean {
    return isQuiet(this.#parts.quiet, this.#parts.clock.wall());
  }

  /** No phone should ring now for a prompt either. */
  get isQuietForPrompts(): boolean {
    return this.isQuiet && this.#parts.quiet?.promptsRing === false;
  }

  /** Resolves after `ms` (undefined: never), at a change, or when `signal` aborts. */
  async #over(ms: Millis | undefined, signal: AbortSignal): Promise<void> {
    if (ms === undefined) return await this.#changed.rung(signal);
    using over = new Deadline(ms, this.#parts.clock, signal);
    await this.#changed.rung(over.signal);
  }

  async #keep(): Promise<void> {
    this.#changed.ring();
    await this.#parts.store.setAttention(this.#parts.sessionId, { pausedAt: this.#pausedAt, mutedUntil: this.#mutedUntil });
  }
}
