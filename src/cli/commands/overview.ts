import type { Command } from "commander";
import type { LogsOptions } from "../logs.ts";
import { positive } from "./arguments.ts";
import type { Registry } from "./registry.ts";

export function addOverview(program: Command, { context, exit }: Registry): void {
  program
    .command("status")
    .description("sessions that run now, and the prompts that wait")
    .option("--json", "one JSON document")
    .action(async (options: { json?: boolean }) => {
      const { status } = await import("../status.ts");
      exit(await status({ json: options.json === true }, context));
    });

  program
    .command("resume")
    .description("let a paused or muted session ask again")
    .argument("[session]", "which; default: the one that is paused")
    .action(async (session: string | undefined) => {
      const { resume } = await import("../resume.ts");
      exit(await resume(session, context));
    });

  program
    .command("sessions")
    .description("sessions, newest first")
    .option("--json", "one JSON object per line")
    .option("--last <n>", "how many", positive, 20)
    .action(async (options: { json?: boolean; last: number }) => {
      const { sessions } = await import("../lists.ts");
      exit(await sessions({ json: options.json === true, last: options.last }, context));
    });

  program
    .command("prompts")
    .description("prompts and how they ended, newest first")
    .option("--json", "one JSON object per line")
    .option("--pending", "only those that wait for an answer")
    .option("--last <n>", "how many", positive, 20)
    .action(async (options: { json?: boolean; pending?: boolean; last: number }) => {
      const { prompts } = await import("../lists.ts");
      exit(await prompts({ json: options.json === true, pending: options.pending === true, last: options.last }, context));
    });

  program
    .command("logs")
    .description("what aegis itself noted: troubles, reconnects, what it could not do")
    .option("-f, --follow", "go on as more is noted, until Ctrl-C")
    .option("--json", "one JSON object per line")
    .option("--last <n>", "how many of the newest", positive, 50)
    .option("--session <id>", "only what this session noted")
    .action(async (options: LogsOptions) => {
      const { logs } = await import("../logs.ts");
      exit(await logs(options, context));
    });
}
