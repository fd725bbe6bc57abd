import type { Command } from "commander";
import type { Registry } from "./registry.ts";

export function addDetect(program: Command, { context, exit }: Registry): void {
  program
    .command("detect")
    .description("what the detector sees in recorded sessions")
    .option("--json", "one JSON object per line")
    .option("--explain", "which layer and pattern saw it, and what spoke against it")
    .argument("<cast...>", "asciicasts of version 2")
    .action(async (casts: string[], options: { json?: boolean; explain?: boolean }) => {
      const { detect } = await import("../detect.ts");
      exit(await detect(casts, { json: options.json === true, explain: options.explain === true }, context));
    });
}
