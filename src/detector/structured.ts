import type { Detection } from "../prompt/detection.ts";
import type { Asked } from "./structured/inquiry.ts";

/** What a program says of itself through a hook, a socket or a protocol: the open door of the first layer. */
export type StructuredEvent =
  | {
      /** Of the call with which the program asks. */
      readonly id: string;
      readonly is: "asked";
      /** Counts the questions of one call, from 0. */
      readonly step: number;
      /** Names the source, e.g. "claude.permission". */
      readonly source: string;
      readonly asked: Asked;
    }
  /** The program was given its answer; its dialog goes any moment. */
  | { readonly id: string; readonly is: "answered" }
  /** It no longer waits for an answer by this way; its dialog may still stand. */
  | { readonly id: string; readonly is: "gone"; readonly why: string };

export function structuredDetection(event: Extract<StructuredEvent, { is: "asked" }>): Detection {
  return { ...event.asked, layer: "structured", pattern: event.source, confidence: 1, idle: false, fingerprint: `${event.source} ${event.id} ${event.step}` };
}
