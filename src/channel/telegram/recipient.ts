import type { Recipient } from "../../prompt/nonce.ts";

export function recipientOf(chatId: number): Recipient {
  return `telegram:${chatId}`;
}

/** A bot, whoever runs it: names the lease of its poll, the number of its next update, and the lines in which its messages wait. */
export function botName(id: number): string {
  return `telegram:${id}`;
}

/** A bot's own id is its token's first part. */
export function botIdIn(token: string): number {
  return Number(token.split(":")[0]);
}

/** @returns undefined for a recipient of another channel */
export function chatOf(recipient: Recipient): number | undefined {
  const id = /^telegram:(-?\d+)$/.exec(recipient)?.[1];
  return id === undefined ? undefined : Number(id);
}
