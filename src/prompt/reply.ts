import type { EpochMillis } from "../async/clock.ts";
import type { Nonce, Recipient } from "./nonce.ts";
import type { PromptId, SessionId } from "./prompt.ts";

/** Who answered: `id` is the channel's own, stable one (Telegram's numeric user id). */
export interface Responder {
  readonly channel: string;
  readonly id: string;
  readonly name: string;
}

/** A message that a channel sent; `id` is unique within `recipient`. */
export interface MessageRef {
  readonly recipient: Recipient;
  readonly id: string;
}

export type Answer = { readonly choice: number } | { readonly text: string };

/** What a reply is aimed at: a button's prompt and nonce, or the message that was replied to. */
export type Target = { readonly promptId: PromptId; readonly nonce: Nonce } | { readonly message: MessageRef };

/** What a person sent, unjudged; the channel has already admitted the sender. */
export interface Reply {
  readonly target: Target;
  readonly answer: Answer;
  readonly recipient: Recipient;
  readonly by: Responder;
  /** The channel's own number for it (Telegram's update id), for the log. */
  readonly reference: string;
}

/** The one reply that won. */
export interface Decision {
  readonly promptId: PromptId;
  readonly sessionId: SessionId;
  readonly answer: Answer;
  /** The label of the choice, or the text. */
  readonly label: string;
  readonly by: Responder;
  readonly at: EpochMillis;
  /** The button's nonce, which its session checks before it types; undefined for a reply to a message. */
  readonly nonce: Nonce | undefined;
  readonly recipient: Recipient;
}

/** Which entry of the audit log attests something. */
export interface Receipt {
  readonly seq: number;
  /** 64 hex characters */
  readonly hash: string;
}

export type Verdict =
  | { readonly is: "accepted"; readonly decision: Decision }
  /** `isAgain`: the very reply that won was delivered once more, as it is when nobody could confirm it. */
  | { readonly is: "already_decided"; readonly decision: Decision; readonly isAgain?: true }
  | { readonly is: "expired" }
  | { readonly is: "superseded" }
  /** Its session has ended. `isElsewhere`: no such prompt was ever kept here; another home may use the same bot. */
  | { readonly is: "unknown"; readonly isElsewhere?: true }
  | { readonly is: "invalid"; readonly why: string };

/** How a prompt ended; shown on its message. */
export type Outcome =
  | { readonly is: "delivered"; readonly decision: Decision }
  /** Typed, but the screen did not move on. */
  | { readonly is: "unconfirmed"; readonly decision: Decision }
  /** Nothing was typed. */
  | { readonly is: "not_delivered"; readonly decision: Decision; readonly why: string }
  | { readonly is: "superseded"; readonly why: string }
  | { readonly is: "expired" }
  /** aegis was killed while it typed. */
  | { readonly is: "unknown"; readonly decision: Decision }
  /** undefined: aegis was killed, so nobody knows the child's. */
  | { readonly is: "ended"; readonly exitCode: number | undefined };

/** How the typing of a decision ended, told by the session that typed. */
export type InjectionOutcome = Extract<Outcome, { is: "delivered" | "unconfirmed" | "not_delivered" }>;
