import * as z from "zod/mini";
import type { AgainPost, AnswerPost } from "./wire.ts";

const promptId = z.string().check(z.maxLength(64));
const capability = { promptId, nonce: z.string().check(z.maxLength(64)) };
const shape = z.union([
  z.strictObject({ ...capability, choice: z.int().check(z.nonnegative()) }),
  z.strictObject({ ...capability, text: z.string() }),
]);

const againShape = z.strictObject({ promptId });

/** @returns undefined when `body` is no answer */
export function parseAnswerPost(body: string): AnswerPost | undefined {
  return parse(shape, body);
}

/** @returns undefined when `body` does not say what to ask again */
export function parseAgainPost(body: string): AgainPost | undefined {
  return parse(againShape, body);
}

function parse<T>(wanted: z.ZodMiniType<T>, body: string): T | undefined {
  try {
    return wanted.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined; // not JSON
  }
}
