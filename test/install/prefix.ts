import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

export const root = resolve(import.meta.dirname, "../..");
const run = promisify(execFile);
/** An install that compiles takes a minute on a quiet machine. */
const patienceMs = 600_000;

/** The README's line that installs aegis, cut at its "&&". */
export function installLine(): string[] {
  const line = readFileSync(join(root, "README.md"), "utf8").match(/^npm ci && .*npm install --global.*$/m)?.[0] ?? "";
  return line.split(" && ");
}

/** A folder into which npm installs "globally", and a Node that comes first on PATH. */
export class Prefix implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "aegis-install-"));
  readonly #node: string;

  /** @param node the Node that installs and runs */
  constructor(node = process.execPath) {
    this.#node = node;
  }

  get #environment(): NodeJS.ProcessEnv {
    // All of ours goes along: how npm reaches its registry may stand in any of it.
    return { ...process.env, PATH: `${join(this.folder, "bin")}${delimiter}${dirname(this.#node)}${delimiter}${process.env["PATH"]}`, AEGIS_HOME: join(this.folder, "home"), npm_config_prefix: this.folder };
  }

  /** Where npm has put the package. */
  get installed(): string {
    return join(this.folder, "lib/node_modules/aegis");
  }

  /** Packs what is built into the folder, and gives the file's path and what it holds. */
  async pack(): Promise<{ file: string; paths: string[] }> {
    const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", this.folder], { cwd: root, env: this.#environment, timeout: patienceMs });
    const [packed] = JSON.parse(stdout);
    return { file: join(this.folder, packed.filename), paths: packed.files.map(({ path }: { path: string }) => path) };
  }

  /** Runs words with this prefix's commands first on PATH. Rejects when they exit otherwise than with 0. */
  async run(command: string, words: readonly string[]): Promise<{ stdout: string; stderr: string }> {
    return await run(command, words, { cwd: this.folder, env: this.#environment, timeout: patienceMs });
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
