import { createHash, createHmac } from "node:crypto";
import type { PromptId } from "./prompt.ts";

/** Which answer a nonce stands for: the index of a choice, or "text" for a typed reply. */
export type AnswerSlot = number | "text";

/** Where a prompt is shown: "telegram:<chat id>", "page:local". */
export type Recipient = string;

/** 22 base64url characters: 132 bits of an HMAC. */
export type Nonce = string;

/** SHA-256 of a nonce in hex: what the store keeps, from which no nonce can be made. */
export type NonceHash = string;

/** Mints the nonces of one session. The key lives in the session's memory only, so that nobody who can write the store can invent a tap. */
export class NonceKey {
  readonly #key: Uint8Array;

  /** @param key 32 random bytes */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** @param promptId a prompt's; of an order that waits to be confirmed, "order " and its id */
  nonceFor(promptId: PromptId, slot: AnswerSlot, recipient: Recipient): Nonce {
    return createHmac("sha256", this.#key).update(`${promptId}\n${slot}\n${recipient}`).digest("base64url").slice(0, 22);
  }
}

export function hashNonce(nonce: Nonce): NonceHash {
  return createHash("sha256").update(nonce).digest("hex");
}
