import type { Command } from "commander";
import { positive, repeated } from "./arguments.ts";
import type { Registry } from "./registry.ts";

export function addAudit(program: Command, { context, exit }: Registry): void {
  const audit = program.command("audit").description("the log of what was asked, who answered, and what was typed");
  audit
    .command("verify")
    .description("say whether the log is intact, or name the first bad line; exit code 0, 1, or 2 when it can't be told")
    .option("--json", "one JSON document")
    .option("--expect <seq:hash>", "what a message on your phone shows, e.g. 42:9f3ac1d2; may be repeated", repeated, [])
    .option("--from <seq>", "check from this entry on", positive)
    .action(async (options: { json?: boolean; expect: string[]; from?: number }) => {
      const { verify } = await import("../audit.ts");
      exit(await verify({ json: options.json === true, expect: options.expect, from: options.from }, context));
    });
}
