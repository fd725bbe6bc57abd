import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { entryOf, KeptLog, kindsOf } from "./kept-log.ts";

const kills = Number(process.env["AEGIS_STORM_KILLS"] ?? 120);
const writers = 8;

/** Bundled once: a writer lives for milliseconds, compiling it would take a second. */
async function writerProgram(folder: string): Promise<string> {
  const outfile = join(folder, "storm-writer.cjs");
  const source = fileURLToPath(new URL("storm-writer.ts", import.meta.url));
  await build({ entryPoints: [source], outfile, bundle: true, platform: "node", target: "node20", format: "cjs", external: ["better-sqlite3"], logLevel: "error" });
  return outfile;
}

/** Runs a writer and kills it when it has printed so many receipts. @returns those that it printed */
async function runUntilKilled(program: string, kept: KeptLog, receipts: number): Promise<string[]> {
  const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));
  const child = spawn(process.execPath, [program, kept.database, kept.log], { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, NODE_PATH: modules } });
  const ended = once(child, "close");
  const printed: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) if (printed.push(line) >= receipts) child.kill("SIGKILL");
  const [, signal] = await ended;
  assert.equal(signal, "SIGKILL");
  return printed;
}

test(`${kills} writers, ${writers} at a time, are killed at random points: no fork, no acknowledged entry lost`, async () => {
  using kept = new KeptLog();
  const program = await writerProgram(kept.folder);
  const receipts: string[] = [];
  let started = 0;
  async function slot(): Promise<void> {
    while (started < kills) {
      started++;
      receipts.push(...(await runUntilKilled(program, kept, 1 + Math.floor(Math.random() * 8))));
    }
  }
  await Promise.all(Array.from({ length: writers }, slot));
  await kept.append(1);
  const found = await kept.verify();
  assert.ok(found.ok, kindsOf(found).join(", "));
  assert.ok(found.files.length > 1);
  const files = readdirSync(kept.folder).filter((name) => /^audit\.(log|\d+\.jsonl)$/.test(name));
  const lines = files.flatMap((name) => readFileSync(join(kept.folder, name), "utf8").split("\n")).filter((line) => line.endsWith('"}') && line.startsWith('{"v":1,'));
  const written = new Set(lines.map(entryOf).map(({ seq, hash }) => `${seq} ${hash}`));
  assert.ok(receipts.length >= kills);
  assert.deepEqual(receipts.filter((receipt) => !written.has(receipt)), []);
});
