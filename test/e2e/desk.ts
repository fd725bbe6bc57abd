import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Message } from "../botapi/chat.ts";
import { startBotApi, type BotApiServer } from "../botapi/server.ts";
import type { User } from "../botapi/user.ts";
import { Terminal } from "./terminal.ts";

/** The built program. */
export const main = resolve(import.meta.dirname, "../../dist/main.js");

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Sitting {
  readonly env?: NodeJS.ProcessEnv;
  readonly cols?: number;
  readonly rows?: number;
}

/** A person's desk: a home folder, a folder to work in, a phone on a Bot API of our own, and the built aegis. */
export class Desk implements AsyncDisposable {
  readonly api: BotApiServer;
  /** The owner's phone. */
  readonly ada: User;
  readonly home: string;
  readonly cwd: string;
  readonly #folder: string;

  constructor(api: BotApiServer) {
    this.api = api;
    this.ada = api.user(12_345_678, { first_name: "Ada", username: "ada" });
    this.#folder = mkdtempSync(join(tmpdir(), "aegis-e2e-"));
    this.home = join(this.#folder, "home");
    this.cwd = join(this.#folder, "work");
    mkdirSync(this.home, { mode: 0o700 });
    mkdirSync(this.cwd);
    this.configure();
  }

  /** Writes config.toml: Telegram on loopback, and nobody waits for the desk, save what `prompts` says. */
  configure(prompts: Readonly<Record<string, number | string | boolean>> = {}, allowed: readonly number[] = [this.ada.person.id]): void {
    const lines = Object.entries({ desk_seconds: 0, ...prompts }).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
    this.write(`[telegram]\nbot_token = "${this.api.token}"\nallowed_users = [${allowed.join(", ")}]\napi_root = "${this.api.url}"\n[prompts]\n${lines.join("\n")}\n`);
  }

  write(config: string): void {
    writeFileSync(join(this.home, "config.toml"), config, { mode: 0o600 });
  }

  /** Writes further sections into config.toml. */
  adds(sections: string): void {
    this.write(`${readFileSync(join(this.home, "config.toml"), "utf8")}${sections}`);
  }

  get environment(): NodeJS.ProcessEnv {
    return { PATH: process.env["PATH"], HOME: this.#folder, TERM: "xterm-256color", LANG: "C.UTF-8", AEGIS_HOME: this.home };
  }

  /** `aegis run …` in a terminal. */
  run(words: readonly string[], options: Sitting = {}): Terminal {
    return this.sits(["run", ...words], options);
  }

  /** Any command in a terminal. */
  sits(words: readonly string[], { env = {}, cols, rows }: Sitting = {}): Terminal {
    const size = { ...(cols === undefined ? {} : { cols }), ...(rows === undefined ? {} : { rows }) };
    return new Terminal([process.execPath, main, ...words], { cwd: this.cwd, env: { ...this.environment, ...env }, ...size });
  }

  /** Any command without a terminal, to its end. */
  aegis(words: readonly string[], { env = {}, input }: { env?: NodeJS.ProcessEnv; input?: string } = {}): Promise<Finished> {
    return new Promise((resolve) => {
      const child = execFile(process.execPath, [main, ...words], { cwd: this.cwd, env: { ...this.environment, ...env } }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : typeof error.code === "number" ? error.code : 128, stdout, stderr });
      });
      child.stdin?.end(input ?? "");
    });
  }

  /** The message of a question, sent already or later. Its heading names the whole command, so only what the terminal shows counts. */
  asked(question: string): Promise<Message> {
    return this.api.message((message) => message.within("pre").join().includes(question));
  }

  /** Resolves when aegis.log holds a line that fits. */
  async logged(wanted: RegExp): Promise<void> {
    const file = join(this.home, "aegis.log");
    const holds = (): boolean => existsSync(file) && wanted.test(readFileSync(file, "utf8"));
    // Begun before looking, so that nothing is written unseen in between.
    const changes = watch(this.home);
    try {
      const patience = AbortSignal.timeout(30_000);
      while (!holds()) await once(changes, "change", { signal: patience });
    } finally {
      changes.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.api[Symbol.asyncDispose]();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export async function startDesk(): Promise<Desk> {
  return new Desk(await startBotApi());
}
