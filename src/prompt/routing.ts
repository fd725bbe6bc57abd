import type { Detection } from "./detection.ts";
import { isEnter } from "./enter.ts";

export interface Policy {
  /** false: free-text prompts are shown, but answered at the keyboard. */
  readonly freeText: boolean;
  /** "local": echo-off prompts are answered at the keyboard; "relay": sent like any other. */
  readonly secrets: "local" | "relay";
}

/** Which answers a prompt takes from a phone. Neither: it is shown, and answered at the keyboard. */
export interface Offer {
  readonly choices: boolean;
  readonly text: boolean;
}

/**
 * A text typed at a menu would act on its highlighted row, so only prompts without parsed choices take text. What a program tells
 * of itself is answered without keys: a text is a reason, or an answer of one's own.
 */
export function offerFor(detection: Detection, policy: Policy): Offer {
  if (detection.secret && policy.secrets === "local") return { choices: false, text: false };
  const takesText = detection.layer === "structured" || detection.type === "free_text" || (detection.type === "unknown" && detection.choices.every(isEnter));
  return { choices: detection.choices.length > 0, text: takesText && (policy.freeText || detection.secret) };
}
