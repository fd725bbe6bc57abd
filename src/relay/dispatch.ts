import { messageOf } from "../async/message-of.ts";
import type { Clock } from "../async/clock.ts";
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
}

/** Brings a channel's replies to the store's judgement, and tells each sender the verdict. */
export async function dispatchReplies(channel: Channel, parts: DispatchParts, signal: AbortSignal): Promise<void> {
  const { report, reaper } = parts;
  await reaper.reap(signal);
  for await (const incoming of channel.replies(signal)) {
    const { reply } = incoming;
    const verdict = await judge(reply, parts, signal);
    report.log("info", `reply ${reply.reference} on ${channel.name}: ${verdict.is}`);
    // A toast may take the network's time; the next reply must not wait for it.
    void incoming.tell(verdict);
  }
}

async function judge(reply: Reply, { store, clock, report, reaper }: DispatchParts, signal: AbortSignal): Promise<Verdict> {
  try {
    // A killed session can't type an answer any more, so none may be accepted for it.
    await reaper.reap(signal);
    return await store.decide(reply, clock.wall());
  } catch (error) {
    const why = messageOf(error);
    report.trouble(`an answer was refused: ${why}`, "an answer counts only once it is in the audit log; the prompt waits at the terminal");
    return { is: "invalid", why: "aegis cannot write its log" };
  }
}
