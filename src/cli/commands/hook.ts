import type { Command } from "commander";
import type { HookOptions } from "../hook.ts";
import type { Registry } from "./registry.ts";

/** Called by agents, not by people, so help does not list it. */
export function addHook(program: Command, { context, exit }: Registry): void {
  program
    .command("hook", { hidden: true })
    .description("what an agent runs to ask its session's person")
    .option("--home <folder>", "of the session")
    .option("--session <id>", "default: $AEGIS_SESSION")
    .argument("<agent>")
    .action(async (source: string, options: HookOptions) => {
      const { hook } = await import("../hook.ts");
      exit(await hook(source, options, context));
    });
}
