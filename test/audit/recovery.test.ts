import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, readFileSync, renameSync, rmSync, truncateSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { entryOf, KeptLog, kindsOf, rechained } from "./kept-log.ts";
import { link } from "../../src/audit/chain.ts";

const typesOf = (kept: KeptLog) => kept.lines.map((line) => (line.startsWith('{"v":1,') && line.endsWith('"}') ? entryOf(line).type : "?"));

const residues: Record<string, string | Buffer> = {
  "the begin of a line": '{"v":1,"seq":5,"ts":"2026-11-21T12:0',
  "one byte": "{",
  "zeros": Buffer.alloc(100),
  "more zeros than are read at once": Buffer.alloc(600_000),
  "the begin of a line, then zeros": Buffer.concat([Buffer.from('{"v":1,"seq":5,"ts":"2026'), Buffer.alloc(100)]),
};
for (const [what, residue] of Object.entries(residues))
  test(`${what} that a dying writer left is acknowledged, not cut`, async () => {
    using kept = await KeptLog.of(4);
    const before = kept.bytes;
    kept.leave(residue);
    await kept.append(1);
    const left = Buffer.concat([before, Buffer.from(residue), Buffer.from("\n")]);
    assert.ok(kept.bytes.subarray(0, left.length).equals(left));
    assert.deepEqual(typesOf(kept), ["log.genesis", "note", "note", "note", "?", "log.recovered", "note"]);
    assert.deepEqual(kindsOf(await kept.verify()), ["(torn-recovered) @5"]);
  });

test("54 an acknowledged fragment that is edited later is malformed", async () => {
  using kept = await KeptLog.of(4);
  kept.leave('{"v":1,"seq":5,"ts":"2026-11-21T12:0');
  await kept.append(1);
  kept.bytes = Buffer.from(kept.bytes.toString().replace("T12:0\n", "T12:1\n"));
  assert.deepEqual(kindsOf(await kept.verify()), ["malformed @5"]);
});

test("an entry whose writer died before its commit is kept, and said to have been", async () => {
  using kept = await KeptLog.of(4);
  const last = entryOf(kept.lines.at(-1) ?? "");
  kept.leave(`${link(last, { ...last, type: "decision" }).line}\n`);
  assert.deepEqual(kindsOf(await kept.verify()), ["(uncommitted) @6"]);
  await kept.append(1);
  assert.deepEqual(typesOf(kept).slice(4), ["decision", "log.adopted", "note"]);
  assert.deepEqual(entryOf(kept.lines[5] ?? "").data, { first: 5, last: 5 });
  assert.deepEqual(kindsOf(await kept.verify()), []);
});

test("text that somebody else wrote is not adopted, and fails the log for good", async () => {
  using kept = await KeptLog.of(4);
  kept.leave("it was me\n");
  await kept.append(1);
  assert.deepEqual(typesOf(kept).slice(4), ["?", "log.foreign", "note"]);
  assert.deepEqual(kindsOf(await kept.verify()), ["foreign @5"]);
});

test("a well-made line that does not go on from the last is not adopted", async () => {
  using kept = await KeptLog.of(4);
  kept.leave(`${rechained(kept.lines, 3, (line) => line.replace("yes", "no!"))[3]}\n`);
  await kept.append(1);
  const found = await kept.verify();
  assert.ok(!found.ok);
  assert.equal(kindsOf(found)[0], "forked @5");
});

test("a log that was cut goes on, says so, and stays bad", async () => {
  using kept = await KeptLog.of(10);
  kept.lines = kept.lines.slice(0, 7);
  await kept.append(2);
  assert.deepEqual(typesOf(kept).slice(7), ["log.shrunk", "note", "note"]);
  assert.deepEqual(kindsOf(await kept.verify()), ["truncated @8"]);
});

test("where only the last newline had been cut off, a line put in before the notice is found", async () => {
  using kept = await KeptLog.of(10);
  kept.bytes = kept.bytes.subarray(0, -1);
  await kept.append(1);
  assert.deepEqual(typesOf(kept).slice(9), ["note", "log.shrunk", "note"]);
  kept.lines = kept.lines.toSpliced(10, 0, "it was me");
  assert.deepEqual(kindsOf(await kept.verify()), ["malformed @11", "truncated @12"]);
});

test("where only the last newline had been cut off, no entry is gone, and the cut is told all the same", async () => {
  using kept = await KeptLog.of(10);
  kept.bytes = kept.bytes.subarray(0, -1);
  await kept.append(1);
  assert.deepEqual(kindsOf(await kept.verify()), ["truncated @11"]);
});

test("a cut whose entries were put back is told all the same", async () => {
  using kept = await KeptLog.of(10);
  const whole = kept.lines;
  kept.lines = whole.slice(0, 7);
  await kept.append(1);
  kept.lines = [...whole, ...kept.lines.slice(7)];
  assert.ok(kindsOf(await kept.verify()).includes("truncated @11"));
});

test("a log that was cut in the middle of a line goes on at a new one", async () => {
  using kept = await KeptLog.of(10);
  kept.bytes = kept.bytes.subarray(0, -10);
  await kept.append(1);
  assert.deepEqual(typesOf(kept).slice(9), ["?", "log.shrunk", "note"]);
  assert.deepEqual(kindsOf(await kept.verify()), ["truncated @11"]);
});

