import type { EpochMillis } from "../../async/clock.ts";
import { capitalised } from "../../prompt/capitalised.ts";
import { receiptMark } from "../../prompt/receipt-mark.ts";
import type { Decision, Outcome, Receipt, Reply, Verdict } from "../../prompt/reply.ts";
import type { Settlement } from "../channel.ts";
import { RichText } from "./rich-text.ts";
import { visibleLine } from "../visible.ts";

/** Labels and names in UTF-16 units, so that a toast stays within Telegram's 200. */
const maxLabel = 60;
const maxName = 40;
const maxWhy = 200;

/** What is written under a settled message. `isSecret`: the answer is not repeated. */
export function settledText({ outcome, receipt }: Settlement, isSecret: boolean, redact: (text: string) => string): RichText {
  const who = "decision" in outcome ? answered(outcome.decision, isSecret, redact) : new RichText();
  return who.plus(`${ending(outcome, redact)}\n`).followedBy(attested(receipt));
}

function answered(decision: Decision, isSecret: boolean, redact: (text: string) => string): RichText {
  const label = isSecret ? "(hidden)" : visibleLine(redact(decision.label), maxLabel);
  return new RichText().plus(label, "code").plus(", by ").plus(nameOf(decision), "code").plus(` at ${clockTime(decision.at)}. `);
}

function ending(outcome: Outcome, redact: (text: string) => string): string {
  switch (outcome.is) {
    case "delivered":
      return "Delivered";
    case "unconfirmed":
      return "Sent, but the screen did not move on";
    case "not_delivered":
      return `Not delivered: ${visibleLine(redact(outcome.why), maxWhy)}`;
    case "unknown":
      return "aegis was killed while it typed: nobody knows whether this arrived";
    case "superseded":
      return capitalised(visibleLine(redact(outcome.why), maxWhy)) || "Answered at the keyboard";
    case "expired":
      return "Expired";
    case "ended":
      return outcome.exitCode === undefined ? "Session ended: aegis was killed" : `Session ended, exit ${outcome.exitCode}`;
  }
}

function attested(receipt: Receipt | undefined): RichText {
  if (receipt === undefined) return new RichText("not logged: the audit log could not be written");
  return new RichText().plus(receiptMark(receipt), "code");
}

/** Who is told, and of which reply; a reply comes again when the process that took it died before it could say so to Telegram. */
type Sent = Pick<Reply, "by" | "target">;

/** What the sender of a reply is told at once; at most 200 UTF-16 units. */
export function verdictText(verdict: Verdict, redact: (text: string) => string, sent: Sent): string {
  switch (verdict.is) {
    case "accepted":
      return `${visibleLine(redact(verdict.decision.label), maxLabel)}: sent to the terminal`;
    case "already_decided":
      return alreadyDecided(verdict.decision, redact, sent);
    case "expired":
      return "Expired: this question is no longer open";
    case "superseded":
      return "No longer open: answered at the keyboard, or the screen has moved on";
    case "unknown":
      return verdict.isElsewhere === true ? "Nothing was typed: this aegis has not asked that. If its session still runs, another one uses this bot; tap again, or answer at the keyboard" : "Its session has ended";
    case "invalid":
      return `Not accepted: ${visibleLine(redact(verdict.why), 150)}`;
  }
}

function alreadyDecided(decision: Decision, redact: (text: string) => string, { by, target }: Sent): string {
  const label = visibleLine(redact(decision.label), maxLabel);
  const isOwn = by.channel === decision.by.channel && by.id === decision.by.id;
  if (isOwn && "nonce" in target && target.nonce === decision.nonce) return `${label}: your answer counted, at ${clockTime(decision.at)}`;
  return `Already answered: ${label}, by ${isOwn ? "you" : nameOf(decision)} at ${clockTime(decision.at)}`;
}

const nameOf = (decision: Decision): string => visibleLine(decision.by.name, maxName);

/** Hours and minutes where the program runs. */
function clockTime(at: EpochMillis): string {
  return new Date(at).toTimeString().slice(0, 5);
}
