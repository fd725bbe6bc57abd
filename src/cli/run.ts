import { basename } from "node:path";
import type { SessionCard } from "../prompt/prompt.ts";
import type { Store } from "../store/store.ts";
import { spawnChild } from "../terminal/child.ts";
import { CommandProblem, findCommand } from "../terminal/command.ts";
import { openTty } from "../terminal/tty.ts";
import { openChannels, wayFor, type ChannelName, type OpenChannels } from "./channels.ts";
import { childEnvironment } from "./child-environment.ts";
import { loadConfig, type Config } from "./config.ts";
import type { Context } from "./context.ts";
import { Failure } from "./failure.ts";
import { prepareHome } from "./home.ts";
import { systemClock } from "../async/clock.ts";
import { openKeeping } from "./keeping.ts";
import { RunReport } from "./log-file.ts";
import { mint } from "./mint.ts";
import { passthrough } from "./passthrough.ts";
import { Recorder } from "./recorder.ts";
import { relayed } from "./relay.ts";

export interface RunOptions {
  readonly channel?: ChannelName;
  readonly name?: string;
  /** The file to record to. */
  readonly record?: string;
}

/** What a relay needs before the child starts. */
interface Relay extends AsyncDisposable {
  readonly config: Config;
  readonly store: Store;
  readonly open: OpenChannels;
  readonly report: RunReport;
}

/**
 * Wraps `command`, relays its prompts, and gives its exit code; 127 or 126 when it can't be started.
 * @throws Failure when the configuration is wrong; everything else that breaks leaves the child running alone
 */
export async function run(command: readonly string[], options: RunOptions, context: Context): Promise<number> {
  const { output, environment, cwd } = context;
  const problem = commandProblem(command[0] ?? "", context);
  if (problem) {
    output.failure(new Failure(problem.message, problem.exitCode === 127 ? "check its spelling and your PATH" : "make it executable with chmod +x, or run it through its interpreter"));
    return problem.exitCode;
  }
  const session: SessionCard = { id: mint(6), name: options.name ?? basename(command[0] ?? ""), command, cwd };
  const relay = await openRelay(session, options, context);
  using stop = new Stop();
  const tty = openTty(process.stdin, process.stdout);
  if (relay instanceof Failure) {
    output.failure(relay);
    output.notice(`session ${session.id}: nothing is relayed, the program runs alone`);
  } else {
    output.notice(`session ${session.id}: ${relay.open.where}`);
  }
  using recorder = options.record === undefined ? undefined : new Recorder(options.record, { size: tty.size(), command, clock: systemClock });
  const child = spawnChild(command, { cwd, env: childEnvironment(environment, session.id), size: tty.size(), signal: stop.signal });
  if (relay instanceof Failure) return await passthrough(child, tty, stop.signal);

  recorder?.follow(child);
  stop.onBreak = (error) => relay.report.trouble(`aegis broke: ${error.message}`, 'the child was not touched; "aegis logs" has the details');
  await using kept = relay;
  const ended = await relayed({ session, home: context.home, child, tty, listeners: recorder ? [recorder] : [], ...kept }, stop.signal);
  for (const trouble of kept.report.troubles) output.failure(trouble);
  output.notice(`session ${session.id} ended: ${ended.prompts} ${ended.prompts === 1 ? "prompt" : "prompts"}, ${ended.answered} answered from the phone, exit ${ended.exitCode}`);
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

/** Everything that asks and keeps; a Failure when it can't be had, which is no reason to keep the child from running. */
async function openRelay(session: SessionCard, options: RunOptions, { home, environment }: Context): Promise<Relay | Failure> {
  try {
    prepareHome(home);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  const config = loadConfig(home, environment);
  const way = wayFor(options.channel, config);
  const report = new RunReport(home.log, config.logLevel, session.id);
  try {
    const store = await openKeeping(home);
    try {
      const open = await openChannels(way, { sessionId: session.id, config, store, report });
      return {
        config,
        store,
        open,
        report,
        async [Symbol.asyncDispose]() {
          await open[Symbol.asyncDispose]();
          await store[Symbol.asyncDispose]();
        },
      };
    } catch (error) {
      await store[Symbol.asyncDispose]();
      throw error;
    }
  } catch (error) {
    if (error instanceof Failure) return error;
    return new Failure(error instanceof Error ? error.message : String(error), `"aegis status" and ${home.log} may say more`, { cause: error });
  }
}

const ending = ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"] as const;

/** Signals to aegis end the child, whose exit is then ours; an exception nobody caught ends nothing. */
class Stop implements Disposable {
  readonly #controller = new AbortController();
  readonly #listeners = new Map<string, (argument: unknown) => void>();
  onBreak: (error: Error) => void = () => undefined;

  constructor() {
    for (const name of ending) this.#listeners.set(name, () => this.#controller.abort(name));
    for (const name of ["uncaughtException", "unhandledRejection"]) this.#listeners.set(name, (error) => this.onBreak(error instanceof Error ? error : new Error(String(error))));
    for (const [name, listener] of this.#listeners) process.on(name, listener);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  [Symbol.dispose](): void {
    for (const [name, listener] of this.#listeners) process.off(name, listener);
  }
}
