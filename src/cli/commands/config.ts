import type { Command } from "commander";
import type { Registry } from "./registry.ts";

export function addConfig(program: Command, { context, exit }: Registry): void {
  const config = program.command("config").description("read and change config.toml");

  config
    .command("path")
    .description("print where config.toml is")
    .action(async () => {
      const { configPath } = await import("../config-command.ts");
      exit(configPath(context));
    });

  config
    .command("show")
    .description("every key with the value that holds now, and where it comes from; secrets masked")
    .option("--json", "one JSON document")
    .action(async (options: { json?: boolean }) => {
      const { configShow } = await import("../config-command.ts");
      exit(configShow({ json: options.json === true }, context));
    });

  config
    .command("get")
    .description("one value; exit code 1 when it is not set")
    .option("--json", "one JSON document")
    .argument("<key>", "SECTION.KEY, for example prompts.timeout_seconds")
    .action(async (key: string, options: { json?: boolean }) => {
      const { configGet } = await import("../config-command.ts");
      exit(configGet(key, { json: options.json === true }, context));
    });

  config
    .command("set")
    .description("set one value; everything else in the file stays, comments too")
    .argument("<key>", "SECTION.KEY, for example prompts.timeout_seconds")
    .argument("<value>", "a number, true, false, a text, or a list like 12345678,87654321")
    .action(async (key: string, value: string) => {
      const { configSet } = await import("../config-command.ts");
      exit(configSet(key, value, context));
    });

  config
    .command("validate")
    .description("say whether config.toml can be used, or where it is wrong")
    .action(async () => {
      const { configValidate } = await import("../config-command.ts");
      exit(configValidate(context));
    });
}
