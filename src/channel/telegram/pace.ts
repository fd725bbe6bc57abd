import type { Millis } from "../../async/clock.ts";
import type { Lines, Rate } from "../../async/lines.ts";

/** Telegram's published figures, with a little room: about one message a second in one chat, twenty a minute in a group, thirty a second in all. */
const perPerson: Rate = { everyMs: 1_000, burst: 5 };
const perGroup: Rate = { everyMs: 6_000, burst: 10 };
const overall: Rate = { everyMs: 40, burst: 25 };

/** What goes out: a new message, or another text for one that is there. A new question must not wait behind old ones that are settled. */
export type Sort = "message" | "edit";

/** Says how long the next call must wait. Each question takes a place in a line, which all sessions of the bot may share. */
export class Pace {
  readonly #lines: Lines;

  constructor(lines: Lines) {
    this.#lines = lines;
  }

  /**
   * @param chat a person's, or, negative, a group's
   * @param now on any monotonic clock
   */
  waitFor(chat: number, sort: Sort, now: Millis): Millis {
    const inChat = this.#lines.waitFor(`${sort} ${chat}`, chat < 0 ? perGroup : perPerson, now);
    return Math.max(inChat, this.#lines.waitFor("all", overall, now));
  }

  /** Telegram wants nothing from us for so long, in whatever chat. */
  hold(forMs: Millis, now: Millis): void {
    this.#lines.hold(forMs, now);
  }

  holdFor(now: Millis): Millis {
    return this.#lines.holdFor(now);
  }
}
