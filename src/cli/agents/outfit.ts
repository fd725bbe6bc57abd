import { agentAt, type AgentMark } from "./agent-mark.ts";
import { claudeMark, dressClaude } from "./claude.ts";
import type { Disk } from "./disk.ts";

/** How an agent is told, for this run only, to call our hook. */
interface Outfit {
  readonly mark: AgentMark;
  /**
   * The agent's own words with what it takes.
   * @param hook  the shell's words for our hook
   * @returns     undefined when it can't be added without harm
   */
  dress(words: readonly string[], hook: string, disk: Disk): readonly string[] | undefined;
}

const outfits: readonly Outfit[] = [{ mark: claudeMark, dress: dressClaude }];

/**
 * The command with an agent's hooks added.
 * @returns undefined: a program that has no hooks, or none that leave its own dialog usable
 */
export function dressed(command: readonly string[], hook: string, disk: Disk): readonly string[] | undefined {
  for (const outfit of outfits) {
    const at = agentAt(command, outfit.mark, disk);
    if (at === undefined) continue;
    const words = outfit.dress(command.slice(at + 1), hook, disk);
    return words && [...command.slice(0, at + 1), ...words];
  }
  return undefined;
}
