import type { Ask } from "../channel/channel.ts";
import { hashNonce, type AnswerSlot, type Recipient } from "../prompt/nonce.ts";
import type { Decision } from "../prompt/reply.ts";
import type { StoredNonce } from "../store/store.ts";

/** The nonces with which these people can give the answers that an ask offers, as the store keeps them. */
export function noncesOf(ask: Ask, recipients: readonly Recipient[]): StoredNonce[] {
  const slots: AnswerSlot[] = [...(ask.offer.choices ? ask.prompt.detection.choices.keys() : []), ...(ask.offer.text ? (["text"] as const) : [])];
  return recipients.flatMap((recipient) => slots.map((slot) => storedNonce(ask, slot, recipient)));
}

export function storedNonce(ask: Ask, slot: AnswerSlot, recipient: Recipient): StoredNonce {
  return { slot, recipient, hash: hashNonce(ask.nonceFor(slot, recipient)) };
}

/** Whoever can write the database can forge a decision, but not the nonce of a button. A reply to a message carries none. */
export function isGenuine(decision: Decision, ask: Ask): boolean {
  const { answer, nonce, recipient } = decision;
  if ("text" in answer && nonce === undefined) return ask.offer.text;
  return nonce === ask.nonceFor("text" in answer ? "text" : answer.choice, recipient);
}
