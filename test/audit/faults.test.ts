import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { entryOf, KeptLog, kindsOf } from "./kept-log.ts";
import { bundled, withModules } from "./writer-programs.ts";

/** The system calls that make an entry durable and how each may fail: the log's line and its fsync, SQLite's journal and its fsync. */
const faults = [
  { call: "write", error: "ENOSPC", step: 1 },
  { call: "write", error: "EIO", step: 1 },
  { call: "fdatasync", error: "EIO", step: 1 },
  { call: "fsync", error: "EIO", step: 1 },
  // Some eighty of them; AEGIS_FAULT_STEP=1 takes each.
  { call: "pwrite64", error: "ENOSPC", step: Number(process.env["AEGIS_FAULT_STEP"] ?? 2) },
];
const hasStrace = spawnSync("strace", ["-V"]).status === 0;

/** Runs the program with one call failing. @returns what it printed; undefined: it makes fewer such calls */
function runWithFault(program: string, kept: KeptLog, fault: { call: string; error: string; when: number }): string[] | undefined {
  // Only what goes to our files: a write to the parent's pipe or to the event loop is another matter.
  const ours = [kept.log, kept.database, `${kept.database}-wal`].flatMap((path) => ["-P", path]);
  const trace = join(kept.folder, "trace");
  const inject = `inject=${fault.call}:error=${fault.error}:when=${fault.when}`;
  const words = ["-f", "-qq", "-o", trace, ...ours, "-e", `trace=${fault.call}`, "-e", inject, process.execPath, program, kept.database, kept.log];
  const { stdout, status, stderr } = spawnSync("strace", words, { encoding: "utf8", env: withModules });
  assert.equal(status, 0, stderr);
  return readFileSync(trace, "utf8").includes("(INJECTED)") ? stdout.trim().split("\n") : undefined;
}

describe("one system call that fails, whichever", { skip: hasStrace ? false : "strace is not installed" }, () => {
  for (const { call, error, step } of faults)
    test(`${call} with ${error}: every entry is acknowledged in the end, once, and the log is good`, async () => {
      using programs = new KeptLog();
      const program = await bundled(new URL("stubborn-writer.ts", import.meta.url), programs.folder);
      let hits = 0;
      for (let when = 1; ; when += step) {
        using kept = new KeptLog();
        const printed = runWithFault(program, kept, { call, error, when });
        if (printed === undefined) break;
        hits++;
        const found = await kept.verify();
        assert.ok(found.ok, `${when}: ${kindsOf(found).join(", ")}`);
        const entries = kept.lines.filter((line) => line.endsWith('"}')).map(entryOf);
        const receipts = printed.filter((line) => line.startsWith("receipt "));
        assert.equal(receipts.length, 5);
        assert.deepEqual(receipts.filter((receipt) => !entries.some(({ seq, hash }) => receipt === `receipt ${seq} ${hash}`)), []);
      }
      assert.ok(hits >= 5, `${hits} calls were hit`);
    });
});

/** A small disk of its own; undefined: this system gives none. */
function smallDisk(kept: KeptLog, context: TestContext): (Disposable & { folder: string; remount(options: string): void }) | undefined {
  const folder = join(kept.folder, "disk");
  mkdirSync(folder);
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=512k,mode=700", "none", folder]);
  if (mounted.status !== 0) {
    context.skip("mounting a tmpfs is not permitted here");
    return undefined;
  }
  const remount = (options: string) => assert.equal(spawnSync("mount", ["-o", `remount,${options}`, folder]).status, 0);
  return { folder, remount, [Symbol.dispose]: () => void spawnSync("umount", ["-l", folder]) };
}

test("a full disk is told, loses nothing that was acknowledged, and heals when there is room again", async (context) => {
  using home = new KeptLog();
  using disk = smallDisk(home, context);
  if (disk === undefined) return;
  const kept = new KeptLog(disk.folder);
  await kept.writing(async (write) => {
    const fill = async () => { for (;;) await write({ says: "x".repeat(3_000) }); };
    await assert.rejects(fill(), { name: "StoreTrouble", message: /^the disk that holds .*aegis\.db is full$/ });
    await assert.rejects(write({ says: "x".repeat(9_000) }), { name: "StoreTrouble" });
    const acknowledged = kept.lines.length - 1;
    assert.ok((await kept.verify()).ok);
    disk.remount("size=4m");
    await write();
    const found = await kept.verify();
    assert.ok(found.ok, kindsOf(found).join(", "));
    assert.ok(found.entries > acknowledged);
  });
});

test("on a read-only disk nothing is written, and what stands there is verified", async (context) => {
  using home = new KeptLog();
  using disk = smallDisk(home, context);
  if (disk === undefined) return;
  const kept = new KeptLog(disk.folder);
  await kept.append(5);
  disk.remount("ro");
  await assert.rejects(kept.append(1), { name: "StoreTrouble", message: /cannot be written/ });
  assert.deepEqual(kindsOf(await kept.verify()), []);
  disk.remount("rw");
  await kept.append(1);
  assert.deepEqual(kindsOf(await kept.verify()), []);
});
