import type { Clock, Millis } from "../../async/clock.ts";

/** What strangers did since the last report; they themselves get no answer. */
export interface StrangerReport {
  /** How many updates. */
  readonly count: number;
  /** Numeric ids of who sent them, the first few. */
  readonly ids: readonly number[];
}

const betweenReportsMs: Millis = 60_000;
const maxIds = 5;

/** Sums strangers up, so that a flood of them is a line a minute. */
export class Strangers {
  readonly #report: (report: StrangerReport) => void;
  readonly #clock: Clock;
  #count = 0;
  #ids = new Set<number>();
  #reportedAt: Millis | undefined;

  constructor(report: (report: StrangerReport) => void, clock: Clock) {
    this.#report = report;
    this.#clock = clock;
  }

  saw(id: number): void {
    this.#count += 1;
    if (this.#ids.size < maxIds) this.#ids.add(id);
    if (this.#reportedAt === undefined || this.#clock.now() - this.#reportedAt >= betweenReportsMs) this.flush();
  }

  /** Reports what is left. */
  flush(): void {
    if (this.#count === 0) return;
    const report = { count: this.#count, ids: [...this.#ids] };
    this.#count = 0;
    this.#ids = new Set();
    this.#reportedAt = this.#clock.now();
    this.#report(report);
  }
}
