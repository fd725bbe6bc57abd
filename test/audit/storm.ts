import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { TestContext } from "node:test";
import { entryOf, KeptLog, kindsOf } from "./kept-log.ts";
import { bundled, withModules } from "./writer-programs.ts";

const writers = 8;
/** Longer than most entries take from the wait for the lock to the commit, so that a kill hits any part of it. */
const anyPartMs = 8;

/** Runs a writer and kills it at any point after so many receipts. @returns those that it printed */
async function runUntilKilled(program: readonly string[], receipts: number): Promise<string[]> {
  const child = spawn(process.execPath, program, { stdio: ["ignore", "pipe", "inherit"], env: withModules });
  const ended = once(child, "close");
  const printed: string[] = [];
  // One line more: it says first that it is ready.
  for await (const line of createInterface({ input: child.stdout })) if (printed.push(line) === receipts + 1) setTimeout(() => child.kill("SIGKILL"), Math.random() * anyPartMs);
  const [, signal] = await ended;
  assert.equal(signal, "SIGKILL");
  assert.ok(printed.length > receipts);
  return printed.slice(1);
}

/**
 * Writers, eight at a time, are killed at random points: no fork may come of it, and no acknowledged entry be lost.
 *
 * @param segmentBytes when the log goes on in a new file
 */
export async function storm(kills: number, segmentBytes: number, context: TestContext): Promise<void> {
  using kept = new KeptLog();
  const program = [await bundled(new URL("storm-writer.ts", import.meta.url), kept.folder), kept.database, kept.log, String(segmentBytes)];
  const receipts: string[] = [];
  let started = 0;
  async function slot(): Promise<void> {
    // Every fourth dies in its first entry, which is where a writer recovers what the one before it left.
    while (started < kills) receipts.push(...(await runUntilKilled(program, started++ % 4)));
  }
  await Promise.all(Array.from({ length: writers }, slot));
  await kept.append(1);
  const found = await kept.verify();
  assert.ok(found.ok, kindsOf(found).join(", "));
  assert.ok(found.files.length > 1 || found.bytes < 2 * segmentBytes);
  const entries = entriesIn(kept);
  const written = new Set(entries.map(({ seq, hash }) => `${seq} ${hash}`));
  assert.ok(receipts.length >= kills);
  assert.deepEqual(receipts.filter((receipt) => !written.has(receipt)), []);
  const count = (wanted: string) => entries.filter(({ type }) => type === wanted).length;
  context.diagnostic(`${entries.length} entries, ${receipts.length} acknowledged; found on the way: ${count("log.adopted")} times an entry without its commit, ${count("log.recovered")} torn lines`);
}

function entriesIn(kept: KeptLog): Array<ReturnType<typeof entryOf>> {
  const files = readdirSync(kept.folder).filter((name) => /^audit\.(log|\d+\.jsonl)$/.test(name));
  const lines = files.flatMap((name) => readFileSync(join(kept.folder, name), "utf8").split("\n"));
  return lines.filter((line) => line.endsWith('"}') && line.startsWith('{"v":1,')).map(entryOf);
}
