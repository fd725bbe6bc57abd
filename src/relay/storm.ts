import type { Millis } from "../async/clock.ts";
import type { Note } from "../channel/talk.ts";
import type { SessionCard } from "../prompt/prompt.ts";

/** A minute in which so many prompts were over before anybody answered them: nobody can follow that on a phone. */
const perMinute = 10;
const windowMs: Millis = 60_000;
/** In a storm, a question goes out only when it has stood this long. */
const holdMs: Millis = 10_000;

/** What went by unsent. */
export interface StormReport {
  /** Prompts of the last minute that were over unanswered, sent or not. */
  readonly passed: number;
  readonly unsent: number;
}

/** What people are told of a storm, once, with a button that ends it for them. */
export function stormNote({ passed, unsent }: StormReport, { id, name }: SessionCard): Note {
  const left = unsent === 0 ? "" : ` ${unsent} of them were not sent.`;
  const text = `${name} asks a lot: ${passed} questions within a minute were over before anybody answered.${left} For now a question is sent when it has stood for ${holdMs / 1_000} s.`;
  return { text, isSilent: true, buttons: [{ label: "Mute it for ten minutes", press: { is: "mute", session: id } }] };
}

/** Notices when questions come and go faster than people can answer. Pure: times in, waits out. */
export class Storm {
  #passed: Millis[] = [];
  #unsent = 0;
  #isTold = false;

  /** A prompt was over before anybody answered it. */
  passedBy(now: Millis, { sent }: { sent: boolean }): void {
    this.#passed.push(now);
    if (!sent) this.#unsent += 1;
  }

  /** How long a question must stand before it is sent. */
  holdMs(now: Millis): Millis {
    this.#passed = this.#passed.filter((at) => now - at < windowMs);
    if (this.#passed.length < perMinute) this.#isTold = false;
    return this.#passed.length < perMinute ? 0 : holdMs;
  }

  /** What people should be told with the next prompt; undefined: nothing, or nothing new. */
  report(now: Millis): StormReport | undefined {
    const isStorm = this.holdMs(now) > 0;
    if ((!isStorm || this.#isTold) && this.#unsent === 0) return undefined;
    const report = { passed: this.#passed.length, unsent: this.#unsent };
    this.#isTold = isStorm;
    this.#unsent = 0;
    return report;
  }
}
