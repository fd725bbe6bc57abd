import { InvalidArgumentError, type Command } from "commander";
import type { DoctorOptions } from "../doctor/doctor.ts";
import type { SetupOptions } from "../setup/setup.ts";
import type { Registry } from "./registry.ts";

export function addSetup(program: Command, { context, exit }: Registry): void {
  program
    .command("setup")
    .description("connect a Telegram bot and your phone; run it again at any time")
    .option("--token-file <file>", "read the bot's token from this file, for your eyes only, at every run")
    .option("--token-command <command>", "read the token from what this command prints, at every run")
    .option("--allowed-user <id>", "a numeric Telegram id that may answer; may be repeated", userIds)
    .option("--api-root <address>", "another Bot API server: https, or http on loopback")
    .option("-y, --yes", "ask nothing, and say yes to what would be asked")
    .option("--test", "send the test button even where nobody is asked")
    .option("--no-test", "send no test button")
    .action(async (options: SetupOptions) => {
      const { setup } = await import("../setup/setup.ts");
      exit(await setup(options, context));
    });

  program
    .command("doctor")
    .description("look for what stands in the way, and say how to mend it")
    .option("--fix", "mend what can be mended")
    .option("--json", "one JSON document")
    .action(async (options: DoctorOptions) => {
      const { doctor } = await import("../doctor/doctor.ts");
      exit(await doctor(options, context));
    });
}

function userIds(text: string, all: readonly number[] = []): number[] {
  if (!/^[1-9]\d{0,15}$/.test(text)) throw new InvalidArgumentError("It takes the numeric id of a person, like 12345678.");
  return [...all, Number(text)];
}
