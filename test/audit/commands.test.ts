import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, closeSync, openSync, readdirSync, rmSync } from "node:fs";
import { test } from "node:test";
import Database from "better-sqlite3";
import { purgeBefore, removeFiles } from "../../src/audit/purge.ts";
import type { ReplicaSource } from "../../src/audit/verify.ts";
import { purge } from "../../src/cli/audit-purge.ts";
import { exportLog, show, showOne, tail } from "../../src/cli/audit-read.ts";
import { verify } from "../../src/cli/audit.ts";
import { ReplicaReader } from "../../src/store/replica-reader.ts";
import { openKept } from "../store/workbench.ts";
import { desk } from "./desk.ts";
import { KeptLog, noon } from "./kept-log.ts";

const plain = { json: false, expect: [], from: undefined, online: false };

test("verify says that a log is intact, and what nobody has witnessed", async () => {
  using kept = await KeptLog.of(5);
  const { context, out, err } = desk(kept);
  assert.equal(await verify(plain, context), 0);
  assert.deepEqual(out.lines, [
    `audit log intact: 5 entries, ${kept.bytes.length} bytes, the newest is #5·${kept.hashOf(5).slice(0, 8)}`,
    "witnessed by nobody outside this machine: all 5 entries rest on it alone",
  ]);
  assert.equal(err.text, "");
});

test("verify names the first bad line, its kind, and the last good entry", async () => {
  using kept = await KeptLog.of(5);
  kept.lines = kept.lines.map((line, index) => (index === 2 ? line.replace("yes", "no!") : line));
  const { context, out, err } = desk(kept);
  assert.equal(await verify(plain, context), 1);
  const offset = Buffer.byteLength(kept.lines.slice(0, 2).join("\n")) + 1;
  assert.deepEqual(err.lines, [
    `aegis: error: audit log broken at audit.log line 3 (byte ${offset}, entry 3): modified: the content does not match its own hash`,
    `aegis: hint: the last entry that is proven good is #2·${kept.hashOf(2).slice(0, 8)}`,
  ]);
  assert.match(out.text, /^audit log altered: 5 entries/);
  assert.match(out.text, /in all: 1 modified/);
});

test("verify as JSON is one document with every key", async () => {
  using kept = await KeptLog.of(3);
  kept.lines = kept.lines.toSpliced(1, 1);
  const { context, out } = desk(kept);
  assert.equal(await verify({ ...plain, json: true }, context), 1);
  const { ms, bytes, problems, firstBad, ...found } = JSON.parse(out.text);
  assert.ok(ms >= 0 && bytes === kept.bytes.length);
  assert.deepEqual(problems, [{ file: "audit.log", line: 2, offset: problems[0].offset, kind: "missing", severity: "error", seq: 2, detail: "entry 2 should stand here" }]);
  assert.deepEqual(firstBad, problems[0]);
  const first = { seq: 1, hash: kept.hashOf(1) };
  assert.deepEqual(found, {
    ok: false, entries: 2, firstSeq: 1, head: { seq: 3, hash: kept.hashOf(2) }, lastGood: first, counts: { missing: 1 },
    witnesses: [], witnessedUpTo: null, unwitnessed: 3, files: ["audit.log"],
  });
});

test("verify takes what the phone shows, in either spelling", async () => {
  using kept = await KeptLog.of(5);
  const hash = kept.hashOf(4);
  for (const expect of [`4:${hash}`, `4:${hash.slice(0, 8)}`, `#4·${hash.slice(0, 8)}`, `#4·${hash.slice(0, 8).toUpperCase()}…`]) {
    const { context, out } = desk(kept);
    assert.equal(await verify({ ...plain, expect: [expect] }, context), 0, expect);
    assert.match(out.text, /witnessed up to entry 4 \(--expect\); 1 newer entry rests on this machine alone/);
  }
  const { context, err } = desk(kept);
  assert.equal(await verify({ ...plain, expect: ["4:deadbeef"] }, context), 1);
  assert.match(err.text, /line 4 .*: rewritten: --expect remembers entry 4 with hash deadbeef/);
});

test("verify can't tell of an entry that is not looked at whether it is what was expected", async () => {
  using kept = await KeptLog.of(9);
  const { context, err } = desk(kept);
  assert.equal(await verify({ ...plain, from: 5, expect: [`4:${kept.hashOf(4)}`] }, context), 2);
  assert.match(err.text, /^aegis: error: entry 4 could not be compared: it is not in the part of the log that was looked at\n/);
});

test("verify can't tell while another program holds the replica locked, and does not call that altered", async () => {
  using kept = await KeptLog.of(3);
  const holder = new Database(kept.database);
  try {
    holder.pragma("locking_mode = EXCLUSIVE");
    holder.exec("BEGIN EXCLUSIVE");
    await assert.rejects(verify(plain, desk(kept).context), { name: "Failure", message: /^another program holds .* locked$/ });
  } finally {
    holder.close();
  }
});

