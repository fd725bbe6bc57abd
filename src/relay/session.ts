import { Bell } from "../async/bell.ts";
import type { Clock } from "../async/clock.ts";
import { Queue } from "../async/queue.ts";
import { TaskGroup } from "../async/task-group.ts";
import type { Change, Detector } from "../detector/detector.ts";
import type { Evidence } from "../prompt/evidence.ts";
import type { Decision } from "../prompt/reply.ts";
import type { Child } from "../terminal/child.ts";
import { pump, type Tap } from "../terminal/pump.ts";
import type { Size, Tty } from "../terminal/tty.ts";
import type { Keyboard } from "./keyboard.ts";
import type { Prompts } from "./prompts.ts";
import { sheltered, type Report } from "./report.ts";

export interface SessionParts {
  readonly child: Child;
  readonly tty: Tty;
  readonly clock: Clock;
  readonly detector: Detector;
  readonly keyboard: Keyboard;
  readonly prompts: Prompts;
  readonly decisions: (signal: AbortSignal) => AsyncIterable<Decision>;
  readonly report: Report;
  /** Others who are told of every byte. */
  readonly listeners: readonly Listener[];
  /** Rings after every look at the screen. */
  readonly looked: Bell;
  /** Further loops that live as long as the child: replies, the page, … */
  readonly loops: ReadonlyMap<string, (signal: AbortSignal) => Promise<void>>;
}

/** Told of what passes: a recording, a live page. */
export interface Listener extends Tap {
  resized(size: Size): void;
  evidence(evidence: Evidence | undefined): void;
}

/** A sleep this short is not woken by output, so that a flood costs no wake-up per chunk. */
const shortSleepMs = 150;

/**
 * One session: relays the prompts of a running child until its output ends, and gives its exit code.
 * The byte path is pump's alone; a loop of the relay that breaks ends itself, never the child.
 */
export async function runSession(parts: SessionParts, signal: AbortSignal): Promise<number> {
  const { child, tty, clock, detector, keyboard, prompts, decisions, report, looked, listeners } = parts;
  const changes = new Queue<Change>();
  const stirred = new Bell();
  await using tasks = new TaskGroup(signal);
  const start = (name: string, loop: (signal: AbortSignal) => Promise<void>): void => tasks.start((signal) => sheltered(name, report, () => loop(signal)));

  start("stall watchdog", async function stallWatchdog(signal) {
    while (!signal.aborted) {
      const now = clock.now();
      const due = detector.dueAt();
      if (due === undefined) await stirred.rung(signal);
      else if (due - now > shortSleepMs) await stirred.rung(AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(due - now))]));
      else if (due > now) await clock.sleep(due - now, signal);
      else {
        const found = await detector.look(now, () => {
          const evidence = child.evidence();
          for (const listener of listeners) listener.evidence(evidence);
          return evidence;
        });
        keyboard.screenRead(now);
        for (const change of found) changes.put(change);
        looked.ring();
      }
    }
  });
  start("prompts", async function promptRelay(signal) {
    for await (const change of changes.items(signal)) {
      report.log("debug", `detector: ${change.event} ${change.event === "open" ? change.detection.pattern : change.why}`);
      await (change.event === "open" ? prompts.open(change.detection) : prompts.close(change.why));
    }
  });
  start("decisions", async function responseConsumer(signal) {
    for await (const decision of decisions(signal)) await prompts.decided(decision);
  });
  for (const [name, loop] of parts.loops) start(name, loop);

  using _resized = tty.onResize((size) => {
    child.resize(size);
    detector.resize(size.cols, size.rows, clock.now());
    for (const listener of listeners) listener.resized(size);
    stirred.ring();
  });
  return await pump(
    child,
    tty,
    harmless(report, {
      output(bytes) {
        detector.feed(bytes, clock.now());
        stirred.ring();
        for (const listener of listeners) listener.output(bytes);
      },
      keys(bytes, typed) {
        for (const listener of listeners) listener.keys(bytes, typed);
        if (!typed) return;
        keyboard.typed(bytes, clock.now());
        detector.typed(bytes, clock.now());
        stirred.ring();
      },
    }),
    signal,
  );
}

/** A tap that is taken off the byte path at its first exception: what listens must not stop what flows. */
function harmless(report: Report, tap: Tap): Tap {
  let listening: Tap | undefined = tap;
  const attempt = (listen: (tap: Tap) => void): void => {
    if (!listening) return;
    try {
      listen(listening);
    } catch (error) {
      listening = undefined;
      report.trouble(`the detector broke: ${error instanceof Error ? error.message : String(error)}`, "prompts waited at the terminal from then on");
    }
  };
  return {
    output: (bytes) => attempt((tap) => tap.output(bytes)),
    keys: (bytes, typed) => attempt((tap) => tap.keys(bytes, typed)),
  };
}
