import type { Bell } from "../async/bell.ts";
import type { Clock, Millis } from "../async/clock.ts";
import type { Detector } from "../detector/detector.ts";
import type { SessionCard } from "../prompt/prompt.ts";
import type { Keyboard } from "./keyboard.ts";
import type { Notes } from "./notes.ts";

export interface SaidParts {
  readonly session: SessionCard;
  readonly notes: Notes;
  readonly keyboard: Keyboard;
  readonly clock: Clock;
  readonly redact: (text: string) => string;
}

/** A program that notifies all the time is passed on this often. */
const apartMs: Millis = 30_000;

/** Tells, silently, what a program says by a desktop notification without asking anything: "Tests passed". Who sits at the desk has seen it. */
export async function tellSaid({ session, notes, keyboard, clock, redact }: SaidParts, detector: Detector, looked: Bell, signal: AbortSignal): Promise<void> {
  let toldAt = -Infinity;
  while (!signal.aborted) {
    await looked.rung(signal);
    const words = detector.takeUnasked();
    const now = clock.now();
    if (words === undefined || now - toldAt < apartMs || keyboard.isAtDesk(now)) continue;
    toldAt = now;
    await notes.tellAll({ text: `${session.name} says:`, excerpt: redact(words), isSilent: true }, signal);
  }
}
