import type { Millis } from "../async/clock.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { Reading } from "./reading.ts";
import type { Sighting } from "./sighting.ts";

/** How soon after its key a menu shows: one that comes later, the agent may have opened. */
const opensWithinMs: Millis = 3_000;
/** More than this tells no command from an instruction. */
const longest = 200;

const paste = /\x1b\[20[01]~/g;
/** "/model": a path holds another slash. */
const command = /^\s*\/[a-z][\w:-]*(?:\s[^\r\n]*)?(?:[\r\n]|$)/iu;
const chord = /^[\x00-\x1f\x7f]/;
const enter = /[\r\n]/;

/** "Yes", "Allow once", "Run this command" */
const permits = /^(?:yes|allow|approve|accept|proceed|run|trust)\b/iu;

/** One choice permits and another refuses: no list of models, sessions or settings does. */
function asksLeave({ choices }: Sighting): boolean {
  return choices.some(({ declines }) => declines) && choices.some(({ label }) => permits.test(label));
}

/** What is typed into an agent's composer, until the agent goes about it; and the menu that it opens instead. */
export class Instruction {
  #keys = "";
  #at: Millis = -Infinity;
  #menu: string | undefined;

  typed(bytes: Uint8Array, now: Millis): void {
    this.#keys = (this.#keys + Buffer.from(bytes).toString("utf8")).replace(paste, "").slice(0, longest);
    this.#at = now;
  }

  /** The agent works, asks, or waits for the next one. */
  over(): void {
    this.#keys = "";
    this.#menu = undefined;
  }

  get isBegun(): boolean {
    return this.#keys !== "";
  }

  /** Enter was typed. */
  get isSent(): boolean {
    return enter.test(this.#keys);
  }

  /** A command of the composer's own ("/model") was sent, of which the agent may hear nothing. */
  get isCommand(): boolean {
    return this.isSent && command.test(this.#keys);
  }

  /**
   * Whether `reading` shows a menu that the person opened: a command, or a key that writes nothing (ctrl+r, Esc twice), has just
   * called for it. What a pattern knows to be the agent's question is none.
   *
   * @param isWithin  such a menu stands already, so that Enter picks from it
   */
  opened(reading: Reading, now: Millis, isWithin: boolean): boolean {
    if (reading.is === "own") return true;
    const isRecent = now - this.#at <= opensWithinMs;
    const calledFor = isRecent && (isWithin || command.test(this.#keys) || (chord.test(this.#keys) && !this.isSent));
    if (reading.is === "nothing") return isWithin || calledFor;
    if (reading.is === "busy" || reading.sighting.idle || reading.sighting.shape !== "menu" || !reading.sighting.pattern.startsWith("generic.")) return false;
    if (!isWithin && asksLeave(reading.sighting)) return false;
    const menu = fingerprintOf(reading.sighting);
    if (calledFor) this.#menu = menu;
    return this.#menu === menu;
  }
}
