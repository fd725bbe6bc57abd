import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, copyFileSync, cpSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import Database from "better-sqlite3";
import { link } from "../../src/audit/chain.ts";
import type { Verification } from "../../src/audit/verify.ts";
import type { Witness } from "../../src/audit/witness-check.ts";
import { verify } from "../../src/cli/audit.ts";
import { noncesFor, noon, openKept, prompt, session, tap } from "../store/workbench.ts";
import { desk } from "./desk.ts";
import { entryOf, KeptLog, kindsOf, rechained } from "./kept-log.ts";

interface Case {
  /** What is done to a log of 20 entries. */
  readonly act: (kept: KeptLog) => void | Promise<void>;
  /** The first thing that is found; warnings stand in brackets. undefined: nothing. */
  readonly first: string | undefined;
  /** What else must be among what is found. */
  readonly also?: string;
  /** The last entry that is proven good; undefined: none. */
  readonly good: number | undefined;
  readonly witnesses?: (kept: KeptLog) => Witness[];
}

const edit = (at: number, change: (line: string) => string) => (kept: KeptLog) => {
  kept.lines = kept.lines.map((line, index) => (index === at - 1 ? change(line) : line));
};
const splice = (at: number, remove: number, ...lines: string[]) => (kept: KeptLog) => {
  kept.lines = kept.lines.toSpliced(at - 1, remove, ...lines);
};
const sayNo = (line: string) => line.replace("yes", "no!");
const sql = (...statements: string[]) => (kept: KeptLog) => {
  using database = Object.assign(new Database(kept.database), { [Symbol.dispose](this: Database.Database) { this.close(); } });
  for (const statement of statements) database.exec(statement);
};
/** What a forger does who knows everything: a new chain from entry `seq` on, in the file and in the replica. */
const rewriteAll = (seq: number) => (kept: KeptLog) => {
  kept.lines = rechained(kept.lines, seq, sayNo);
  const database = new Database(kept.database);
  const update = database.prepare("UPDATE audit_events SET line = ? WHERE seq = ?");
  for (const [index, line] of kept.lines.entries()) update.run(line, index + 1);
  database.close();
};
const seen = (seq: number) => (kept: KeptLog): Witness[] => [{ source: "telegram:7", seq, hash: kept.hashOf(seq) }];

