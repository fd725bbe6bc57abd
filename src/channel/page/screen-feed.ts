import type { Clock } from "../../async/clock.ts";
import { Bell } from "../../async/bell.ts";
import type { CellRun, Frame } from "./frame.ts";
import { blotted } from "../visible.ts";

// 20 frames a second look live; a child that redraws faster costs no more than that.
const frameMs = 50;

/** Passes frames on at the pace of an eye: of those that come faster only the latest. */
export class ScreenFeed {
  readonly #fed = new Bell();
  #latest: Frame | undefined;
  #isNew = false;

  /** undefined: there was none yet. */
  get latest(): Frame | undefined {
    return this.#latest;
  }

  feed(frame: Frame): void {
    const latest = { ...frame, rows: frame.rows.map((runs) => runs.map(shown)) };
    // Most looks at a screen find it as it was.
    if (JSON.stringify(latest) === JSON.stringify(this.#latest)) return;
    this.#latest = latest;
    this.#isNew = true;
    this.#fed.ring();
  }

  async *frames(clock: Clock, signal: AbortSignal): AsyncGenerator<Frame, void, void> {
    while (!signal.aborted) {
      if (this.#latest && this.#isNew) {
        this.#isNew = false;
        yield this.#latest;
        await clock.sleep(frameMs, signal);
      } else await this.#fed.rung(signal);
    }
  }
}

function shown(run: CellRun): CellRun {
  return { ...run, text: blotted(run.text) };
}
