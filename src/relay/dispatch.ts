import { setImmediate as nextTurn } from "node:timers/promises";
import { messageOf } from "../async/message-of.ts";
import type { Bell } from "../async/bell.ts";
import type { Clock, Millis } from "../async/clock.ts";
import { TaskGroup } from "../async/task-group.ts";
import type { Channel } from "../channel/channel.ts";
import type { Reply, Verdict } from "../prompt/reply.ts";
import type { Store } from "../store/store.ts";
import type { Reaper } from "./reaper.ts";
import type { Report } from "./report.ts";

export interface DispatchParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly report: Report;
  readonly reaper: Reaper;
  /** Rings when another session's process has gone, in whatever way. */
  readonly left: Bell;
}

/** A process that dies closes its sockets a little before it is gone; one that ends well says so itself meanwhile. */
const dyingMs: Millis = 1_000;
/** A store that others recover or hold locked is free again soon; a full disk is not. */
const mostTries = 3;
const againMs: Millis = 500;

/** Brings a channel's replies to the store's judgement, and tells each sender the verdict. */
export async function dispatchReplies(channel: Channel, parts: DispatchParts, signal: AbortSignal): Promise<void> {
  const { report } = parts;
  await using tasks = new TaskGroup(signal);
  tasks.start((signal) => reapTheLeft(parts, signal));
  for await (const incoming of channel.replies(tasks.signal)) {
    const { reply } = incoming;
    const verdict = await judge(reply, parts, tasks.signal);
    // In this turn of the event loop the answer is typed, if it is for this process: its key goes before the toast.
    await nextTurn();
    report.log("info", `reply ${reply.reference} on ${channel.name}: ${verdict.is}`);
    // A toast may take the network's time; the next reply must not wait for it.
    void incoming.tell(verdict);
  }
}

/** Ends the sessions that died before this process listened, and those that die while it does. */
async function reapTheLeft({ reaper, left, clock, report }: DispatchParts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    // Heard from now on, so that one who goes while others are reaped is not missed.
    const next = left.rung(signal);
    await clock.sleep(dyingMs, signal);
    try {
      if (!signal.aborted) await reaper.reap(signal);
    } catch (error) {
      report.log("warn", `killed sessions could not be ended: ${messageOf(error)}`);
    }
    await next;
  }
}

async function judge(reply: Reply, { store, clock, report, reaper }: DispatchParts, signal: AbortSignal): Promise<Verdict> {
  for (let tries = 1; ; tries++) {
    try {
      // A killed session can't type an answer any more, so none may be accepted for it.
      await reaper.reap(signal);
      return await store.decide(reply, clock.wall());
    } catch (error) {
      const why = messageOf(error);
      report.log("warn", `reply ${reply.reference} could not be judged: ${why}`);
      if (tries < mostTries && !signal.aborted) {
        await clock.sleep(againMs, signal);
        continue;
      }
      report.trouble("an answer was refused", "an answer counts only once it is in the audit log; the prompt waits at the terminal", why);
      return { is: "invalid", why: "aegis cannot write its log" };
    }
  }
}
