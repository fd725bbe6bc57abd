import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { CommandProblem } from "../terminal/command.ts";
import type { Context } from "./context.ts";
import { Failure } from "./failure.ts";

/** Why a program can't be started, with what the person most likely meant. */
export function commandFailure({ message, exitCode }: CommandProblem, name: string, { cwd }: Context): Failure {
  if (exitCode === 127) return new Failure(message, missingHint(name));
  if (statSync(resolve(cwd, name), { throwIfNoEntry: false })?.isDirectory() === true) return new Failure(`${name} is a directory`, "name a program");
  return new Failure(message, `run it through its interpreter (aegis run bash ${name}), or make it executable with chmod +x`);
}

function missingHint(name: string): string {
  if (/\s/.test(name.trim())) return `leave the quotes out: aegis run ${name.trim()}; what only a shell can read needs one: aegis run bash -c "…"`;
  if (name === "" || name.includes("/")) return "check its spelling";
  return `check its spelling and your PATH; an alias or a shell's own command needs the shell: aegis run bash -ic ${name}`;
}
