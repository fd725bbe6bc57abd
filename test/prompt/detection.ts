import type { Detection } from "../../src/prompt/detection.ts";

/** A detection of which a test cares about a part only: of itself "Go?", seen by a pattern, without choices. */
export function detectionOf(given: Partial<Detection> = {}): Detection {
  return { type: "yes_no", layer: "pattern", pattern: "test", confidence: 0.9, question: "Go?", excerpt: "Go?", choices: [], default: undefined, secret: false, idle: false, fingerprint: "f", ...given };
}
