import * as z from "zod/mini";
import type { Json } from "../../prompt/event.ts";

const hello = z.strictObject({ bearer: z.string().check(z.maxLength(100)), source: z.enum(["claude"]), event: z.json() });

/** Who calls: the program that the hook was written for. */
export type HookSource = z.infer<typeof hello>["source"];

/** The first message of a hook: what it was told, and the proof that it may speak to this session. */
export interface Hello {
  readonly bearer: string;
  readonly source: HookSource;
  readonly event: Json;
}

/** @throws Error when it is none */
export function readHello(message: Json): Hello {
  return hello.parse(message);
}

export function isHookSource(word: string): word is HookSource {
  return hello.shape.source.safeParse(word).success;
}
