import * as z from "zod/mini";
import type { AnswerPost } from "./wire.ts";

const capability = { promptId: z.string().check(z.maxLength(64)), nonce: z.string().check(z.maxLength(64)) };
const shape = z.union([
  z.strictObject({ ...capability, choice: z.int().check(z.nonnegative()) }),
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
