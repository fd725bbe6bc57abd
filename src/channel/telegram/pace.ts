import type { Millis } from "../../async/clock.ts";

interface Rate {
  readonly everyMs: Millis;
  /** How many may go at once after a silence. */
  readonly burst: number;
}

/** Telegram's published figures, with a little room: about one message a second in one chat, twenty a minute in a group, thirty a second in all. */
const perPerson: Rate = { everyMs: 1_000, burst: 5 };
const perGroup: Rate = { everyMs: 4_000, burst: 5 };
const overall: Rate = { everyMs: 40, burst: 25 };

/** What goes out: a new message, or another text for one that is there. A new question must not wait behind old ones that are settled. */
export type Sort = "message" | "edit";

/** Says how long the next call must wait. Each question takes a place in a line. */
export class Pace {
  readonly #all = new Line(overall);
  readonly #lines = new Map<string, Line>();
  #notBefore: Millis = 0;

  /**
   * @param chat a person's, or, negative, a group's
   * @param now on any monotonic clock
   */
  waitFor(chat: number, sort: Sort, now: Millis): Millis {
    const key = `${sort} ${chat}`;
    const line = this.#lines.get(key) ?? new Line(chat < 0 ? perGroup : perPerson);
    this.#lines.set(key, line);
    return Math.max(this.holdFor(now), line.place(now) - now, this.#all.place(now) - now);
  }

  /** Telegram wants nothing from us before then, in whatever chat. */
  hold(until: Millis): void {
    this.#notBefore = Math.max(this.#notBefore, until);
  }

  holdFor(now: Millis): Millis {
    return Math.max(0, this.#notBefore - now);
  }
}

/** Places in time, one every so often, the first few of them at once (the generic cell rate algorithm). */
class Line {
  readonly #rate: Rate;
  #full: Millis = 0;

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  place(now: Millis): Millis {
    const { everyMs, burst } = this.#rate;
    const at = Math.max(now, this.#full - (burst - 1) * everyMs);
    this.#full = Math.max(this.#full, now) + everyMs;
    return at;
  }
}
