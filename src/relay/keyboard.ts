import type { Millis } from "../async/clock.ts";
import type { Detection } from "../prompt/detection.ts";
import { isEnter } from "../prompt/enter.ts";

/** How long after a key somebody is taken to be at the desk (INTERFACE.md, desk_seconds). */
const deskMemoryMs: Millis = 60_000;

/** Enter, Ctrl-C, Ctrl-D and Ctrl-U leave an empty line behind. */
const clearing = /[\r\n\x03\x04\x15]/g;

/** Switches an agent's mode, and puts nothing on the line. */
const shiftTab = "\x1b[Z";

/** What the person at the desk has typed: they always win, so nothing is typed over them. */
export class Keyboard {
  #typedAt: Millis | undefined;
  #lineBegun = false;
  #unread = false;

  typed(keys: Uint8Array, now: Millis): void {
    this.#typedAt = now;
    this.#unread = true;
    const pieces = Buffer.from(keys).toString("latin1").replaceAll(shiftTab, "").split(clearing);
    if (pieces.length > 1) this.#lineBegun = false;
    if (pieces.at(-1) !== "") this.#lineBegun = true;
  }

  /** A question is over: what was typed so far went to it, though no Enter ended it (a menu's digit, Esc). */
  questionClosed(): void {
    this.#lineBegun = false;
  }

  /** The line was seen to be empty at `moment`: what was typed before left nothing on it (Esc, arrows in a menu of the person's own). */
  lineSeenEmpty(moment: Millis): void {
    if (!this.typedAfter(moment)) this.#lineBegun = false;
  }

  /** The screen was read at `moment`: keys typed before are part of what it shows. */
  screenRead(moment: Millis): void {
    if (!this.typedAfter(moment)) this.#unread = false;
  }

  /** Keys went to the child after `moment`. */
  typedAfter(moment: Millis): boolean {
    return this.#typedAt !== undefined && this.#typedAt > moment;
  }

  /** A line was begun here that was never ended: what is typed now would be added to it. */
  get holdsLine(): boolean {
    return this.#lineBegun;
  }

  isAtDesk(now: Millis): boolean {
    return this.#typedAt !== undefined && now - this.#typedAt < deskMemoryMs;
  }

  /**
   * Whether keys typed at the desk could mix with an answer to `detection`: typed after the screen was last read, or the beginning
   * of a line that was never ended. Where no answer is a line (a menu, a single key), the screen that was read says it all.
   */
  contests(detection: Detection): boolean {
    const takesLine = detection.choices.every(isEnter) || detection.choices.some(({ keys }) => /^[^\x1b\r]+\r$/.test(keys));
    return this.#unread || (takesLine && this.#lineBegun);
  }
}
