import type { Millis } from "../async/clock.ts";
import { timeIn, type Frame } from "./chain.ts";
import type { Findings, Place } from "./problem.ts";

/** Processes date their entries before they wait for their turn, which may take 15 s. */
const toleranceMs: Millis = 60_000;
/** A decision that a timeout made while the machine slept is dated back, and so is the intent to type it. */
const excused = 2;

/** Notices that the calendar's clock was set back: the order of the log is that of its numbers, its times only inform. */
export class ClockCheck {
  readonly #findings: Findings;
  /** ISO 8601 in UTC, which sorts as text. */
  #newest = "";
  /** Entries in a row that are dated before the newest. */
  #behind: { count: number; readonly seq: number; readonly place: Place } | undefined;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  entry({ seq }: Frame, line: Buffer, place: Place): void {
    const time = timeIn(line, seq);
    if (time >= this.#newest || Date.parse(this.#newest) - Date.parse(time) <= toleranceMs) {
      if (time > this.#newest) this.#newest = time;
      this.#behind = undefined;
      return;
    }
    this.#behind ??= { count: 0, seq, place };
    this.#behind.count++;
    if (this.#behind.count <= excused) return;
    const begin = this.#behind;
    this.#findings.warning("clock-backwards", begin.place, `from here on entries are dated before ${this.#newest}: the clock was set back`, begin.seq);
    this.#newest = time;
    this.#behind = undefined;
  }
}
