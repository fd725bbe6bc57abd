import type { Choice, Detection } from "./detection.ts";

/**
 * Gives a question for text a button for Enter alone: what it offers by default, or nothing.
 * Not a composer, where a spare Enter takes a suggestion that the program made itself, and not a password.
 */
export function withEnter(detection: Detection): Detection {
  const asksText = detection.type === "free_text" || detection.type === "unknown";
  if (!asksText || detection.secret || detection.idle || detection.choices.length > 0) return detection;
  return { ...detection, choices: [{ label: labelFor(detection), keys: "\r", declines: false }] };
}

/** Whether the choice is the one that {@link withEnter} gave, so that the question still takes text. */
export function isEnter({ keys }: Choice): boolean {
  return keys === "\r";
}

function labelFor({ type, default: preset }: Detection): string {
  if (preset) return `Enter: ${preset}`;
  return type === "unknown" ? "Enter" : "Enter: leave it empty";
}
