import type { AnswerSlot, Nonce, Recipient } from "../prompt/nonce.ts";
import type { Offer } from "../prompt/routing.ts";
import type { Prompt, SessionCard } from "../prompt/prompt.ts";
import type { Talk } from "./talk.ts";
import type { MessageRef, Outcome, Receipt, Reply, Verdict } from "../prompt/reply.ts";

/** A prompt on its way to people. */
export interface Ask {
  readonly prompt: Prompt;
  readonly session: SessionCard;
  /** Which answers may be given from afar; the rest is for the keyboard. */
  readonly offer: Offer;
  nonceFor(slot: AnswerSlot, recipient: Recipient): Nonce;
  /** It shows, but no phone rings: quiet hours. */
  readonly isQuiet?: boolean;
}

/** How an asked prompt ended, and the audit entry that says so; undefined when the log could not be written. */
export interface Settlement {
  readonly outcome: Outcome;
  readonly receipt: Receipt | undefined;
}

/** A reply, and the way to tell its sender at once what came of it (a toast, a line). */
export interface Incoming {
  readonly reply: Reply;
  /** Never rejects: a toast that cannot be shown is not worth a decision. */
  tell(verdict: Verdict): Promise<void>;
}

/**
 * Where people are asked. Every implementation passes test/channel/channel.contract.ts.
 * A rejected promise carries an Error whose message can be shown as it is: no token, no payload.
 */
export interface Channel {
  /** "telegram", "page": the first part of its recipients. */
  readonly name: string;
  /** Everyone a prompt is shown to, known before anything is sent; at least one. */
  readonly recipients: readonly Recipient[];
  /** Whom no prompt is shown to, but who may ask and be answered. */
  readonly acquaintances?: readonly Recipient[];
  /** The lease under which alone `replies` may run; undefined: any number of processes may listen. */
  readonly lease: string | undefined;
  /** What it shows is kept outside this machine, so that a settled message witnesses the log. */
  readonly isWitness: boolean;
  /** Shows the prompt to every recipient; gives the messages that got through. Rejects when none did. */
  send(ask: Ask, signal: AbortSignal): Promise<MessageRef[]>;
  /** Takes the buttons off the messages and says how the prompt ended. */
  settle(ask: Ask, messages: readonly MessageRef[], settlement: Settlement, signal: AbortSignal): Promise<void>;
  /** Admitted replies until `signal` aborts. The consumer has dealt with one when it asks for the next: only then may it be forgotten. */
  replies(signal: AbortSignal): AsyncIterable<Incoming>;
  /** What else can be said on it; undefined: nothing. */
  readonly talk?: Talk;
  /** The session has ended and has said all it had to. */
  leave?(signal: AbortSignal): Promise<void>;
}
