import { Bell } from "../async/bell.ts";
import type { Clock } from "../async/clock.ts";
import type { Queue } from "../async/queue.ts";
import { TaskGroup } from "../async/task-group.ts";
import type { Change, Detector } from "../detector/detector.ts";
import type { Detection } from "../prompt/detection.ts";
import type { Evidence } from "../prompt/evidence.ts";
import type { Decision } from "../prompt/reply.ts";
import type { Child } from "../terminal/child.ts";
import type { Tap } from "../terminal/pump.ts";
import type { Tty } from "../terminal/tty.ts";
import type { Intake } from "./intake.ts";
import type { Keyboard } from "./keyboard.ts";
import type { Prompts } from "./prompts.ts";
import { sheltered, type Report } from "./report.ts";
import { stallWatchdog } from "./watchdog.ts";

export interface SessionParts {
  readonly child: Child;
  readonly tty: Tty;
  /** What passes between the two. */
  readonly intake: Intake;
  /** The exit code, once everything the child wrote is shown. */
  readonly exited: Promise<number>;
  readonly clock: Clock;
  readonly detector: Detector;
  readonly keyboard: Keyboard;
  readonly prompts: Prompts;
  readonly decisions: (signal: AbortSignal) => AsyncIterable<Decision>;
  readonly report: Report;
  /** What the detector found and the relay has not dealt with. */
  readonly changes: Queue<Change>;
  /** Adds to a question what people need besides. */
  readonly describe: (detection: Detection) => Promise<Detection>;
  /** Others who are told of every byte. */
  readonly listeners: readonly Listener[];
  /** Rings after every look at the screen. */
  readonly looked: Bell;
  /** Further loops that live as long as the child: replies, the page, … */
  readonly loops: ReadonlyMap<string, (signal: AbortSignal) => Promise<void>>;
}

/** Told of what passes: a recording, a live page. */
export interface Listener extends Tap {
  evidence(evidence: Evidence | undefined): void;
}

/**
 * One session: relays the prompts of a running child until it has ended, and gives its exit code.
 * The byte path is pump's alone: this only listens, and a loop of it that breaks ends itself, never the child.
 */
export async function runSession(parts: SessionParts, signal: AbortSignal): Promise<number> {
  const { child, tty, intake, exited, clock, detector, keyboard, prompts, decisions, report, looked, listeners, changes } = parts;
  const stirred = new Bell();
  await using tasks = new TaskGroup(signal);
  const start = (name: string, loop: (signal: AbortSignal) => Promise<void>): void => tasks.start((signal) => sheltered(name, report, () => loop(signal)));

  const onEvidence = (evidence: Evidence | undefined): void => {
    for (const listener of listeners) listener.evidence(evidence);
  };
  start("stall watchdog", (signal) => stallWatchdog({ child, clock, detector, keyboard, changes, looked, onEvidence, stirred }, signal));
  start("prompts", async function promptRelay(signal) {
    for await (const change of changes.items(signal)) {
      report.log("debug", `detector: ${change.event} ${change.event === "open" ? change.detection.pattern : change.why}`);
      if (change.event === "close") keyboard.questionClosed();
      // One that fails (a full disk) keeps none of those after it.
      await sheltered("a prompt", report, async () => await (change.event === "open" ? prompts.open(await parts.describe(change.detection)) : prompts.close(change.why)));
    }
  });
  start("decisions", async function responseConsumer(signal) {
    for await (const decision of decisions(signal)) await sheltered("a decision", report, () => prompts.decided(decision));
  });
  for (const [name, loop] of parts.loops) start(name, loop);

  using _resized = tty.onResize((size) => {
    detector.resize(size.cols, size.rows, clock.now());
    stirred.ring();
  });
  const screen: Tap = {
    output(bytes) {
      detector.feed(bytes, clock.now());
      stirred.ring();
    },
    keys(bytes, typed) {
      if (!typed) return;
      keyboard.typed(bytes, clock.now());
      detector.typed(bytes, clock.now());
      stirred.ring();
    },
  };
  intake.attach([screen, ...listeners], (message, hint) => report.trouble(message, hint));
  return await exited;
}
