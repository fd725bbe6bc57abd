import { basename } from "node:path";
import { dressClaude } from "./claude.ts";

/** How an agent is told, for this run only, to call our hook. */
export interface Outfit {
  /**
   * The command with what it takes.
   * @param hook   the shell's words for our hook
   * @param files  reads a file of the person's, named on the command line
   * @returns      undefined when it can't be added without harm
   */
  dress(command: readonly string[], hook: string, files: (path: string) => string): readonly string[] | undefined;
}

const outfits = new Map<string, Outfit>([["claude", { dress: dressClaude }]]);

/** Undefined: a program that has no hooks, or none that leave its own dialog usable. */
export function outfitFor(command: readonly string[]): Outfit | undefined {
  return outfits.get(basename(command[0] ?? ""));
}
