import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { entryOf, KeptLog, kindsOf } from "./kept-log.ts";
import { bundled, withModules } from "./writer-programs.ts";

const kills = Number(process.env["AEGIS_STORM_KILLS"] ?? 80);
const verifications = Number(process.env["AEGIS_STORM_VERIFICATIONS"] ?? 60);
const writers = 8;

/** Runs a writer and kills it when it has printed so many receipts. @returns those that it printed */
async function runUntilKilled(program: string, kept: KeptLog, receipts: number): Promise<string[]> {
  const child = spawn(process.execPath, [program, kept.database, kept.log], { stdio: ["ignore", "pipe", "inherit"], env: withModules });
  const ended = once(child, "close");
  const printed: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) if (printed.push(line) >= receipts) child.kill("SIGKILL");
  const [, signal] = await ended;
  assert.equal(signal, "SIGKILL");
  return printed;
}

test(`${kills} writers, ${writers} at a time, are killed at random points: no fork, no acknowledged entry lost`, async () => {
  using kept = new KeptLog();
  const program = await bundled(new URL("storm-writer.ts", import.meta.url), kept.folder);
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

test("a log is good at every moment while eight writers append", async () => {
  using kept = await KeptLog.of(2);
  const program = await bundled(new URL("storm-writer.ts", import.meta.url), kept.folder);
  const children = Array.from({ length: writers }, () => spawn(process.execPath, [program, kept.database, kept.log], { stdio: ["ignore", "pipe", "inherit"], env: withModules }));
  const ended = children.map((child) => once(child, "close"));
  try {
    await Promise.all(children.map((child) => once(child.stdout, "data")));
    for (const child of children) child.stdout.resume();
    let before = 0;
    for (let round = 0; round < verifications; round++) {
      const found = await kept.verify({ patienceMs: 250 });
      assert.deepEqual(kindsOf(found), [], `round ${round}`);
      assert.ok(found.entries >= before);
      before = found.entries;
    }
  } finally {
    for (const child of children) child.kill("SIGKILL");
    await Promise.all(ended);
  }
});
