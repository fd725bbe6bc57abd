import type { Bell } from "../async/bell.ts";
import type { Clock, Millis } from "../async/clock.ts";
import { Deadline } from "../async/deadline.ts";
import type { Queue } from "../async/queue.ts";
import type { Change, Detector } from "../detector/detector.ts";
import type { Detection } from "../prompt/detection.ts";
import type { Evidence } from "../prompt/evidence.ts";
import type { Child } from "../terminal/child.ts";
import { withContext } from "./context.ts";
import type { Keyboard } from "./keyboard.ts";

export interface WatchdogParts {
  readonly child: Child;
  readonly clock: Clock;
  readonly detector: Detector;
  readonly keyboard: Keyboard;
  /** What the detector found and the relay has not dealt with. */
  readonly changes: Queue<Change>;
  /** Rings after every look at the screen. */
  readonly looked: Bell;
  /** Told of what the kernel said at a look. */
  readonly onEvidence: (evidence: Evidence | undefined) => void;
  /** Rings when the detector has learned something: when to look may have changed. */
  readonly stirred: Bell;
}

/** A sleep this short is not woken by output, so that a flood costs no wake-up per chunk. */
const shortSleepMs: Millis = 150;

/**
 * How long the kernel is asked before the look that needs its word. Most of that time is stty's, and what it said then still holds if the
 * child has not run since: 3 ms less for each question.
 */
const inquiryMs: Millis = 8;

/** Looks at the screen whenever it is due, until `signal` aborts, and hands on what was found. */
export async function stallWatchdog({ child, clock, detector, keyboard, changes, looked, onEvidence, stirred }: WatchdogParts, signal: AbortSignal): Promise<void> {
  let earlier: Detection | undefined;
  let askedFor: Millis | undefined;
  while (!signal.aborted) {
    const now = clock.now();
    const due = detector.dueAt();
    if (due === undefined) await stirred.rung(signal);
    else if (due - now > shortSleepMs) {
      using alarm = new Deadline(due - now, clock, signal);
      await stirred.rung(alarm.signal);
    } else if (due > now) {
      const aheadMs = due - now - inquiryMs;
      if (aheadMs <= 0 && due !== askedFor && due === detector.evidenceDueAt()) {
        askedFor = due;
        child.evidence();
      }
      await clock.sleep(aheadMs > 0 ? aheadMs : due - clock.now(), signal);
    } else {
      const found = await detector.look(now, () => {
        const evidence = child.evidence();
        onEvidence(evidence);
        // Asking takes milliseconds: what the child wrote meanwhile is taken in before its screen is read.
        child.catchUp();
        return evidence;
      });
      keyboard.screenRead(now);
      if (detector.isComposerEmpty) keyboard.lineSeenEmpty(now);
      for (const change of found) {
        if (change.event === "close") changes.put(change);
        else {
          changes.put({ ...change, detection: withContext(change.detection, await detector.view(), earlier) });
          earlier = change.detection;
        }
      }
      looked.ring();
    }
  }
}
