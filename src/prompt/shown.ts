import type { Detection } from "./detection.ts";

/** A detection as it may be kept and shown: `redact` has gone over every text of it. The keys stay, for they are ours. */
export function shown(detection: Detection, redact: (text: string) => string): Detection {
  return {
    ...detection,
    question: redact(detection.question),
    excerpt: redact(detection.excerpt),
    choices: detection.choices.map((choice) => ({ ...choice, label: redact(choice.label) })),
    default: detection.default === undefined ? undefined : redact(detection.default),
  };
}
