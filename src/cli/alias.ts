import { basename } from "node:path";
import type { Shell } from "./completions/shells.ts";
import type { Context } from "./context.ts";
import { Failure } from "./failure.ts";

/** "aegis alias NAME": the function with which NAME means "aegis run NAME" in the person's shell. Inside aegis it is the program alone. */
export function alias(name: string, wanted: Shell | undefined, { environment, output }: Context): number {
  if (!/^[A-Za-z_][\w.-]*$/.test(name)) throw new Failure(`"${name}" cannot be the name of a shell function`, "give the program's bare name, for example: aegis alias claude");
  if (name === "aegis") throw new Failure("aegis would call itself", "give the name of another program");
  const shell = wanted ?? shellOf(environment["SHELL"]);
  output.line(shell === "fish" ? forFish(name) : forPosix(name, shell));
  return 0;
}

function shellOf(path: string | undefined): Shell {
  const name = basename(path ?? "");
  return name === "fish" || name === "zsh" ? name : "bash";
}

function forPosix(name: string, shell: Shell): string {
  return `# in ~/.${shell}rc: eval "$(aegis alias ${name})"
${name}() {
  if [ -n "$AEGIS_SESSION" ]; then command ${name} "$@"; else command aegis run ${name} "$@"; fi
}`;
}

function forFish(name: string): string {
  return `# in ~/.config/fish/config.fish: aegis alias ${name} | source
function ${name} --wraps ${name}
  if set -q AEGIS_SESSION
    command ${name} $argv
  else
    command aegis run ${name} $argv
  end
end`;
}
