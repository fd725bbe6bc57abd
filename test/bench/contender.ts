import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A program that runs another in a terminal. */
export interface Contender {
  readonly name: string;
  readonly around: (child: readonly string[]) => string[];
}

/** Everything that the bench compiles for itself, in a folder of its own. */
export class Workshop implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "aegis-bench-"));
  /** The measuring end: bench.c. */
  readonly bench = join(this.folder, "bench");
  readonly env = { ...process.env, AEGIS_HOME: join(this.folder, "home") };

  constructor() {
    execFileSync("cc", ["-O2", "-Wall", "-o", this.bench, file("bench.c"), "-lutil", "-lpthread"], { stdio: "inherit" });
    buildSync({
      entryPoints: [file("../terminal/wrap.ts")],
      outfile: this.#pump,
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      external: ["node-pty"],
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Where node-pty is found, and no build sweeps. */
  get #pump(): string {
    return file("../../node_modules/.cache/aegis-bench/pump.mjs");
  }

  /** The child alone. */
  readonly bare: Contender = { name: "child alone", around: (child) => [...child] };
  readonly script: Contender = { name: "script -qfc", around: (child) => ["script", "-qfc", child.map((word) => `'${word}'`).join(" "), "/dev/null"] };
  readonly forwarder: Contender = { name: "C forwarder", around: (child) => [this.bench, "forward", ...child] };
  /** The terminal room alone: what aegis is without detection. */
  readonly pump: Contender = { name: "aegis, detection off", around: (child) => [process.execPath, this.#pump, ...child] };
  readonly aegis: Contender = { name: "aegis", around: (child) => [process.execPath, file("../../dist/main.js"), "run", "--channel", "none", "--", ...child] };
  readonly telegram: Contender = { name: "aegis, Telegram", around: (child) => [process.execPath, file("../../dist/main.js"), "run", "--channel", "telegram", "--", ...child] };
  /** With a channel, so that a prompt can stand open. */
  readonly relaying: Contender = { name: "aegis, page open", around: (child) => [process.execPath, file("../../dist/main.js"), "run", "--channel", "page", "--", ...child] };
}