for (const expect of ["4", "4:abc", "0:deadbeef", "4:deadbeeg", "four:deadbeef"])
  test(`verify refuses --expect ${expect}`, async () => {
    using kept = await KeptLog.of(5);
    await assert.rejects(verify({ ...plain, expect: [expect] }, desk(kept).context), { name: "Failure", message: `--expect takes SEQ:HASH, not "${expect}"` });
  });

test("verify tells what the store's witnesses were shown", async () => {
  using kept = await KeptLog.of(5);
  {
    await using store = await openKept(kept.database, kept.log);
    await store.witnessed({ source: "telegram:7", seq: 3, hash: kept.hashOf(3), at: noon });
  }
  const { context, out } = desk(kept);
  assert.equal(await verify(plain, context), 0);
  assert.match(out.text, /witnessed up to entry 3 \(telegram:7\); 2 newer entries rest on this machine alone/);
});

test("verify begins where it is told to, and believes what stands before", async () => {
  using kept = await KeptLog.of(9);
  kept.lines = kept.lines.map((line, index) => (index === 2 ? line.replace("yes", "no!") : line));
  assert.equal(await verify({ ...plain, from: 3 }, desk(kept).context), 1);
  const { context, out } = desk(kept);
  assert.equal(await verify({ ...plain, from: 4 }, context), 0);
  assert.match(out.text, /^audit log intact: 6 entries/);
  await assert.rejects(verify({ ...plain, from: 10 }, context), { name: "Failure", message: "the audit log has no entry 10" });
});

test("without log and database there is nothing to say", async () => {
  using kept = new KeptLog();
  const { context } = desk(kept);
  for (const act of [() => verify(plain, context), () => show({ json: false, last: 1 }, context), () => exportLog({ format: "json" }, context)])
    await assert.rejects(act, { name: "Failure", message: /^there is no audit log/ });
});