test("a writer that dies while it notes a cut leaves nothing that forks", async () => {
  for (const cut of [10, 100, 400]) {
    using kept = await KeptLog.of(10);
    const whole = kept.bytes.length;
    kept.bytes = kept.bytes.subarray(0, -cut);
    copyFileSync(kept.database, `${kept.database}.before`);
    await kept.append(1);
    const noted = kept.bytes;
    for (let end = whole - cut; end <= noted.length; end += 37) {
      kept.bytes = noted.subarray(0, end);
      rmSync(`${kept.database}-wal`, { force: true });
      copyFileSync(`${kept.database}.before`, kept.database);
      await kept.append(1);
      const kinds = kindsOf(await kept.verify());
      assert.ok(kinds.every((kind) => /^(truncated|malformed|\()/.test(kind)), `cut ${cut}, died at ${end}: ${kinds.join(", ")}`);
    }
  }
});

for (const [what, act] of Object.entries({ removed: (kept: KeptLog) => rmSync(kept.log), emptied: (kept: KeptLog) => truncateSync(kept.log) }))
  test(`a log that was ${what} begins again where it ended, and says so`, async () => {
    using kept = await KeptLog.of(10);
    act(kept);
    await kept.append(1);
    assert.deepEqual(typesOf(kept), ["log.shrunk", "note"]);
    assert.equal(entryOf(kept.lines[0] ?? "").seq, 11);
    const found = await kept.verify();
    assert.deepEqual([kindsOf(found), found.lastGood], [["truncated @1"], undefined]);
  });

test("a lost database is rebuilt from the log, all its files", async () => {
  using kept = await KeptLog.of(20, 1_500);
  const head = (await kept.verify()).head?.seq ?? 0;
  rmSync(kept.database);
  await kept.append(1, 1_500);
  const found = await kept.verify();
  assert.deepEqual(kindsOf(found), []);
  assert.equal(found.head?.seq, head + 2);
  assert.match(readFileSync(kept.log, "utf8"), /"type":"log.adopted","data":\{"first":1,/);
});

test("a database that was put back from an older copy catches up with the log, across its files", async () => {
  using kept = await KeptLog.of(3, 1_500);
  copyFileSync(kept.database, `${kept.database}.older`);
  await kept.append(20, 1_500);
  const head = (await kept.verify()).head?.seq ?? 0;
  copyFileSync(`${kept.database}.older`, kept.database);
  await kept.append(1, 1_500);
  const found = await kept.verify();
  assert.deepEqual([kindsOf(found), found.head?.seq], [[], head + 2]);
  assert.match(readFileSync(kept.log, "utf8"), /"type":"log.adopted","data":\{"first":4,/);
});

test("a writer that died between two files is followed by one that finishes the step", async () => {
  using kept = await KeptLog.of(5, 1_500);
  renameSync(kept.log, join(kept.folder, "audit.5.jsonl"));
  assert.deepEqual(kindsOf(await kept.verify()), []);
  await kept.append(1, 1_500);
  assert.deepEqual(typesOf(kept), ["log.segment", "note"]);
  assert.deepEqual(kindsOf(await kept.verify()), []);
});

test("a log that may only be appended to is recovered, and stays one file", async (context) => {
  using kept = await KeptLog.of(4);
  if (spawnSync("chattr", ["+a", kept.log]).status !== 0) return context.skip("this file system has no append-only files");
  try {
    kept.leave('{"v":1,"seq":5,"ts":"2026-');
    await kept.append(10, 1_500);
    assert.deepEqual(kindsOf(await kept.verify()), ["(torn-recovered) @5"]);
    assert.deepEqual((await kept.verify()).files, ["audit.log"]);
  } finally {
    spawnSync("chattr", ["-a", kept.log]);
  }
});

const swaps: Record<string, [(kept: KeptLog) => void, RegExp]> = {
  "a link": [(kept) => { renameSync(kept.log, `${kept.log}.x`); symlinkSync(`${kept.log}.x`, kept.log); }, /is not a regular file, so nothing is written to it/],
  "a file that others can read": [(kept) => chmodSync(kept.log, 0o640), /can be reached by others \(mode 640\), so nothing is written to it/],
  "another log of that length": [(kept) => writeFileSync(kept.log, kept.bytes.fill(0x20, kept.bytes.length - 300)), /is not the log that aegis wrote: entry 10 is not where it was/],
};
for (const [what, [act, message]] of Object.entries(swaps))
  test(`into ${what} nothing is written`, async () => {
    using kept = await KeptLog.of(10);
    act(kept);
    const before = kept.bytes;
    await assert.rejects(kept.append(1), { name: "StoreTrouble", message });
    assert.ok(kept.bytes.equals(before));
  });

test("a writer notices that the file was exchanged under it", async () => {
  using kept = await KeptLog.of(3);
  await kept.writing(async (write) => {
    await write();
    const forged = kept.lines.map((line) => line.replace('"type":"note"', '"type":"nope"'));
    rmSync(kept.log);
    writeFileSync(kept.log, forged.map((line) => `${line}\n`).join(""), { mode: 0o600 });
    await assert.rejects(write(), { name: "StoreTrouble", message: /is not the log that aegis wrote/ });
  });
});

test("an entry that would be too long says how long it was", async () => {
  using kept = await KeptLog.of(2);
  await kept.writing(async (write) => write({ command: "x".repeat(100_000) }));
  const line = kept.lines.at(-1) ?? "";
  assert.ok(line.length <= 16_384);
  assert.match(line, /"data":\{"tooLong":\{"bytes":100014,"sha256":"[0-9a-f]{64}"\}\}/);
  assert.deepEqual(kindsOf(await kept.verify()), []);
});
