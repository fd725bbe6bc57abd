import type { Detection } from "../prompt/detection.ts";

/** What a program says of itself through a hook, a socket or a protocol: the open door of the first layer. */
export type StructuredEvent =
  | {
      /** The program's own id of the question. */
      readonly id: string;
      readonly is: "asked";
      /** Names the source, e.g. "claude.permission-request". */
      readonly source: string;
      readonly asked: Pick<Detection, "type" | "question" | "excerpt" | "choices" | "default" | "secret">;
    }
  | { readonly id: string; readonly is: "gone"; readonly why: string };

export function structuredDetection(event: Extract<StructuredEvent, { is: "asked" }>): Detection {
  return { ...event.asked, layer: "structured", pattern: event.source, confidence: 1, idle: false, fingerprint: `${event.source} ${event.id}` };
}
