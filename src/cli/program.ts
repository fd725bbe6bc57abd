import { Command, CommanderError, Option } from "commander";
import type { Context } from "./context.ts";
import { Failure } from "./failure.ts";
import { homeFrom } from "./home.ts";
import { Output } from "./output.ts";
import { version } from "./package.ts";

/** Exit codes of `run` when aegis itself could not start, and of a wrong command line elsewhere. */
const cannotStart = 125;
const usage = 2;

/**
 * Runs one command line.
 * @returns the exit code
 */
export async function main(words: readonly string[]): Promise<number> {
  const { env } = process;
  const output = new Output(process.stdout, process.stderr, env);
  const context: Context = { environment: env, cwd: process.cwd(), home: homeFrom(env), output };
  let code = 0;
  const program = programFor(context, (exit) => (code = exit));
  const ownFailure = words[0] === "run" ? cannotStart : usage;
  try {
    await program.parseAsync(words, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : ownFailure;
    output.failure(error instanceof Failure ? error : new Failure(error instanceof Error ? error.message : String(error), "this is a defect of aegis; AEGIS_LOG_LEVEL=debug shows where"));
    if (env["AEGIS_LOG_LEVEL"] === "debug" && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return ownFailure;
  }
}

function programFor(context: Context, exit: (code: number) => void): Command {
  const program = new Command("aegis")
    .description("Asks you on your phone when a program in your terminal asks you something.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .enablePositionalOptions()
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureOutput({
      outputError: (text, write) => write(text.replace(/^error: /, "aegis: error: ").replace(/\n?$/, '\naegis: hint: "aegis --help" lists the commands, "aegis COMMAND --help" the options\n')),
    });

  program
    .command("run")
    .description("run a program and relay its prompts")
    .addOption(new Option("--channel <name>", "where to ask; default: telegram if configured, else the page").choices(["telegram", "page", "none"]))
    .option("--name <name>", "what to call the session on the phone; default: the command's name")
    .option("--record <file>", "record the session as an asciicast, to test detection with")
    .argument("<command...>", "the program and its own arguments")
    .passThroughOptions()
    .action(async (command: string[], options: { channel?: "telegram" | "page" | "none"; name?: string; record?: string }) => {
      const { run } = await import("./run.ts");
      exit(await run(command, options, context));
    });

  program
    .command("status")
    .description("sessions that run now, and the prompts that wait")
    .option("--json", "one JSON document")
    .action(async (options: { json?: boolean }) => {
      const { status } = await import("./status.ts");
      exit(await status(options.json === true, context));
    });

  program
    .command("sessions")
    .description("sessions, newest first")
    .option("--json", "one JSON object per line")
    .option("--last <n>", "how many", positive, 20)
    .action(async (options: { json?: boolean; last: number }) => {
      const { sessions } = await import("./lists.ts");
      exit(await sessions({ json: options.json === true, last: options.last }, context));
    });

  program
    .command("prompts")
    .description("prompts and how they ended, newest first")
    .option("--json", "one JSON object per line")
    .option("--pending", "only those that wait for an answer")
    .option("--last <n>", "how many", positive, 20)
    .action(async (options: { json?: boolean; pending?: boolean; last: number }) => {
      const { prompts } = await import("./lists.ts");
      exit(await prompts({ json: options.json === true, pending: options.pending === true, last: options.last }, context));
    });

  program
    .command("detect")
    .description("what the detector sees in recorded sessions")
    .option("--json", "one JSON object per line")
    .option("--explain", "which layer and pattern saw it, and what spoke against it")
    .argument("<cast...>", "asciicasts of version 2")
    .action(async (casts: string[], options: { json?: boolean; explain?: boolean }) => {
      const { detect } = await import("./detect.ts");
      exit(await detect(casts, { json: options.json === true, explain: options.explain === true }, context));
    });

  const audit = program.command("audit").description("the log of what was asked, who answered, and what was typed");
  audit
    .command("verify")
    .description("say whether the log is intact, or name the first bad line; exit code 0, 1, or 2 when it can't be told")
    .option("--json", "one JSON document")
    .option("--expect <seq:hash>", "what a message on your phone shows, e.g. 42:9f3ac1d2; may be repeated", (text: string, all: string[]) => [...all, text], [])
    .option("--from <seq>", "check from this entry on", positive)
    .action(async (options: { json?: boolean; expect: string[]; from?: number }) => {
      const { verify } = await import("./audit.ts");
      exit(await verify({ json: options.json === true, expect: options.expect, from: options.from }, context));
    });

  return program;
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Failure(`"${text}" is not a number`, "it takes a whole number from 1 on");
  return number;
}
