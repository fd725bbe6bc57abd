import { statSync } from "node:fs";
import { within, type CommandProblem } from "../terminal/command.ts";
import type { Context } from "./context.ts";
import { Failure } from "./failure.ts";

/** Why a program can't be started, with what the person most likely meant. */
export function commandFailure({ message, exitCode }: CommandProblem, name: string, { cwd }: Context): Failure {
  if (exitCode === 127) return new Failure(message, missingHint(name));
  if (isFolder(within(cwd, name))) return new Failure(`${name} is a directory`, "name a program");
  return new Failure(message, `run it through its interpreter (aegis run bash ${name}), or make it executable with chmod +x`);
}

function missingHint(name: string): string {
  // A path, not the words of a command: "./my tools/app", "bin/app".
  if (/^$|^\.{0,2}\/|^\S*\/\S*$/.test(name)) return "check its spelling";
  if (/\s/.test(name.trim())) return `leave the quotes out: aegis run ${name.trim()}; what only a shell can read needs one: aegis run bash -c "…"`;
  return `check its spelling and your PATH; an alias or a shell's own command needs the shell: aegis run bash -ic ${name}`;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
