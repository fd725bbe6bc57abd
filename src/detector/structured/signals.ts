import type { Millis } from "../../async/clock.ts";
import type { Signal } from "./signal.ts";

/** How long a sign of work counts that is not repeated: what Ghostty gives a progress bar (OSC 9;4) before it takes it away. */
const workLastsMs: Millis = 15_000;
/** How long a notification stands before it counts as one for which nothing is asked. */
const unaskedMs: Millis = 3_000;
/** Spinners in a title; the same glyphs turn in Codex, Claude Code and npm (notes of 2026-11). */
const spinning = /^[\u2801-\u28ff◐◑◒◓]\s/u;

/** What the program has said through its terminal and still holds. Votes only: none of it is a question. */
export class Signals {
  #calledAt: Millis | undefined;
  #notice: { readonly text: string; readonly at: Millis } | undefined;
  #unasked: string | undefined;
  #worksSince: Millis | undefined;
  #spunAt: Millis | undefined;

  hear(signal: Signal, now: Millis): void {
    switch (signal.is) {
      case "notice":
        this.#calledAt = now;
        this.#notice = { text: signal.text, at: now };
        break;
      case "bell":
        this.#calledAt = now;
        break;
      case "progress":
        this.#worksSince = signal.works ? now : undefined;
        break;
      case "shell":
        // What ran before has ended, whatever it left behind.
        if (signal.phase !== "runs") this.#worksSince = this.#spunAt = undefined;
        this.#calledAt = undefined;
    }
  }

  titled(title: string, now: Millis): void {
    this.#spunAt = spinning.test(title) ? now : undefined;
  }

  /** A key went to the child: what it called for is being seen to. */
  typed(): void {
    this.#calledAt = undefined;
    this.#notice = undefined;
  }

  /** A question stands: that is what the program called for. */
  raised(): void {
    this.#notice = undefined;
  }

  /** It has called for a person since the last key: by a notification, or by the bell. */
  get calls(): boolean {
    return this.#calledAt !== undefined;
  }

  /** Until when its progress says that it works; undefined: it does not. */
  worksUntil(now: Millis): Millis | undefined {
    return lasting(this.#worksSince, now);
  }

  /** Until when its title says so. */
  spinsUntil(now: Millis): Millis | undefined {
    return lasting(this.#spunAt, now);
  }

  /** When a look must see whether anything is asked for its notification; undefined: it gave none. */
  get dueAt(): Millis | undefined {
    return this.#notice === undefined ? undefined : this.#notice.at + unaskedMs;
  }

  /** The screen was looked at. */
  looked(now: Millis): void {
    if (this.#notice === undefined || now < this.#notice.at + unaskedMs) return;
    this.#unasked = this.#notice.text;
    this.#notice = undefined;
  }

  /** The words of a notification for which nothing was asked, once; undefined: there is none. */
  takeUnasked(): string | undefined {
    const words = this.#unasked;
    this.#unasked = undefined;
    return words;
  }
}

function lasting(since: Millis | undefined, now: Millis): Millis | undefined {
  return since === undefined || since + workLastsMs <= now ? undefined : since + workLastsMs;
}
