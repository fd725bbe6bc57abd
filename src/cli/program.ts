import { Command, CommanderError } from "commander";
import { messageOf } from "../async/message-of.ts";
import { addAudit } from "./commands/audit.ts";
import { addConfig } from "./commands/config.ts";
import { addDetect } from "./commands/detect.ts";
import { addHook } from "./commands/hook.ts";
import { addOverview } from "./commands/overview.ts";
import { addRun } from "./commands/run.ts";
import { addSetup } from "./commands/setup.ts";
import { addShell } from "./commands/shell.ts";
import { workingFolder, type Context } from "./context.ts";
import { Failure } from "./failure.ts";
import { addHelp, helpWords } from "./help.ts";
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
  const env = { ...process.env };
  // It is the child's: telegraf's own debugging would print into the child's screen.
  delete process.env["DEBUG"];
  const output = new Output(process.stdout, process.stderr, env);
  const context: Context = { environment: env, cwd: workingFolder(), home: homeFrom(env), output };
  let code = 0;
  const program = programFor(words[0], context, (exit) => (code = exit));
  const ownFailure = words[0] === "run" ? cannotStart : usage;
  try {
    await program.parseAsync(helpWords(words, program), { from: "user" });
    await output.drained();
    output.refuseLoss();
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : ownFailure;
    output.failure(error instanceof Failure ? error : new Failure(messageOf(error), "this is a defect of aegis; AEGIS_LOG_LEVEL=debug shows where"));
    if (env["AEGIS_LOG_LEVEL"] === "debug" && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return ownFailure;
  }
}

/** What people and agents start all day: registering the other commands as well would take 4 ms each time. */
const alone = new Map([
  ["run", [addRun]],
  ["hook", [addHook]],
]);

/** @param name  of the command that is wanted */
function programFor(name: string | undefined, context: Context, exit: (code: number) => void): Command {
  const program = new Command("aegis")
    .description("Asks you on your phone when a program in your terminal asks you something.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .commandsGroup("To look closer:")
    .helpCommand("help [command]", "the same as COMMAND --help")
    .enablePositionalOptions()
    .exitOverride()
    .showSuggestionAfterError(true);

  const groups = (name === undefined ? undefined : alone.get(name)) ?? [addSetup, addConfig, addShell, addRun, addOverview, addAudit, addDetect, addHook];
  for (const add of groups) add(program, { context, exit });
  addHelp(program, context.output.paint);
  return program;
}
