import type { Millis } from "../async/clock.ts";
import type { Note } from "../channel/talk.ts";
import { duration } from "./commands/overview.ts";
import { tallyWords, type Tally } from "./tally.ts";

/** What became of a session. */
export interface SessionEnd extends Tally {
  readonly name: string;
  readonly exitCode: number;
  readonly ranMs: Millis;
}

/** A shorter session that nobody answered from afar is over before anybody has left the desk. */
const worthTellingMs: Millis = 60_000;

/** @returns undefined: not worth telling */
export function farewell({ name, exitCode, ranMs, prompts, answered }: SessionEnd): Note | undefined {
  if (ranMs < worthTellingMs && answered === 0) return undefined;
  return { text: `${name} ended: exit ${exitCode} after ${duration(ranMs)}; ${tallyWords({ prompts, answered })}.`, isSilent: true };
}
