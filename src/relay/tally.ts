import { counted } from "./counted.ts";

/** How much of a session was asked, and how much of that was answered from afar. */
export interface Tally {
  readonly prompts: number;
  readonly answered: number;
}

/** "1 prompt, 0 answered from the phone" */
export function tallyWords({ prompts, answered }: Tally): string {
  return `${counted(prompts, "prompt", "prompts")}, ${answered} answered from the phone`;
}
