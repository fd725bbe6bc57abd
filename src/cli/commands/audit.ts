import { Option, type Command } from "commander";
import { exportFormats, type ExportFormat } from "../../audit/export.ts";
import type { FilterWords } from "../audit-filter.ts";
import { positive, repeated } from "./arguments.ts";
import type { Registry } from "./registry.ts";

export function addAudit(program: Command, { context, exit }: Registry): void {
  const audit = program.command("audit").description("the log of what was asked, who answered, and what was typed");
  audit
    .command("verify")
    .description("say whether the log is intact, or name the first bad line; exit code 0, 1, or 2 when it can't be told")
    .option("--json", "one JSON document")
    .option("--expect <seq:hash>", "what a message on your phone shows, e.g. 42:9f3ac1d2; may be repeated", repeated)
    .option("--from <seq>", "check from this entry on", positive)
    .option("--online", "also ask Telegram for the pinned checkpoint, and the system's journal for what it was told")
    .action(async (options: { json?: boolean; expect?: string[]; from?: number; online?: boolean }) => {
      const { verify } = await import("../audit.ts");
      exit(await verify({ json: options.json === true, expect: options.expect ?? [], from: options.from, online: options.online === true }, context));
    });

  withFilters(audit.command("show").description("the newest entries, or one of them whole"))
    .argument("[seq]", "the number of one entry", positive)
    .option("--json", "the entries as they stand in the log")
    .option("--last <n>", "how many", positive, 20)
    .action(async (seq: number | undefined, options: FilterWords & { json?: boolean; last: number }) => {
      const { show, showOne } = await import("../audit-read.ts");
      exit(seq === undefined ? await show({ ...options, json: options.json === true }, context) : await showOne(seq, context));
    });

  withFilters(audit.command("tail").description("the newest entries, and with -f those that come"))
    .option("-f, --follow", "go on until interrupted")
    .option("--json", "the entries as they stand in the log")
    .option("--last <n>", "how many", positive, 10)
    .action(async (options: FilterWords & { follow?: boolean; json?: boolean; last: number }) => {
      const { tail } = await import("../audit-read.ts");
      exit(await tail({ ...options, follow: options.follow === true, json: options.json === true }, context));
    });

  withFilters(audit.command("export").description("the log for other programs"))
    .addOption(new Option("--format <format>", "jsonl: the lines as they are, to be verified elsewhere").choices(exportFormats).default("jsonl"))
    .action(async (options: FilterWords & { format: ExportFormat }) => {
      const { exportLog } = await import("../audit-read.ts");
      exit(await exportLog(options, context));
    });

  audit
    .command("purge")
    .description("remove the log's oldest files, after the log itself has said so")
    .requiredOption("--before <time>", "files without a newer entry: 90d, 2026-11-21")
    .option("--reason <text>", "why, for the log", "retention")
    .action(async (options: { before: string; reason: string }) => {
      const { purge } = await import("../audit-purge.ts");
      exit(await purge(options, context));
    });
}

function withFilters(command: Command): Command {
  return command
    .option("--session <id>", "only of this session")
    .option("--type <type>", 'only of this type; "decision" also takes decision.rejected')
    .option("--since <time>", "from then on: 2h, 3d, 2026-11-21, 2026-11-21T10:42")
    .option("--until <time>", "before then");
}
