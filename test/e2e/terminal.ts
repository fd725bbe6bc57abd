import { once, EventEmitter } from "node:events";
import xterm from "@xterm/headless";
import { spawnChild, type Child } from "../../src/terminal/child.ts";

/** How long anything may take before a test gives up on it: CI's two cores are shared. */
const patience = 30_000;

/**
 * A person's terminal: a real PTY around a program, and what it shows.
 * The PTY is the terminal room's own, because node-pty's stream may lose the last bytes before an exit.
 */
export class Terminal implements AsyncDisposable {
  readonly #child: Child;
  readonly #screen: InstanceType<typeof xterm.Terminal>;
  readonly #changes = new EventEmitter();
  readonly #bytes: Buffer[] = [];
  readonly #times: number[] = [];
  #exitCode: number | undefined;

  constructor(command: readonly string[], options: { env: NodeJS.ProcessEnv; cwd: string; cols?: number; rows?: number }) {
    const { cols = 100, rows = 30 } = options;
    this.#screen = new xterm.Terminal({ cols, rows, allowProposedApi: true, logLevel: "off" });
    this.#child = spawnChild(command, { cwd: options.cwd, env: defined(options.env), size: { cols, rows }, signal: new AbortController().signal });
    this.#child.read((data) => {
      const bytes = Buffer.from(data);
      this.#bytes.push(bytes);
      this.#times.push(performance.now());
      this.#screen.write(bytes, () => this.#changes.emit("change"));
      return true;
    });
    void this.#child.exited.then((code) => {
      // Behind the last bytes: once it is known that it ended, the screen shows all of them.
      this.#screen.write("", () => {
        this.#exitCode = code;
        this.#changes.emit("change");
      });
    });
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Everything the program wrote, as text. */
  get output(): string {
    return Buffer.concat(this.#bytes).toString();
  }

  /** What fits in all that was written, and when (performance.now) the last of it came. */
  found(wanted: RegExp): { match: RegExpExecArray; at: number }[] {
    return [...this.output.matchAll(new RegExp(wanted, "g"))].map((match) => {
      const end = Buffer.byteLength(this.output.slice(0, match.index + match[0].length));
      let length = 0;
      const chunk = this.#bytes.findIndex((bytes) => (length += bytes.length) >= end);
      return { match, at: this.#times[chunk] ?? Infinity };
    });
  }

  /** The visible rows. */
  get text(): string {
    const buffer = this.#screen.buffer.active;
    return Array.from({ length: this.#screen.rows }, (_, row) => buffer.getLine(buffer.baseY + row)?.translateToString(true) ?? "").join("\n");
  }

  type(keys: string): void {
    // One that has ended reads nothing.
    this.#child.write(keys).catch(() => undefined);
  }

  resize(cols: number, rows: number): void {
    this.#screen.resize(cols, rows);
    this.#child.resize({ cols, rows });
  }

  /** Resolves when the screen shows `wanted`. */
  async shows(wanted: RegExp): Promise<void> {
    await this.#until(() => wanted.test(this.text), `the screen to show ${wanted}`);
  }

  /** Resolves when everything that was written, shown still or not, is as wanted. */
  async wrote(isAsWanted: (output: string) => boolean): Promise<void> {
    await this.#until(() => isAsWanted(this.output), "the output that was wanted");
  }

  /** Resolves when the program has written `wanted`, on the screen still or not. */
  async sees(wanted: RegExp): Promise<void> {
    await this.#until(() => wanted.test(this.output), `the program to write ${wanted}`);
  }

  /** Resolves with the exit code, once the screen shows everything that was written. */
  async exit(withinMs = patience): Promise<number> {
    await this.#until(() => this.#exitCode !== undefined, "the program to exit", withinMs);
    return this.#exitCode ?? -1;
  }

  async #until(holds: () => boolean, what: string, withinMs = patience): Promise<void> {
    const deadline = AbortSignal.timeout(withinMs);
    while (!holds()) {
      try {
        await once(this.#changes, "change", { signal: deadline });
      } catch {
        throw new Error(`waited in vain for ${what}; the screen shows:\n${this.text.trimEnd()}`);
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#exitCode === undefined) {
      this.#child.kill("SIGKILL");
      await this.exit();
    }
    this.#screen.dispose();
  }
}

function defined(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
