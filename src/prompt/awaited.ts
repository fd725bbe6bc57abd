import type { Detection } from "./detection.ts";

/** What a program that shows no question waits for: "the next instruction", or "an answer". */
export function awaited({ idle }: Pick<Detection, "idle">): string {
  return idle ? "the next instruction" : "an answer";
}
