import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDesk, type Desk } from "../e2e/desk.ts";
import type { Terminal } from "../e2e/terminal.ts";
import type { Agent, Settled } from "./agent.ts";
import { install } from "./install.ts";
import { Model } from "./model/server.ts";

/** A desk with a coding agent on it: its model, its own home folder, and a repository to work in. */
export class Studio implements AsyncDisposable {
  readonly desk: Desk;
  readonly model: Model;
  readonly agent: Agent;
  readonly #executable: string;
  readonly #home = mkdtempSync(join(tmpdir(), "aegis-agent-home-"));
  readonly #running: Terminal[] = [];

  constructor(desk: Desk, model: Model, agent: Agent, executable: string) {
    this.desk = desk;
    this.model = model;
    this.agent = agent;
    this.#executable = executable;
    execFileSync("git", ["init", "-q", "-b", "main"], { cwd: desk.cwd });
    writeFileSync(join(desk.cwd, "notes.txt"), "alpha\nbeta\ngamma\n");
    // An agent that leaves files in the temporary folder leaves them here.
    mkdirSync(join(this.#home, "tmp"));
  }

  static async open(agent: Agent): Promise<Studio> {
    const executable = await install(agent);
    return new Studio(await startDesk(), await Model.start(), agent, executable);
  }

  /** The agent's own home. */
  get home(): string {
    return this.#home;
  }

  file(name: string): string {
    return join(this.desk.cwd, name);
  }

  /** What npm installed. */
  get executable(): string {
    return this.#executable;
  }

  /**
   * `aegis run AGENT …` in a terminal, with a first instruction if there is one.
   * @param start  the words that start the agent; its executable alone otherwise. What is for `aegis run` comes first
   */
  run({ instruction, settled = "all", start = [this.#executable], args = [], env = {}, cols = 100, rows = 40 }: { instruction?: string; settled?: Settled; start?: readonly string[]; args?: readonly string[]; env?: NodeJS.ProcessEnv; cols?: number; rows?: number } = {}): Terminal {
    const { agent, model, desk } = this;
    agent.seed(this.#home, desk.cwd, settled, model.url);
    const words = [...start, ...agent.args, ...args, ...(instruction === undefined ? [] : agent.begin(instruction))];
    const terminal = desk.run([...this.#recorded(), ...words], { env: { ...this.#environment, ...env }, cols, rows });
    this.#running.push(terminal);
    return terminal;
  }

  /** AEGIS_AGENTS_CASTS names a folder that keeps a recording of every run. */
  #recorded(): readonly string[] {
    const folder = process.env["AEGIS_AGENTS_CASTS"];
    return folder === undefined ? [] : ["--record", join(folder, `${this.agent.name}-${this.agent.version}-${process.pid}-${this.#running.length}.cast`)];
  }

  get #environment(): NodeJS.ProcessEnv {
    const home = this.#home;
    const folders = { XDG_CONFIG_HOME: join(home, ".config"), XDG_DATA_HOME: join(home, ".local/share"), XDG_STATE_HOME: join(home, ".local/state"), XDG_CACHE_HOME: join(home, ".cache"), TMPDIR: join(home, "tmp") };
    const quiet = { NO_UPDATE_NOTIFIER: "1", DO_NOT_TRACK: "1", SHELL: "/bin/bash", COLORTERM: "truecolor" };
    const logging = process.env["AEGIS_LOG_LEVEL"] === undefined ? {} : { AEGIS_LOG_LEVEL: process.env["AEGIS_LOG_LEVEL"] };
    return { HOME: home, ...logging, ...folders, ...quiet, ...this.agent.environment(home, this.model.url) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Asked to end, aegis ends the agent with it; killed, it would leave one that still writes into its home.
    for (const terminal of this.#running) await ended(terminal);
    await this.model[Symbol.asyncDispose]();
    await this.desk[Symbol.asyncDispose]();
    // A helper that outlives its agent may still write for a moment.
    await rm(this.#home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

async function ended(terminal: Terminal): Promise<void> {
  try {
    process.kill(terminal.pid, "SIGTERM");
  } catch {
    return;
  }
  await terminal.exit();
}
