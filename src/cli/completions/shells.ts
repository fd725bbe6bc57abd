import type { Command } from "commander";
import { bashScript } from "./bash.ts";
import { fishScript } from "./fish.ts";
import { treeOf, type CommandWords } from "./tree.ts";
import { zshScript } from "./zsh.ts";

export type Shell = "bash" | "zsh" | "fish";

const scripts: Readonly<Record<Shell, (root: CommandWords) => string>> = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** The script that makes a shell complete the commands and options of `program`. */
export function completionScript(shell: Shell, program: Command): string {
  return scripts[shell](treeOf(program));
}
