import type { EpochMillis, Millis } from "../async/clock.ts";
import { timeBytes, type Frame } from "./frame.ts";
import type { Findings, Place } from "./problem.ts";

/** Processes date their entries before they wait for their turn, which may take 15 s. */
const toleranceMs: Millis = 60_000;
/** A decision that a timeout made while the machine slept is dated back, and so is the intent to type it. */
const excused = 2;

/** Notices that the calendar's clock was set back: the order of the log is that of its numbers, its times only inform. */
export class ClockCheck {
  readonly #findings: Findings;
  /** ISO 8601 in UTC, which sorts as text. */
  readonly #newest = Buffer.alloc(timeBytes);
  /** Entries in a row that are dated before the newest. */
  #behind: { count: number; readonly seq: number; readonly place: Place } | undefined;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  entry(frame: Frame, place: Place): void {
    const order = frame.compareTime(this.#newest);
    if (order >= 0 || this.#newestMs - Date.parse(frame.ts) <= toleranceMs) {
      if (order > 0) frame.copyTime(this.#newest);
      this.#behind = undefined;
      return;
    }
    this.#behind ??= { count: 0, seq: frame.seq, place };
    this.#behind.count++;
    if (this.#behind.count <= excused) return;
    const begin = this.#behind;
    this.#findings.warning("clock-backwards", begin.place, `from here on entries are dated before ${this.#newest.toString()}: the clock was set back`, begin.seq);
    frame.copyTime(this.#newest);
    this.#behind = undefined;
  }

  get #newestMs(): EpochMillis {
    return Date.parse(this.#newest.toString());
  }
}
