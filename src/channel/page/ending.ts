import type { Detection } from "../../prompt/detection.ts";
import { receiptMark } from "../../prompt/receipt-mark.ts";
import type { Decision, Verdict } from "../../prompt/reply.ts";
import type { Settlement } from "../channel.ts";
import { visible } from "../visible.ts";
import type { Ending } from "./wire.ts";

/** What every tab says once an answer has won and before it has been typed. */
export function pendingEnding(detection: Detection, decision: Decision): Ending {
  return { tone: "pending", say: `${answered(detection, decision)} It is being typed …`, receipt: null, mayAskAgain: false };
}

export function endingOf(detection: Detection, { outcome, receipt }: Settlement): Ending {
  const noted = { receipt: receipt ? receiptMark(receipt) : null, mayAskAgain: outcome.is === "expired" };
  switch (outcome.is) {
    case "delivered":
      return { tone: "good", say: `${answered(detection, outcome.decision)} Delivered.`, ...noted };
    case "unconfirmed":
      return { tone: "bad", say: `${answered(detection, outcome.decision)} It was typed, but the screen did not move on.`, ...noted };
    case "not_delivered":
      return { tone: "bad", say: `${answered(detection, outcome.decision)} Not delivered: ${visible(outcome.why)}.`, ...noted };
    case "unknown":
      return { tone: "bad", say: `${answered(detection, outcome.decision)} aegis was killed while it typed: nobody knows whether this arrived.`, ...noted };
    case "superseded":
      return { tone: "neutral", say: `Closed: ${visible(outcome.why)}.`, ...noted };
    case "expired":
      return { tone: "neutral", say: "Expired. Nothing was typed.", ...noted };
    case "ended":
      return { tone: "neutral", say: outcome.exitCode === undefined ? "aegis was killed before an answer. Nothing was typed." : `The session ended before an answer (exit ${outcome.exitCode}).`, ...noted };
  }
}

/** What the tab that answered is told; `detection` is undefined for a prompt that never stood here. */
export function verdictWords(detection: Detection | undefined, verdict: Verdict): string {
  switch (verdict.is) {
    case "accepted":
      return `Sent: ${labelWords(detection, verdict.decision)}`;
    case "already_decided":
      return `Nothing changed. ${answered(detection, verdict.decision)}`;
    case "expired":
      return "Too late: it expired. Nothing was typed.";
    case "superseded":
      return "No longer asked. Nothing was typed.";
    case "unknown":
      return "This prompt or its session has ended. Nothing was typed.";
    case "invalid":
      return `Not sent: ${visible(verdict.why)}.`;
  }
}

function answered(detection: Detection | undefined, decision: Decision): string {
  return `${labelWords(detection, decision)} by ${visible(decision.by.name)}.`;
}

// What may be a password stays covered, and a text of an earlier run was erased.
function labelWords(detection: Detection | undefined, { label }: Decision): string {
  if (!detection || detection.secret) return "••••";
  return label === "" ? "A text" : `“${visible(label)}”`;
}
