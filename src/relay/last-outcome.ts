import type { Outcome } from "../prompt/reply.ts";
import type { PromptRow } from "../store/store.ts";

/** How a prompt ended whose session was killed, as its row stood then; undefined: its message has nothing to say that it may not say already. */
export function lastOutcome({ status, decision, why }: PromptRow): Outcome | undefined {
  if (status === "open") return { is: "ended", exitCode: undefined };
  if (decision === undefined) return undefined;
  // The intent is kept before the first key is typed.
  if (status === "decided") return { is: "not_delivered", decision, why: "aegis was killed before it typed anything" };
  if (status === "injecting") return { is: "unknown", decision };
  // A text was erased once it was typed: it can't be told again.
  if ("text" in decision.answer) return undefined;
  if (status === "delivered" || status === "unconfirmed") return { is: status, decision };
  return status === "not_delivered" ? { is: status, decision, why: why ?? "" } : undefined;
}
