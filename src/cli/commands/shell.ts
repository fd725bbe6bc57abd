import { Argument, Option, type Command } from "commander";
import type { Shell } from "../completions/shells.ts";
import type { Registry } from "./registry.ts";

const shells: readonly Shell[] = ["bash", "zsh", "fish"];

export function addShell(program: Command, { context, exit }: Registry): void {
  program
    .command("completions")
    .description("print the script that makes your shell complete aegis's commands")
    .addArgument(new Argument("<shell>", "the shell").choices(shells))
    .action(async (shell: Shell) => {
      const { completionScript } = await import("../completions/shells.ts");
      context.output.line(completionScript(shell, program).trimEnd());
      exit(0);
    });

  program
    .command("alias")
    .description("print the shell function that makes NAME mean aegis run NAME")
    .addOption(new Option("--shell <shell>", "for this shell; default: yours").choices(shells))
    .argument("<name>", "a program, for example claude")
    .action(async (name: string, options: { shell?: Shell }) => {
      const { alias } = await import("../alias.ts");
      exit(alias(name, options.shell, context));
    });
}
