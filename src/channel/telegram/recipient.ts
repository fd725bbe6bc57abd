import type { Recipient } from "../../prompt/nonce.ts";

export function recipientOf(chatId: number): Recipient {
  return `telegram:${chatId}`;
}

/** @returns undefined for a recipient of another channel */
export function chatOf(recipient: Recipient): number | undefined {
  const id = /^telegram:(-?\d+)$/.exec(recipient)?.[1];
  return id === undefined ? undefined : Number(id);
}
