import type { Millis } from "../async/clock.ts";
import type { Evidence } from "../prompt/evidence.ts";
import type { Cast, CastEvent } from "./cast.ts";
import { Detector, type Change, type Study } from "./detector.ts";
import type { PatternSet } from "./pattern.ts";

/** A change, and when a live run would have seen it. */
export interface TimedChange {
  readonly at: Millis;
  readonly change: Change;
}

/** What the kernel said stands in a recording a moment after the look that asked for it. */
const tardyMs: Millis = 100;
const unasked: Evidence = { echo: undefined, icanon: undefined, reading: undefined, running: undefined };
/** How long a recording that does not say its end is watched after its last event. */
const afterwardsMs = 3000;

/**
 * Runs the detector over a recording; its times are the clock.
 *
 * @param explain  told of every look at a still screen
 */
export async function replay(cast: Cast, patterns: PatternSet, stuckMs: Millis, explain?: (study: Study) => void): Promise<TimedChange[]> {
  const detector = new Detector(patterns, { cols: cast.cols, rows: cast.rows, stuckMs, startedAt: 0, ...(explain === undefined ? {} : { explain }) });
  const changes: TimedChange[] = [];
  let evidence: Evidence | undefined;
  const lookUntil = async (end: Millis, next?: CastEvent) => {
    for (let due = detector.dueAt(); due !== undefined && due <= end; due = detector.dueAt()) {
      const at = due;
      if (next?.is === "evidence" && next.at - at <= tardyMs) evidence = { ...unasked, ...evidence, ...next.evidence };
      changes.push(...(await detector.look(at, () => evidence)).map((change) => ({ at, change })));
    }
  };
  for (const event of cast.events) {
    await lookUntil(event.at, event);
    switch (event.is) {
      case "output":
        detector.feed(event.bytes, event.at);
        break;
      case "input":
        detector.typed(event.bytes, event.at);
        break;
      case "resize":
        detector.resize(event.cols, event.rows, event.at);
        break;
      case "evidence":
        evidence = { ...unasked, ...evidence, ...event.evidence };
    }
  }
  await lookUntil(cast.endsAt ?? (cast.events.at(-1)?.at ?? 0) + afterwardsMs);
  return changes;
}
