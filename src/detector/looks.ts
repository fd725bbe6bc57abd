import type { Millis } from "../async/clock.ts";
import { laterMs, quietMs } from "./patience.ts";

/** How often a screen is read that never stops moving (spinners, clocks). */
const busyMs = 500;
/** The same in a flood: 100 MB of log lines cost 3.1 s of CPU with a look every 500 ms, 2.2 s with this, 2.0 s without any. */
const floodMs = 5_000;
/** The same once a dialog was seen on it. */
const glimpseMs = 250;
/** After a key, how soon the child's answer is read: a dialog that goes and comes again is two. */
const answerMs = 30;
/** After a silence this long, only bytes and keys call for another look. */
const longestSilenceMs = 60_000;

/** When the screen is to be looked at: after silences, now and then while it moves, and soon after a key. */
export class Looks {
  readonly #steps: readonly Millis[];
  /** When the silence began: the last byte or key. */
  #stillSince: Millis | undefined;
  /** First byte since the last look. */
  #unseenSince: Millis | undefined;
  #keyAt: Millis | undefined;
  #next: Millis | undefined;

  /** @param stuckMs  the silence before the stall layer's look */
  constructor(stuckMs: Millis) {
    this.#steps = [quietMs, ...laterMs, stuckMs].sort((one, other) => one - other);
  }

  /** Bytes came. */
  fed(now: Millis): void {
    this.#unseenSince ??= now;
    this.stirred(now);
  }

  /** Keys went to the child. */
  typed(now: Millis): void {
    this.#keyAt = now;
    this.stirred(now);
  }

  /** The silence is over, and another begins. */
  stirred(now: Millis): void {
    this.#stillSince = now;
    this.#next = now + quietMs;
  }

  /** Begins a look; gives how long the silence has lasted. */
  begin(now: Millis): Millis {
    this.#unseenSince = undefined;
    return this.#stillSince === undefined ? Infinity : now - this.#stillSince;
  }

  /** Bytes came since the look began. */
  get isBehind(): boolean {
    return this.#unseenSince !== undefined;
  }

  /** What the child made of the last key was read. */
  answerRead(): void {
    this.#keyAt = undefined;
  }

  /** The look that this silence still needs; undefined: none. */
  get nextStill(): Millis | undefined {
    return this.#next;
  }

  /** The look that a moving screen needs; undefined: it does not move. */
  nextMoving({ isLosing, hasDialog, isOpen }: { readonly isLosing: boolean; readonly hasDialog: boolean; readonly isOpen: boolean }): Millis | undefined {
    if (this.#unseenSince === undefined) return undefined;
    const next = this.#unseenSince + (isLosing ? floodMs : hasDialog ? glimpseMs : busyMs);
    return this.#keyAt !== undefined && isOpen ? Math.min(next, Math.max(this.#unseenSince, this.#keyAt) + answerMs) : next;
  }

  /** Plans the next look after one at a silence of `stillMs`; `laterToo`: where the steps end, ever more rarely. */
  plan(stillMs: Millis, { laterToo }: { readonly laterToo: boolean }): void {
    const later = laterToo && stillMs <= longestSilenceMs ? stillMs * 2 : undefined;
    const next = this.#steps.find((step) => step > stillMs) ?? later;
    this.#next = next !== undefined && this.#stillSince !== undefined ? this.#stillSince + next : undefined;
  }

  /** Nothing can change without a byte or a key. */
  rest(): void {
    this.#next = undefined;
  }

  notLaterThan(time: Millis): void {
    this.#next = Math.min(this.#next ?? Infinity, time);
  }
}
