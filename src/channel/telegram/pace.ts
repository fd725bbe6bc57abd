import type { Millis } from "../../async/clock.ts";

interface Rate {
  readonly everyMs: Millis;
  /** How many may go at once after a silence. */
  readonly burst: number;
}

/** Telegram's published figures, with a little room: about one message a second in one chat, thirty a second in all. */
const perChat: Rate = { everyMs: 1_000, burst: 5 };
const overall: Rate = { everyMs: 40, burst: 25 };

/** Says how long the next message must wait. Each question takes a place in the line. */
export class Pace {
  readonly #all = new Line(overall);
  readonly #chats = new Map<number, Line>();
  #notBefore: Millis = 0;

  /** @param now on any monotonic clock */
  waitFor(chat: number, now: Millis): Millis {
    const line = this.#chats.get(chat) ?? new Line(perChat);
    this.#chats.set(chat, line);
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
