import type { Ask } from "../channel/channel.ts";
import type { Recipient } from "../prompt/nonce.ts";
import type { Reply } from "../prompt/reply.ts";

/** A timeout declines as people do: by a nonce that was made for it, so that nobody else can decline in its name. */
export const timeoutRecipient: Recipient = "timeout:session";

/** The choice that a timeout presses where it is to decline; undefined: none that was parsed declines, so it waits. */
export function decliningChoice({ prompt, offer }: Ask): number | undefined {
  const index = prompt.detection.choices.findIndex((choice) => choice.declines);
  return offer.choices && index >= 0 ? index : undefined;
}

/** The press of a choice by the timeout. */
export function timeoutReply(ask: Ask, choice: number): Reply {
  return {
    target: { promptId: ask.prompt.id, nonce: ask.nonceFor(choice, timeoutRecipient) },
    answer: { choice },
    recipient: timeoutRecipient,
    by: { channel: "timeout", id: "timeout", name: "timeout" },
    reference: "timeout",
  };
}
