import { basename } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { systemClock } from "../async/clock.ts";
import type { SessionCard } from "../prompt/prompt.ts";
import { Intake } from "../relay/intake.ts";
import { tallyWords } from "../relay/tally.ts";
import { spawnChild } from "../terminal/child.ts";
import { CommandProblem, findCommand } from "../terminal/command.ts";
import { pump } from "../terminal/pump.ts";
import { openTty } from "../terminal/tty.ts";
import { diskAt } from "./agents/disk.ts";
import { childEnvironment } from "./child-environment.ts";
import { commandFailure } from "./command-failure.ts";
import { loadConfig } from "./config.ts";
import type { Context } from "./context.ts";
import { Failure } from "./failure.ts";
import { prepareHome } from "./home.ts";
import { openHooks } from "./hooks.ts";
import { RunReport } from "./log-file.ts";
import { mint } from "./mint.ts";
import { prepareRelay, type Prepared } from "./relay-start.ts";
import { Stop } from "./stop.ts";
import { wayFor, type ChannelName } from "./way.ts";

export interface RunOptions {
  readonly channel?: ChannelName;
  readonly name?: string;
  /** The file to record to. */
  readonly record?: string;
  /** Hides the home folder from the child. */
  readonly shield?: boolean;
  /** Gives an agent hooks for this run. */
  readonly hooks: boolean;
}

/** How long the relay is not loaded yet, at most: its 150 ms would stand between the child's first words and the screen. */
const headStartMs = 100;

/**
 * Wraps `command`, relays its prompts, and gives its exit code; 127 or 126 when it can't be started.
 * @throws Failure when the configuration is wrong; everything else that breaks leaves the child running alone
 */
export async function run(command: readonly string[], options: RunOptions, context: Context): Promise<number> {
  const { output, environment, cwd } = context;
  const problem = commandProblem(command[0] ?? "", context);
  if (problem) {
    output.failure(commandFailure(problem, command[0] ?? "", context));
    return problem.exitCode;
  }
  const session: SessionCard = { id: mint(6), name: options.name ?? basename(command[0] ?? ""), command, cwd };
  const shield = options.shield === true ? (await import("./shield.ts")).shielded(command, context.home) : undefined;
  const prepared = await prepare(session, options, context);
  using stop = new Stop();
  const tty = openTty(process.stdin, process.stdout);
  if (prepared instanceof Failure) output.failure(prepared);
  output.notice(`session ${session.id}: ${prepared instanceof Failure ? "nothing is relayed, the program runs alone" : prepared.where}`);

  using recorder = options.record === undefined ? undefined : new (await import("./recorder.ts")).Recorder(options.record, { size: tty.size(), command, clock: systemClock });
  // Behind the shield there is no socket that a hook could reach.
  const hooked = prepared instanceof Failure || shield || !options.hooks ? undefined : await openHooks(command, context.home, session.id, diskAt(cwd, environment["PATH"]), prepared.report);
  const child = spawnChild(shield ?? hooked?.command ?? command, { cwd, env: childEnvironment(environment, session.id), size: tty.size(), signal: stop.signal });
  const raw = tty.raw();
  using _resized = tty.onResize((size) => {
    child.resize(size);
    recorder?.resized(size);
  });
  const intake = new Intake();
  const exited = pump(child, tty, intake, stop.signal).finally(() => raw[Symbol.dispose]());
  void exited.then((code) => recorder?.ended(code));
  if (prepared instanceof Failure) return await exited;

  stop.onBreak = (error) => prepared.report.trouble(`aegis broke: ${error.message}`, 'the child was not touched; "aegis logs" has the details');
  recorder?.follow(child);
  await Promise.race([intake.begun, exited, delay(headStartMs)]);
  const ended = await prepared.relay({ session, home: context.home, child, tty, intake, exited, hooks: hooked?.socket, listeners: recorder ? [recorder] : [] }, stop.signal);
  for (const trouble of prepared.report.troubles) output.failure(trouble);
  output.notice(`session ${session.id} ended: ${tallyWords(ended)}, exit ${ended.exitCode}`);
  return ended.exitCode;
}

function commandProblem(name: string, { environment, cwd }: Context): CommandProblem | undefined {
  try {
    findCommand(name, { path: environment["PATH"], cwd });
    return undefined;
  } catch (error) {
    if (error instanceof CommandProblem) return error;
    throw error;
  }
}

/** A Failure is no reason to keep the child from running; a wrong configuration is, and throws. */
async function prepare(session: SessionCard, options: RunOptions, { home, environment }: Context): Promise<Prepared | Failure> {
  try {
    prepareHome(home);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  const config = loadConfig(home, environment);
  const way = wayFor(options.channel, config);
  return await prepareRelay({ session, home, config, way, report: new RunReport(home.log, config.logLevel, session.id) });
}
