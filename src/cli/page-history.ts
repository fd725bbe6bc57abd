import { endingOf } from "../channel/page/ending.ts";
import { pastView } from "../channel/page/prompt-view.ts";
import type { PromptView } from "../channel/page/wire.ts";
import type { SessionId } from "../prompt/prompt.ts";
import type { Outcome } from "../prompt/reply.ts";
import type { PromptRow, SessionRow, Store } from "../store/store.ts";

/** How far back the page looks. */
const shownPrompts = 20;

/** Prompts of other sessions and how they ended, oldest first; those that still wait are for their own page. */
export function earlierPrompts(store: Store, here: SessionId): PromptView[] {
  return store
    .prompts({ last: shownPrompts })
    .filter(({ prompt }) => prompt.sessionId !== here)
    .flatMap((row) => {
      const [session] = store.sessions({ id: row.prompt.sessionId });
      const outcome = session && outcomeOf(row, session);
      return outcome ? [pastView(row.prompt, session, { ...endingOf(row.prompt.detection, { outcome, receipt: undefined }), mayAskAgain: false })] : [];
    })
    .toReversed();
}

/** undefined: it waits, or is being typed. */
function outcomeOf({ status, decision, why = "" }: PromptRow, { endedAt, exitCode }: SessionRow): Outcome | undefined {
  switch (status) {
    case "superseded":
      return { is: status, why };
    case "expired":
      return { is: status };
    case "ended":
      return { is: status, exitCode };
    case "not_delivered":
      return decision && { is: status, decision, why };
    case "delivered":
    case "unconfirmed":
    case "unknown":
      return decision && { is: status, decision };
    case "open":
    case "decided":
    case "injecting":
      return endedAt === undefined ? undefined : { is: "ended", exitCode };
  }
}
