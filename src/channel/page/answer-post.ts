import * as z from "zod";
import type { AnswerPost } from "./wire.ts";

const capability = { promptId: z.string().max(64), nonce: z.string().max(64) };
const shape = z.union([
  z.strictObject({ ...capability, choice: z.int().nonnegative() }),
  z.strictObject({ ...capability, text: z.string() }),
]);

/** @returns undefined when `body` is no answer */
export function parseAnswerPost(body: string): AnswerPost | undefined {
  try {
    return shape.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined; // not JSON
  }
}