const cases: Record<string, Case> = {
  "00 untouched": { act: () => undefined, first: undefined, good: 20 },
  "01 one byte in the data": { act: edit(7, (line) => line.replace('"n":6', '"n":7')), first: "modified @7", good: 6 },
  "02 an answer in the last line": { act: edit(20, sayNo), first: "modified @20", good: 19 },
  "03 a time": { act: edit(7, (line) => line.replace("12:00:00", "12:00:01")), first: "modified @7", good: 6 },
  "04 only the hash": { act: edit(7, (line) => line.replace(/.(?="\}$)/, (last) => (last === "0" ? "1" : "0"))), first: "modified @7", good: 6 },
  "04 a hash that is no hash": { act: edit(7, (line) => line.replace(/.(?="\}$)/, "z")), first: "modified @7", good: 6 },
  "05 a line with its hash made anew": { act: (kept) => splice(7, 1, rechained(kept.lines, 7, sayNo)[6] ?? "")(kept), first: "replica-mismatch @7", also: "broken-link @8", good: 6 },
  "06 a line taken out": { act: splice(7, 1), first: "missing @7", good: 6 },
  "07 the first line taken out": { act: splice(1, 1), first: "missing @1", good: undefined },
  "08 five lines taken out": { act: splice(5, 5), first: "missing @5", good: 4 },
  "09 two lines exchanged": { act: (kept) => { const [a = "", b = ""] = kept.lines.slice(4); splice(5, 2, b, a)(kept); }, first: "reordered @5", good: 4 },
  "09 five lines moved to the end": { act: (kept) => { const moved = kept.lines.slice(4, 9); kept.lines = [...kept.lines.toSpliced(4, 5), ...moved]; }, first: "reordered @5", good: 4 },
  "10 a line doubled": { act: (kept) => splice(7, 0, kept.lines[5] ?? "")(kept), first: "duplicated @7", good: 6 },
  "10 the first line again at the end": { act: (kept) => kept.leave(`${kept.lines[0]}\n`), first: "duplicated @21", good: 20 },
  "11 a forged line with a used number": { act: (kept) => splice(17, 0, rechained(kept.lines, 7, sayNo)[6] ?? "")(kept), first: "forked @17", good: 16 },
  "11 a forged line before the true one": { act: (kept) => splice(7, 0, rechained(kept.lines, 7, sayNo)[6] ?? "")(kept), first: "forked @7", good: 6 },
  "12 text put in": { act: splice(7, 0, "it was me"), first: "malformed @7", good: 6 },
  "12 text at the end": { act: (kept) => kept.leave("it was me\n"), first: "malformed @21", good: 20 },
  "12 text in place of a line": { act: splice(7, 1, "it was me"), first: "malformed @7", good: 6 },
  "13 an empty line": { act: splice(7, 0, ""), first: "malformed @7", good: 6 },
  "13 an empty line at the end": { act: (kept) => kept.leave("\n"), first: "malformed @21", good: 20 },
  "14 the last three lines cut off": { act: splice(18, 3), first: "truncated @18", good: 17 },
  "15 the last line cut in half": { act: (kept) => { kept.bytes = kept.bytes.subarray(0, -100); }, first: "truncated @20", good: 19 },
  "16 file and replica cut, a witness knows more": {
    act: (kept) => { splice(18, 3)(kept); sql("DELETE FROM audit_events WHERE seq > 17", "UPDATE sqlite_sequence SET seq = 17")(kept); },
    first: "truncated @18", good: 17, witnesses: seen(19),
  },
  "16 file and replica cut by whoever forgot SQLite's own count": {
    act: (kept) => { splice(18, 3)(kept); sql("DELETE FROM audit_events WHERE seq > 17")(kept); },
    first: "truncated @18", good: 17,
  },
  "17 the file emptied": { act: (kept) => { kept.bytes = Buffer.alloc(0); }, first: "truncated @1", good: undefined },
  "18 the file removed": { act: (kept) => rmSync(kept.log), first: "missing-file @0", good: undefined },
  "19 the file chained anew, the replica left": { act: (kept) => { kept.lines = rechained(kept.lines, 7, sayNo); }, first: "replica-mismatch @7", good: 6 },
  "20 file and replica chained anew, a witness saw it after": { act: rewriteAll(7), first: "rewritten @10", good: 9, witnesses: seen(10) },
  "20 the last entry alone, in file and replica, and a witness saw it": { act: rewriteAll(20), first: "rewritten @20", good: 19, witnesses: seen(20) },
  "21 file and replica chained anew, a witness saw it only before": { act: rewriteAll(7), first: undefined, good: 20, witnesses: seen(5) },
  "22 another tail after the true one": { act: (kept) => { kept.lines = [...kept.lines, ...rechained(kept.lines, 15, sayNo).slice(14)]; }, first: "forked @21", good: 20 },
  "23 a row of the replica removed": { act: sql("DELETE FROM audit_events WHERE seq = 7"), first: "replica-missing @7", good: 6 },
  "23 all rows removed": { act: sql("DELETE FROM audit_events"), first: "replica-behind @21", good: 20 },
  "24 a row of the replica altered": { act: sql("UPDATE audit_events SET line = replace(line, 'yes', 'no!') WHERE seq = 7"), first: "replica-modified @7", good: 6 },
  "24 where a row ends": { act: sql("UPDATE audit_events SET end = end + 1 WHERE seq = 20"), first: "replica-modified @20", good: 19 },
  "24 more in a row than its line": { act: sql("UPDATE audit_events SET line = line || char(10, 0) || 'more' WHERE seq = 7"), first: "replica-modified @7", good: 6 },
  "24 rows of another shape": { act: sql("CREATE TABLE shaped AS SELECT 'no ' || seq AS seq, \"end\", line FROM audit_events", "DROP TABLE audit_events", "ALTER TABLE shaped RENAME TO audit_events"), first: "replica-corrupt @0", good: 20 },
  "25 the replica's tail removed": { act: sql("DELETE FROM audit_events WHERE seq > 17"), first: "replica-behind @21", good: 20 },
  "25 the replica set back, with what SQLite counts": { act: sql("DELETE FROM audit_events WHERE seq > 3", "UPDATE sqlite_sequence SET seq = 3"), first: "replica-behind @21", good: 20 },
  "25 the replica exchanged for an empty one": { act: sql("DELETE FROM audit_events", "DELETE FROM sqlite_sequence"), first: "replica-behind @21", good: 20 },
  "26 the database removed": { act: (kept) => rmSync(kept.database), first: "replica-unreadable @0", good: 20 },
  "27 the database's bytes damaged": { act: (kept) => { const bytes = readFileSync(kept.database); bytes.fill(0xff, 4_096); writeFileSync(kept.database, bytes); }, first: "replica-corrupt @0", good: 20 },
  "28 CRLF": { act: (kept) => { kept.bytes = Buffer.from(kept.bytes.toString().replaceAll("\n", "\r\n")); }, first: "malformed @1", good: undefined },
  "29 a byte order mark": { act: (kept) => { kept.bytes = Buffer.concat([Buffer.from("\uFEFF"), kept.bytes]); }, first: "malformed @1", good: undefined },
  "30 keys in another order": { act: edit(7, (line) => { const { data, pid } = entryOf(line); return line.replace(/"pid".*?"prev"/, `"data":${JSON.stringify(data)},"type":"note","pid":${pid},"prev"`); }), first: "modified @7", good: 6 },
  "30 printed prettily": { act: edit(7, (line) => JSON.stringify(JSON.parse(line), undefined, 1).replaceAll("\n", "")), first: "malformed @7", good: 6 },
  "31 a key smuggled in twice": { act: edit(7, (line) => line.replace('"type":', '"type":"decision","type":')), first: "modified @7", good: 6 },
  "32 zeros at the end, as after a power loss": { act: (kept) => kept.leave(Buffer.alloc(300)), first: "(torn) @21", good: 20 },
  "32 text behind a zero": { act: (kept) => kept.leave("\0it was me\n"), first: "malformed @21", good: 20 },
  "32 text behind more zeros than an entry has bytes": { act: (kept) => kept.leave(`${"\0".repeat(20_000)}it was me`), first: "malformed @21", good: 20 },
  "32 text behind the begin of a line and zeros": { act: (kept) => kept.leave('{"v":1,"seq":21,"ts":"2026-\0\0it was me'), first: "malformed @21", good: 20 },
  "32 the end of a line behind zeros, as after a power loss": { act: (kept) => kept.leave(`\0\0\0${(kept.lines[19] ?? "").slice(200)}\n`), first: "(torn) @21", good: 20 },
  "33 the begin of a line, and more than fits in one": { act: (kept) => kept.leave(`{"v":1,"seq":21,"ts":"2026-${"x".repeat(20_000)}`), first: "malformed @21", good: 20 },
  "33 a torn line at the end": { act: (kept) => kept.leave('{"v":1,"seq":21,"ts":"2026-'), first: "(torn) @21", good: 20 },
  "33 a torn line of a wrong number": { act: (kept) => kept.leave('{"v":1,"seq":22,"ts":"2026-'), first: "malformed @21", good: 20 },
  "34 the last newline cut off": { act: (kept) => { kept.bytes = kept.bytes.subarray(0, -1); }, first: "torn @20", good: 20 },
  "34 a whole line without its newline, not committed": { act: (kept) => { const database = new Database(kept.database); database.exec("DELETE FROM audit_events WHERE seq = 20; UPDATE sqlite_sequence SET seq = 19"); database.close(); kept.bytes = kept.bytes.subarray(0, -1); }, first: "(torn) @20", also: "(uncommitted) @20", good: 20 },
  "35 a link in its place": { act: (kept) => { renameSync(kept.log, `${kept.log}.moved`); symlinkSync(`${kept.log}.moved`, kept.log); }, first: "not-regular-file @0", good: undefined },
  "36 readable by others": { act: (kept) => chmodSync(kept.log, 0o644), first: "permissions @0", good: 20 },
  "36 readable by others, and a byte changed": { act: (kept) => { edit(7, sayNo)(kept); chmodSync(kept.log, 0o644); }, first: "modified @7", also: "permissions @0", good: 6 },
  "36 its database writable by others": { act: (kept) => chmodSync(kept.database, 0o622), first: "permissions @0", good: 20 },
  "35 a link in its database's place": { act: (kept) => { renameSync(kept.database, `${kept.database}.moved`); symlinkSync(`${kept.database}.moved`, kept.database); }, first: "not-regular-file @0", also: "replica-corrupt @0", good: 20 },
  "37 a second name": { act: (kept) => linkSync(kept.log, `${kept.log}.too`), first: "hardlinked @0", good: 20 },
  "38 a witness who saw another hash": { act: () => undefined, first: "rewritten @7", good: 6, witnesses: () => [{ source: "--expect", seq: 7, hash: "deadbeef" }] },
  "39 a witness who saw more": { act: () => undefined, first: "truncated @21", good: 20, witnesses: () => [{ source: "--expect", seq: 23, hash: "deadbeef" }] },
  "40 another home's log": { act: async (kept) => { using other = await KeptLog.of(20); copyFileSync(other.log, kept.log); }, first: "replica-mismatch @1", good: undefined },
  "41 a letter that looks the same": { act: edit(7, (line) => line.replace("yes", "y\u0435s")), first: "modified @7", good: 6 },
  "45 the first entry exchanged": { act: async (kept) => { using other = await KeptLog.of(2); splice(1, 1, other.lines[0] ?? "")(kept); }, first: "replica-mismatch @1", also: "broken-link @2", good: undefined },
  "46 two homes' logs in one file": { act: async (kept) => { using other = await KeptLog.of(20); kept.lines = [...kept.lines, ...other.lines]; }, first: "forked @21", good: 20 },
  "46 two homes' logs in one file, line by line": { act: async (kept) => { using other = await KeptLog.of(20); kept.lines = kept.lines.flatMap((line, index) => [line, other.lines[index] ?? ""]); }, first: "forked @2", good: 1 },
  "48 a line of 20 KB": { act: edit(7, (line) => line.replace("yes", "y".repeat(20_000))), first: "malformed @7", good: 6 },
  "48 a line of 5 MB": { act: edit(7, (line) => line.replace("yes", "y".repeat(5_000_000))), first: "malformed @7", good: 6 },
  "49 bytes that are no UTF-8": { act: (kept) => { const bytes = kept.bytes; bytes[bytes.indexOf("yes")] = 0xff; kept.bytes = bytes; }, first: "modified @2", good: 1 },
  "49 two lines made one": { act: (kept) => splice(7, 2, kept.lines.slice(6, 8).join(""))(kept), first: "modified @7", also: "missing @8", good: 6 },
  "49 one line made two": { act: (kept) => splice(7, 1, ...(kept.lines[6] ?? "").split(/(?="pid")/))(kept), first: "malformed @7", good: 6 },
  "50 a number like 1e3": { act: edit(7, (line) => line.replace('"seq":7', '"seq":7e0')), first: "malformed @7", good: 6 },
  "50 a number like 7.0": { act: edit(7, (line) => line.replace('"seq":7', '"seq":7.0')), first: "malformed @7", good: 6 },
  "50 a number like 07": { act: edit(7, (line) => line.replace('"seq":7', '"seq":07')), first: "malformed @7", good: 6 },
  "50 a number beyond all": { act: edit(7, (line) => line.replace('"seq":7', `"seq":${"9".repeat(40)}`)), first: "malformed @7", good: 6 },
  "50 another number": { act: edit(7, (line) => line.replace('"seq":7', '"seq":9')), first: "modified @7", good: 6 },
  "53 a FIFO in its place": { act: (kept) => { rmSync(kept.log); spawnSync("mkfifo", [kept.log]); }, first: "not-regular-file @0", good: undefined },
  "53 a folder in its place": { act: (kept) => { rmSync(kept.log); mkdirSync(kept.log); }, first: "not-regular-file @0", good: undefined },
  "53 an endless device in its place": { act: (kept) => { rmSync(kept.log); symlinkSync("/dev/zero", kept.log); }, first: "not-regular-file @0", good: undefined },
  "53 endless zeros at its end": { act: (kept) => kept.leave(Buffer.alloc(8 * 2 ** 20)), first: "(torn) @21", good: 20 },
};

/** What "aegis audit verify" says of it: the exit code, and the line and the kind of what is bad first. */
async function commandAgrees(kept: KeptLog, witnesses: readonly Witness[], found: Verification): Promise<void> {
  const expect = witnesses.map(({ seq, hash }) => `${seq}:${hash}`);
  const { context, out, err } = desk(kept);
  assert.equal(await verify({ json: false, expect, from: undefined, online: false }, context), found.ok ? 0 : 1);
  const bad = found.problems.find(({ severity }) => severity === "error");
  if (bad === undefined) assert.match(out.text, /^audit log intact/);
  else if (bad.line === 0) assert.ok(err.text.includes(`: ${bad.kind}: `), err.text);
  else assert.match(err.text, new RegExp(`^aegis: error: audit log broken at audit\\.log line ${bad.line} \\(.*\\): ${bad.kind}: `));
}

describe("the tamper matrix", () => {
  for (const [name, { act, first, also, good, witnesses }] of Object.entries(cases))
    test(`${name}: ${first ?? "nothing found"}`, async () => {
      using kept = await KeptLog.of(20);
      const testimony = witnesses?.(kept) ?? [];
      await act(kept);
      const found = await kept.verify({ witnesses: testimony });
      const kinds = kindsOf(found);
      assert.equal(kinds[0], first);
      if (also !== undefined) assert.ok(kinds.includes(also), kinds.join(", "));
      assert.equal(found.ok, kinds.every((kind) => kind.startsWith("(")));
      assert.equal(found.lastGood?.seq, good);
      await commandAgrees(kept, testimony, found);
    });
});

test("36 belonging to somebody else: owner", { skip: process.geteuid?.() === 0 ? false : "only root can give files away" }, async () => {
  using kept = await KeptLog.of(3);
  chownSync(kept.log, 12_345, 12_345);
  assert.deepEqual(kindsOf(await kept.verify()), ["owner @0"]);
});

test("16 file and replica cut, and a decision remembers its entry: truncated", async () => {
  using kept = new KeptLog();
  {
    await using store = await openKept(kept.database, kept.log);
    await store.startSession(session("abcd"));
    await store.openPrompt(prompt("p1"), noncesFor(prompt("p1")));
    await store.decide(tap("p1", 1), noon + 1);
  }
  splice(4, 1)(kept);
  sql("DELETE FROM audit_events WHERE seq > 3", "UPDATE sqlite_sequence SET seq = 3")(kept);
  assert.deepEqual(kindsOf(await kept.verify()), ["truncated @4"]);
});

const day = 24 * 3_600_000;
for (const [when, kinds] of [[day + 60_000, ["(anchor-late) @20"]], [day - 60_000, []]] as const)
  test(`entries that were witnessed ${when / 3_600_000} h later: ${kinds[0] ?? "nothing found"}`, async () => {
    using kept = await KeptLog.of(20);
    const telling = (seq: number, at: number): Witness => ({ source: "telegram:7", seq, hash: kept.hashOf(seq), at });
    const found = await kept.verify({ witnesses: [telling(10, noon + 1), telling(20, noon + when), { ...telling(20, noon + when), source: "journal" }] });
    assert.deepEqual([kindsOf(found), found.ok, found.unwitnessed], [kinds, true, 0]);
  });

/** Appends entries, each dated so many minutes after noon. */
async function dated(kept: KeptLog, minutes: readonly number[]): Promise<void> {
  await using store = await openKept(kept.database, kept.log);
  for (const minute of minutes) await store.record({ type: "note", at: noon + minute * 60_000, sessionId: "abcd", data: {} });
}

const clocks: Record<string, [readonly number[], string[]]> = {
  "a clock that was set back by an hour": [[70, 71, 11, 12, 13, 14], ["(clock-backwards) @4"]],
  "a clock that was set back by half a minute": [[70, 71, 70.5, 70.6, 70.7], []],
  "a decision and its intent, dated back by a timeout": [[70, 71, 11, 11, 72, 73], []],
  "a clock that was set back twice": [[70, 10, 11, 12, 60, 5, 6, 7], ["(clock-backwards) @3", "(clock-backwards) @7"]],
};
for (const [what, [minutes, kinds]] of Object.entries(clocks))
  test(`${what}: ${kinds[0] ?? "nothing found"}`, async () => {
    using kept = new KeptLog();
    await dated(kept, minutes);
    const found = await kept.verify();
    assert.deepEqual([kindsOf(found), found.ok], [kinds, true]);
  });

test("21 what nobody has witnessed is counted", async () => {
  using kept = await KeptLog.of(20);
  const testimony = seen(5)(kept);
  rewriteAll(7)(kept);
  const { ok, witnessedUpTo, unwitnessed } = await kept.verify({ witnesses: testimony });
  assert.deepEqual({ ok, witnessedUpTo, unwitnessed }, { ok: true, witnessedUpTo: 5, unwitnessed: 15 });
});

describe("a log in several files", () => {
  const open = async () => KeptLog.of(20, 1_500);
  const segments = ({ folder }: KeptLog) => readdirSync(folder).filter((name) => name.endsWith(".jsonl")).sort((a, b) => Number(a.split(".")[1]) - Number(b.split(".")[1])).map((name) => join(folder, name));
  const named = async (kept: KeptLog) => (await kept.verify()).problems.map(({ kind, file, line }) => `${kind} ${file}:${line}`);

  test("untouched, is good, and its finished files are read-only", async () => {
    using kept = await open();
    assert.ok(segments(kept).length >= 3);
    assert.deepEqual(await named(kept), []);
    assert.ok(segments(kept).every((file) => (statSync(file).mode & 0o777) === 0o400));
  });

  test("42 without one of its files: missing", async () => {
    using kept = await open();
    const [, second = "", third = ""] = segments(kept);
    rmSync(second);
    assert.equal((await named(kept))[0], `missing ${third.split("/").at(-1)}:1`);
  });

  test("42 without its first file: missing", async () => {
    using kept = await open();
    const [first = "", second = ""] = segments(kept);
    rmSync(first);
    assert.equal((await named(kept))[0], `missing ${second.split("/").at(-1)}:1`);
  });

  test("43 with two files exchanged: reordered", async () => {
    using kept = await open();
    const [, second = "", third = ""] = segments(kept);
    renameSync(second, `${second}.x`);
    renameSync(third, second);
    renameSync(`${second}.x`, third);
    assert.match((await named(kept))[0] ?? "", new RegExp(`^reordered ${second.split("/").at(-1)}:1$`));
  });

  test("43 with a file of another home: named in that file", async () => {
    using kept = await open();
    using other = await open();
    const [, second = ""] = segments(kept);
    rmSync(second);
    cpSync(segments(other)[1] ?? "", second);
    assert.match((await named(kept))[0] ?? "", new RegExp(`^(broken-link|replica-mismatch) ${second.split("/").at(-1)}:1$`));
  });

  test("01 with a byte changed in a finished file: modified, in that file", async () => {
    using kept = await open();
    const [, second = ""] = segments(kept);
    chmodSync(second, 0o600);
    writeFileSync(second, readFileSync(second, "utf8").replace("yes", "yep"));
    assert.equal((await named(kept))[0], `modified ${second.split("/").at(-1)}:2`);
  });

  test("34 without the newline at the end of a finished file: torn, and nothing else", async () => {
    using kept = await open();
    const [, second = ""] = segments(kept);
    chmodSync(second, 0o600);
    writeFileSync(second, readFileSync(second).subarray(0, -1));
    const found = await named(kept);
    assert.match(found[0] ?? "", new RegExp(`^torn ${second.split("/").at(-1)}:6$`));
    assert.equal(found.length, 1);
  });

  for (const [what, act] of Object.entries({
    "an empty file that claims to be one of its own": ({ folder }: KeptLog) => writeFileSync(join(folder, "audit.500.jsonl"), "", { mode: 0o400 }),
    "a finished file under another number": (kept: KeptLog) => renameSync(segments(kept).at(-1) ?? "", join(kept.folder, "audit.500.jsonl")),
  }))
    test(`43 with ${what}: foreign`, async () => {
      using kept = await open();
      act(kept);
      assert.deepEqual(await named(kept), ["foreign audit.500.jsonl:0"]);
    });

  test("18 without its current file: missing-file", async () => {
    using kept = await open();
    rmSync(kept.log);
    assert.ok((await named(kept)).includes("missing-file audit.log:0"));
  });

  test("44 with a purge that nobody committed: missing", async () => {
    using kept = await open();
    const [first = "", second = ""] = segments(kept);
    const { seq: lastSeq, hash: lastHash } = entryOf(readFileSync(first, "utf8").trim().split("\n").at(-1) ?? "");
    rmSync(first);
    const last = entryOf(kept.lines.at(-1) ?? "");
    kept.leave(`${link(last, { ...last, type: "log.purged", data: { firstSeq: 1, lastSeq, lastHash } }).line}\n`);
    assert.equal((await named(kept))[0], `missing ${second.split("/").at(-1)}:1`);
  });
});
