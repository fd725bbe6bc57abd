import { userInfo } from "node:os";
import { systemClock } from "../async/clock.ts";
import type { Context } from "./context.ts";
import { Failure } from "./failure.ts";
import { reading } from "./reading.ts";
import { isRunning } from "./running.ts";
import { mint } from "./mint.ts";

/**
 * Resumes a paused session: it may ask again.
 * @param wanted undefined: the one that is paused
 * @throws Failure when there is none, or several and it is not said which
 */
export async function resume(wanted: string | undefined, context: Context): Promise<number> {
  const resumed = await reading(context, async (store) => {
    const running = store.sessions({ running: true }).filter(isRunning);
    const paused = running.filter(({ id, pausedAt, mutedUntil }) => (wanted === undefined ? pausedAt !== undefined || (mutedUntil ?? 0) > systemClock.wall() : id === wanted));
    const [session, ...others] = paused;
    if (session === undefined || others.length > 0) return { ids: paused.map(({ id }) => id) };
    const by = { channel: "desk", id: String(userInfo().uid), name: userInfo().username };
    await store.placeOrder({ id: mint(10), sessionId: session.id, verb: "resume", argument: "", recipient: "desk:local", by, message: undefined, at: systemClock.wall() });
    return session.id;
  });
  if (typeof resumed === "string") {
    context.output.line(`session ${resumed} asks again`);
    return 0;
  }
  const ids = resumed?.ids ?? [];
  if (ids.length > 0) throw new Failure(`several sessions are paused: ${ids.join(", ")}`, "say which: aegis resume SESSION");
  throw wanted === undefined ? new Failure("no session is paused", '"aegis status" lists the sessions that run') : new Failure(`no session ${wanted} runs`, '"aegis status" lists those that do');
}