test("verify says why it can't tell when the log can't be read", { skip: process.geteuid?.() === 0 ? "root can read everything" : false }, async () => {
  using kept = await KeptLog.of(5);
  chmodSync(kept.log, 0o000);
  await assert.rejects(verify(plain, desk(kept).context), { name: "Failure", message: /can't be read: permission denied$/ });
});

test("show lists the newest entries, oldest first, on one line each", async () => {
  using kept = await KeptLog.of(9);
  const { context, out } = desk(kept);
  assert.equal(await show({ json: false, last: 2 }, context), 0);
  assert.deepEqual(out.lines.map((line) => line.replace(/\d\d-\d\d \d\d:\d\d:\d\d/, "TIME")), [
    '     8  TIME  abcd      note               n=7 says="yes, n° 1"',
    '     9  TIME  abcd      note               n=8 says="yes, n° 1"',
  ]);
});

test("show does nothing to the terminal that it prints on", async () => {
  using kept = await KeptLog.of(2);
  await kept.writing((write) => write({ says: "\u001b[2J\u202egood" }));
  const { context, out } = desk(kept);
  await show({ json: false, last: 1 }, context);
  assert.ok(!/[\u001b\u202e]/u.test(out.text), JSON.stringify(out.text));
});

test("show filters by type, session and time", async () => {
  using kept = await KeptLog.of(9);
  const seqs = async (words: object) => {
    const { context, out } = desk(kept);
    await show({ json: true, last: 100, ...words }, context);
    return out.lines.map((line) => JSON.parse(line).seq);
  };
  assert.deepEqual(await seqs({ type: "log" }), [1]);
  assert.deepEqual(await seqs({ type: "no" }), []);
  assert.deepEqual(await seqs({ session: "abcd", since: "2026-11-21T12:00:00.006Z" }), [7, 8, 9]);
  assert.deepEqual(await seqs({ until: "2026-11-21T12:00:00.002Z" }), [1, 2]);
  await assert.rejects(seqs({ since: "yesterday-ish" }), { name: "Failure", message: '--since takes a time, not "yesterday-ish"' });
});

test("show and export tell of lines that are no entries", async () => {
  using kept = await KeptLog.of(3);
  kept.leave("it was me\n");
  const { context, err } = desk(kept);
  const notice = 'aegis: 1 line is no entry: "aegis audit verify" tells more\n';
  await show({ json: false, last: 1 }, context);
  assert.equal(err.text, notice);
  await exportLog({ format: "csv" }, context);
  assert.equal(err.text, notice.repeat(2));
});

test("one entry is shown whole, or said not to be there", async () => {
  using kept = await KeptLog.of(3);
  const { context, out, err } = desk(kept);
  assert.equal(await showOne(2, context), 0);
  assert.deepEqual(JSON.parse(out.text), JSON.parse(kept.lines[1] ?? ""));
  assert.equal(await showOne(4, context), 1);
  assert.match(err.text, /the audit log has no entry 4/);
});

test("tail -f shows what comes, also across a change of files, until nobody reads any more", async () => {
  using kept = await KeptLog.of(3);
  const { context, out } = desk(kept);
  const ended = tail({ json: true, last: 1, follow: true }, context);
  const shown = async (count: number) => {
    while (out.lines.length < count) await once(out, "text");
  };
  await shown(1);
  for (let count = 2; count <= 12; count++) {
    await kept.append(1, 1_500);
    await shown(count);
  }
  assert.ok(readdirSync(kept.folder).some((name) => /^audit\.\d+\.jsonl$/.test(name)));
  out.emit("error", new Error("EPIPE"));
  assert.equal(await ended, 0);
  const seqs = out.lines.map((line) => JSON.parse(line).seq);
  assert.deepEqual(seqs, seqs.map((_, index) => index + 3));
});

test("export gives the lines as they are, or as one JSON document", async () => {
  using kept = await KeptLog.of(4);
  const jsonl = desk(kept);
  await exportLog({ format: "jsonl" }, jsonl.context);
  assert.deepEqual(jsonl.out.lines, kept.lines);
  const json = desk(kept);
  await exportLog({ format: "json", type: "note" }, json.context);
  assert.deepEqual(JSON.parse(json.out.text), kept.lines.slice(1).map((line) => JSON.parse(line)));
});

test("an export of nothing is an empty document", async () => {
  using kept = await KeptLog.of(2);
  const { context, out } = desk(kept);
  await exportLog({ format: "json", type: "never" }, context);
  assert.deepEqual(JSON.parse(out.text), []);
});

test("an export has ended once its slow reader has all of it", async () => {
  using kept = await KeptLog.of(40, 15_000);
  const { context, out } = desk(kept);
  const untaken: Array<() => void> = [];
  out.onTaken = (taken) => untaken.push(taken);
  let isOver = false;
  const ended = exportLog({ format: "jsonl" }, context).then(() => (isOver = true));
  while (out.lines.length < kept.lines.length) {
    await new Promise(setImmediate);
    assert.ok(!isOver);
    // It went on only as far as one piece of the file before this reader took something.
    for (const taken of untaken.splice(0)) taken();
  }
  await new Promise(setImmediate);
  assert.ok(!isOver);
  for (const taken of untaken.splice(0)) taken();
  await ended;
  assert.deepEqual(out.lines, kept.lines);
});

test("an export that a full disk cuts fails, and one whose reader has seen enough does not", async () => {
  using kept = await KeptLog.of(3);
  const full = openSync("/dev/full", "w");
  const cut = spawnSync(process.execPath, ["dist/main.js", "audit", "export"], { env: { PATH: process.env["PATH"], AEGIS_HOME: kept.folder }, stdio: ["ignore", full, "pipe"] });
  closeSync(full);
  assert.equal(cut.stderr.toString(), "aegis: error: the output can't be written: no space left on the device\naegis: hint: what was written so far is not all of it\n");
  assert.equal(cut.status, 2);
  const { context, out } = desk(kept);
  out.emit("error", Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
  assert.equal(await exportLog({ format: "jsonl" }, context), 0);
});

const tricky = { label: '=1+2,"x"', by: { channel: "telegram", id: "7", name: "a|b" }, prompt: "@p", why: "a=b\\c\nd" };

test("a spreadsheet takes no cell of the CSV for a formula", async () => {
  using kept = await KeptLog.of(2);
  await kept.writing((write) => write(tricky));
  const { context, out } = desk(kept);
  await exportLog({ format: "csv" }, context);
  assert.ok(out.lines.every((line) => line.endsWith("\r")));
  const cells = [...(out.lines.at(-1) ?? "").matchAll(/"((?:[^"]|"")*)"|([^,\r]+)/g)].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? "");
  assert.deepEqual(cells.slice(5, 8), ["'@p", "telegram:7 a|b", `'${tricky.label}`]);
  assert.deepEqual(JSON.parse(cells[8] ?? ""), tricky);
});

for (const begin of ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
  test(`a cell that begins with ${JSON.stringify(begin)} begins with an apostrophe in the CSV`, async () => {
    using kept = await KeptLog.of(1);
    await kept.writing((write) => write({ label: `${begin}1` }));
    const { context, out } = desk(kept);
    await exportLog({ format: "csv" }, context);
    assert.ok(out.text.includes(`'${begin}1`), out.text);
  });

test("CEF keeps its separators apart from what was said", async () => {
  using kept = await KeptLog.of(2);
  await kept.writing((write) => write(tricky));
  const { context, out } = desk(kept);
  await exportLog({ format: "cef" }, context);
  const line = out.lines.at(-1) ?? "";
  assert.match(line, /^CEF:0\|aegis\|aegis\|[^|]+\|note\|note\|2\|rt=\d+ externalId=3 /);
  assert.ok(line.includes(" act=\\=1+2,\"x\" reason=a\\=b\\\\c\\nd "), line);
});

test("purge removes old files, says so before, and the log stays good", async () => {
  using kept = await KeptLog.of(30, 1_500);
  const files = () => readdirSync(kept.folder).filter((name) => name.endsWith(".jsonl")).length;
  const before = files();
  const { context, out } = desk(kept);
  await purge({ before: new Date(noon + 15).toISOString(), reason: "retention" }, context);
  assert.match(out.text, /^purged \d+ files?, entries up to \d+\n$/);
  assert.ok(files() < before && files() > 0);
  const { ok, problems, firstSeq } = await kept.verify();
  assert.deepEqual([ok, problems], [true, []]);
  assert.ok((firstSeq ?? 0) > 1);
  const verifier = desk(kept);
  assert.equal(await verify(plain, verifier.context), 0);
  assert.ok(verifier.out.lines.includes(`  it begins with entry ${firstSeq}: those before it were purged`), verifier.out.text);
  const late = desk(kept);
  assert.equal(await verify({ ...plain, expect: ["2:deadbeef"] }, late.context), 2);
  assert.match(late.err.text, /entry 2 could not be compared.*\n.*it was purged/);
  assert.match(kept.lines.at(-1) ?? "", /"type":"log.purged","data":\{"firstSeq":1,.*"reason":"retention","by":"/);
  await purge({ before: new Date(noon + 22).toISOString(), reason: "again" }, context);
  assert.deepEqual((await kept.verify()).problems, []);
});

test("a purge that is killed at any point leaves a good log, and the next one goes on", async () => {
  using kept = await KeptLog.of(30, 1_500);
  const found = purgeBefore(kept.log, noon + 22, { reason: "retention", by: "ada" });
  assert.ok(found !== undefined && found.files.length > 2);
  {
    await using store = await openKept(kept.database, kept.log);
    await store.record({ type: "log.purged", at: noon + 40, sessionId: undefined, data: found.data });
  }
  for (const file of found.files) {
    assert.deepEqual((await kept.verify()).problems, [], file);
    rmSync(file);
  }
  assert.deepEqual((await kept.verify()).problems, []);
  assert.equal(await purge({ before: new Date(noon + 25).toISOString(), reason: "again" }, desk(kept).context), 0);
  assert.deepEqual((await kept.verify()).problems, []);
});

test("a log that is purged while it is verified is good", async () => {
  for (const at of [1, 2, 9]) {
    using kept = await KeptLog.of(30, 1_500);
    const found = purgeBefore(kept.log, noon + 22, { reason: "retention", by: "ada" });
    assert.ok(found !== undefined && found.files.length > 2);
    {
      await using store = await openKept(kept.database, kept.log);
      await store.record({ type: "log.purged", at: noon + 40, sessionId: undefined, data: found.data });
    }
    using reader = ReplicaReader.open(kept.database);
    const replica: ReplicaSource = {
      head: () => reader.head(),
      *lines(from) {
        for (const row of reader.lines(from)) {
          yield row;
          if (row.seq !== at) continue;
          removeFiles(found);
          using sql = closing(new Database(kept.database));
          sql.database.prepare("DELETE FROM audit_events WHERE seq <= ?").run(found.lastSeq);
        }
      },
    };
    const { problems, firstSeq } = await kept.verify({ replica });
    assert.deepEqual([problems, firstSeq], [[], found.lastSeq + 1], `purged at entry ${at}`);
  }
});

function closing(database: Database.Database): Disposable & { readonly database: Database.Database } {
  return { database, [Symbol.dispose]: () => database.close() };
}

test("purge finds nothing in a log that is young or in one file", async () => {
  using kept = await KeptLog.of(30);
  const { context, out } = desk(kept);
  assert.equal(await purge({ before: "1s", reason: "" }, context), 0);
  assert.match(out.text, /^nothing to purge/);
});

test("nothing is purged from a log that is not intact", async () => {
  using kept = await KeptLog.of(30, 1_500);
  kept.leave("it was me\n");
  const { context } = desk(kept);
  const files = () => readdirSync(kept.folder).filter((name) => name.startsWith("audit."));
  const before = files();
  await assert.rejects(purge({ before: "1s", reason: "" }, context), { name: "Failure", message: /is not intact/ });
  assert.deepEqual(files(), before);
});
