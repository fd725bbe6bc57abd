import type { Nonce } from "../../prompt/nonce.ts";
import type { PromptId } from "../../prompt/prompt.ts";

/** What a button carries: which prompt, the proof, and the index of the choice in the detection. */
export interface ButtonPress {
  readonly promptId: PromptId;
  readonly nonce: Nonce;
  readonly choice: number;
}

/** Telegram's limit, in bytes. */
const maxCallbackBytes = 64;

const form = /^ans:([a-z0-9]{10}):([A-Za-z0-9_-]{22}):(0|[1-9]\d{0,2})$/;

/** @throws RangeError when it would not fit, or not come back as it went */
export function callbackData({ promptId, nonce, choice }: ButtonPress): string {
  const data = `ans:${promptId}:${nonce}:${choice}`;
  if (Buffer.byteLength(data) > maxCallbackBytes || !form.test(data)) throw new RangeError(`no callback data for choice ${choice} of prompt "${promptId}"`);
  return data;
}

/** @returns undefined for anything that no button of ours carries */
export function parseCallback(data: string): ButtonPress | undefined {
  const [, promptId, nonce, choice] = form.exec(data) ?? [];
  if (promptId === undefined || nonce === undefined || choice === undefined) return undefined;
  return { promptId, nonce, choice: Number(choice) };
}
