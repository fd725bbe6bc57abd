import { Option, type Command } from "commander";
import type { RunOptions } from "../run.ts";
import type { Registry } from "./registry.ts";

export function addRun(program: Command, { context, exit }: Registry): void {
  program
    .command("run")
    .description("run a program and relay its prompts")
    .addOption(new Option("--channel <name>", "where to ask; default: telegram if configured, else the page").choices(["telegram", "page", "none"]))
    .option("--name <name>", "what to call the session on the phone; default: the command's name")
    .option("--record <file>", "record the session as an asciicast, to test detection with")
    .option("--shield", "hide aegis's own folder and memory from the program (Linux)")
    .option("--no-hooks", "add no hooks to Claude Code: read its screen, as any program's")
    .argument("<program...>", "the program and its own arguments")
    .passThroughOptions()
    .action(async (command: string[], options: RunOptions) => {
      const { run } = await import("../run.ts");
      exit(await run(command, options, context));
    });
}
