import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import Database from "better-sqlite3";
import { systemClock, type Clock } from "../../src/async/clock.ts";
import { Later } from "../../src/async/later.ts";
import { migrations } from "../../src/store/schema.ts";
import { refuseUnsound } from "../../src/store/sqlite-version.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { decisionIn } from "./store.contract.ts";
import { adasChat, key, noncesFor, noon, openKept, prompt, session, tap, temporaryHome, textQuestion, textReply } from "./workbench.ts";

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Every file of a home, as bytes. */
function everything(folder: string): string {
  return filesOf(folder).map((file) => readFileSync(file, "latin1")).join("\n");
}

test("everything is ours alone from birth, whatever the umask", async () => {
  using home = temporaryHome();
  const umask = process.umask(0);
  try {
    const folder = join(home.folder, "new", ".aegis");
    await using store = await openKept(join(folder, "aegis.db"), join(folder, "audit.log"));
    await store.startSession(session("abcd"));
    const end = new AbortController();
    const waiting = store.decisions("abcd", end.signal)[Symbol.asyncIterator]().next();
    const modes = filesOf(folder).map((file) => `${modeOf(file)} ${file.slice(folder.length + 1)}`);
    assert.deepEqual(modes.sort(), ["600 aegis.db", "600 aegis.db-shm", "600 aegis.db-wal", "600 audit.log", "600 wake/abcd"]);
    assert.deepEqual([folder, join(folder, "wake")].map(modeOf), ["700", "700"]);
    end.abort();
    await waiting;
  } finally {
    process.umask(umask);
  }
});

test("a database that is a link is refused", async () => {
  using home = temporaryHome();
  writeFileSync(join(home.folder, "elsewhere"), "", { mode: 0o600 });
  symlinkSync("elsewhere", home.database);
  await assert.rejects(openKept(home.database, home.log), { name: "StoreTrouble", message: `${home.database} is not a regular file` });
});

test("a folder that is a link is refused", async () => {
  using home = temporaryHome();
  mkdirSync(join(home.folder, "real"), { mode: 0o700 });
  symlinkSync("real", join(home.folder, "link"));
  await assert.rejects(openKept(join(home.folder, "link", "aegis.db"), home.log), { name: "StoreTrouble", message: /link is not a folder$/ });
});

test("a journal that is a link is refused", async () => {
  using home = temporaryHome();
  symlinkSync("elsewhere", `${home.database}-wal`);
  await assert.rejects(openKept(home.database, home.log), { name: "StoreTrouble", message: /aegis\.db-wal is not a regular file/ });
});

for (const what of ["folder", "database"] as const)
  test(`a ${what} that others can reach is refused, and the message says what to do`, async () => {
    using home = temporaryHome();
    await (await openKept(home.database, home.log))[Symbol.asyncDispose]();
    chmodSync(home[what], what === "folder" ? 0o750 : 0o644);
    await assert.rejects(openKept(home.database, home.log), { name: "StoreTrouble", message: /can be reached by others \(mode \d+\); run "chmod go= / });
  });

test("a database of a newer aegis is refused, and left as it is", async () => {
  using home = temporaryHome();
  await (await openKept(home.database, home.log))[Symbol.asyncDispose]();
  const sql = new Database(home.database);
  sql.pragma("user_version = 99");
  sql.close();
  await assert.rejects(openKept(home.database, home.log), { name: "StoreTrouble", message: /was written by a newer aegis .*; update aegis$/ });
});

test("a database of an earlier aegis, with a prompt open, is gone on with", async () => {
  using home = temporaryHome();
  const sql = new Database(home.database);
  chmodSync(home.database, 0o600);
  sql.exec(migrations[0] ?? "");
  sql.pragma("user_version = 1");
  sql.close();
  await using store = await openKept(home.database, home.log);
  await store.startSession(session("abcd"));
  await store.openPrompt(prompt("p1"), noncesFor(prompt("p1")));
  assert.equal((await store.decide(tap("p1", 1), noon + 1)).is, "accepted");
});

test("a file that is no database is refused, and left as it is", async () => {
  using home = temporaryHome();
  writeFileSync(home.database, "dear diary ".repeat(500), { mode: 0o600 });
  await assert.rejects(openKept(home.database, home.log), { name: "StoreTrouble", message: /is damaged/ });
  assert.match(readFileSync(home.database, "latin1"), /^dear diary/);
});

test("no nonce stands in any file before a tap brings it", async () => {
  using home = temporaryHome();
  await using store = await openKept(home.database, home.log);
  await store.startSession(session("abcd"));
  await store.openPrompt(prompt("p1"), noncesFor(prompt("p1")));
  const nonces = [0, 1].map((slot) => key.nonceFor("p1", slot, adasChat));
  assert.deepEqual(nonces.map((nonce) => everything(home.folder).includes(nonce)), [false, false]);
  await store.decide(tap("p1", 1), noon + 1);
  assert.deepEqual(nonces.map((nonce) => everything(home.folder).includes(nonce)), [false, true]);
});

test("the text of a reply is in no file once it was typed, not even in SQLite's journal", async () => {
  using home = temporaryHome();
  await using store = await openKept(home.database, home.log);
  const asked = prompt("p2", { detection: { ...textQuestion, secret: true } });
  await store.startSession(session("abcd"));
  await store.openPrompt(asked, noncesFor(asked));
  await store.sent("p2", [{ recipient: adasChat, id: "m1" }], noon);
  const decision = decisionIn(await store.decide(textReply("m1", "correct horse"), noon + 1));
  assert.ok(everything(home.folder).includes("correct horse"));
  await store.beginInjection("p2", noon + 2);
  await store.endInjection("p2", { is: "delivered", decision }, noon + 3);
  assert.ok(!everything(home.folder).includes("correct horse"));
});

test("nothing changes when the log cannot be written, and the reason is told", async () => {
  using home = temporaryHome();
  await using store = await openKept(home.database, home.log);
  await store.startSession(session("abcd"));
  await store.openPrompt(prompt("p1"), noncesFor(prompt("p1")));
  chmodSync(home.log, 0o644);
  await assert.rejects(store.decide(tap("p1", 1), noon + 1), { name: "StoreTrouble", message: /audit\.log can be reached by others .*, so nothing is written to it$/ });
  assert.equal(store.prompts({})[0]?.status, "open");
  chmodSync(home.log, 0o600);
  assert.equal((await store.decide(tap("p1", 1), noon + 1)).is, "accepted");
});

test("while another program holds the lock, the thread goes on, and the write is made when it lets go", async () => {
  using home = temporaryHome();
  const other = await lockedDatabase(home);
  let rests = 0;
  const clock: Clock = {
    ...systemClock,
    async sleep(ms, signal) {
      if (++rests === 3) other.close();
      await systemClock.sleep(ms, signal);
    },
  };
  await using store = await openKept(home.database, home.log, { clock });
  await store.startSession(session("abcd"));
  assert.equal(rests, 3);
  assert.deepEqual(store.sessions({}).map(({ id }) => id), ["abcd"]);
});

test("writes that had to wait happen in the order they were asked for", async () => {
  using home = temporaryHome();
  const other = await lockedDatabase(home);
  let rests = 0;
  const clock: Clock = {
    ...systemClock,
    async sleep() {
      if (++rests === 5) other.close();
    },
  };
  await using store = await openKept(home.database, home.log, { clock });
  const asked = Array.from({ length: 5 }, (_, n) => `n${n}`);
  await Promise.all(asked.map((type) => store.record({ type, at: noon, sessionId: undefined, data: {} })));
  assert.deepEqual([...store.events({})].map(({ type }) => type).filter((type) => type.startsWith("n")), asked);
});

test("a lock that is never given up is trouble in the end", async () => {
  using home = temporaryHome();
  const other = await lockedDatabase(home);
  let now = 0;
  const clock: Clock = { ...systemClock, now: () => now, sleep: async () => void (now += 5_000) };
  await using store = await openKept(home.database, home.log, { clock });
  await assert.rejects(store.startSession(session("abcd")), { name: "StoreTrouble", message: `another program holds ${home.database} locked` });
  other.close();
});

test("a channel's offset that could not be written is written with the next one", async () => {
  using home = temporaryHome();
  const other = await lockedDatabase(home);
  let now = 0;
  const clock: Clock = { ...systemClock, now: () => now, sleep: async () => void (now += 5_000) };
  {
    await using store = await openKept(home.database, home.log, { clock });
    store.setOffset("telegram", 41);
    await assert.rejects(store.record({ type: "n", at: noon, sessionId: undefined, data: {} }));
    assert.equal(store.offset("telegram"), 41);
    other.close();
    store.setOffset("telegram", 42);
    await store.record({ type: "n", at: noon, sessionId: undefined, data: {} });
  }
  await using store = await openKept(home.database, home.log);
  assert.equal(store.offset("telegram"), 42);
});

const versions = { "3.49.9": false, "3.50.6": false, "3.50.7": true, "3.51.0": false, "3.51.2": false, "3.51.3": true, "3.53.2": true, "4.0.0": true };
for (const [version, isSound] of Object.entries(versions))
  test(`SQLite ${version}, whose journal ${isSound ? "is sound, is taken" : "several writers can damage, is refused"}`, () => {
    if (isSound) refuseUnsound(version);
    else assert.throws(() => refuseUnsound(version), { name: "StoreTrouble", message: /can damage a database that several sessions share/ });
  });

test("where the session itself decides, decision and intent are one transaction", async () => {
  using home = temporaryHome();
  await using mine = await openKept(home.database, home.log);
  await using theirs = await openKept(home.database, home.log);
  await mine.startSession(session("abcd"));
  await mine.openPrompt(prompt("p1"), noncesFor(prompt("p1")));
  const end = new AbortController();
  const next = mine.decisions("abcd", end.signal)[Symbol.asyncIterator]().next();
  await mine.decide(tap("p1", 1), noon + 1);
  const typesOf = () => [...theirs.events({})].map(({ type }) => type).slice(-2);
  assert.deepEqual(typesOf(), ["decision", "inject.intent"]);
  assert.equal(theirs.prompts({})[0]?.status, "injecting");
  await next;
  // Nothing may be typed for a session that was taken for dead.
  await theirs.endSession("abcd", { exitCode: undefined, at: noon + 2 });
  assert.equal(await mine.beginInjection("p1", noon + 3), false);
  end.abort();
});

test("what may be lost rides on the next transaction, and is written at the end of the process", async () => {
  using home = temporaryHome();
  await using theirs = await openKept(home.database, home.log);
  {
    await using mine = await openKept(home.database, home.log, { clock: { ...systemClock, sleep: () => new Promise(() => undefined) } });
    mine.setOffset("telegram", 41);
    assert.equal(theirs.offset("telegram"), undefined);
    await mine.record({ type: "n", at: noon, sessionId: undefined, data: {} });
    assert.equal(theirs.offset("telegram"), 41);
    mine.setOffset("telegram", 42);
  }
  assert.equal(theirs.offset("telegram"), 42);
});

test("what no transaction takes along is written within a second", async () => {
  using home = temporaryHome();
  await using theirs = await openKept(home.database, home.log);
  let wake = (): void => undefined;
  const clock: Clock = { ...systemClock, sleep: () => new Promise((resolve) => (wake = resolve)) };
  await using mine = await openKept(home.database, home.log, { clock });
  mine.setOffset("telegram", 41);
  wake();
  while (theirs.offset("telegram") === undefined) await new Promise((next) => setImmediate(next));
  assert.equal(theirs.offset("telegram"), 41);
});

test("a decision whose ring got lost is found by the slow check", async () => {
  using home = temporaryHome();
  const deaf = { ring: () => undefined, listen: () => ({ checkMs: 5_000, [Symbol.dispose]: () => undefined }), remove: () => undefined };
  const checks: number[] = [];
  const clock: Clock = {
    ...systemClock,
    async sleep(ms) {
      checks.push(ms);
      if (checks.length === 2) await other.decide(tap("p1", 1), noon + 1);
    },
  };
  await using other = await openKept(home.database, home.log);
  await using store = await openKept(home.database, home.log, { clock, wake: deaf });
  await store.startSession(session("abcd"));
  await store.openPrompt(prompt("p1"), noncesFor(prompt("p1")));
  for await (const decision of store.decisions("abcd", new AbortController().signal)) {
    assert.equal(decision.label, "No");
    break;
  }
  assert.deepEqual(checks, [5_000, 5_000]);
});

test("where the bell was taken away, decisions are looked for more often", async () => {
  using home = temporaryHome();
  const end = new AbortController();
  const checks: number[] = [];
  const slept = new Later<void>();
  const clock: Clock = {
    ...systemClock,
    async sleep(ms, signal) {
      checks.push(ms);
      slept.resolve();
      // Sooner or later the watch tells of it.
      if (ms === 5_000) end.abort();
      await systemClock.sleep(ms, signal);
    },
  };
  await using store = await openKept(home.database, home.log, { clock });
  await store.startSession(session("abcd"));
  await store.openPrompt(prompt("p1"), noncesFor(prompt("p1")));
  const heard = (async () => {
    for await (const _ of store.decisions("abcd", end.signal)) assert.fail();
  })();
  await slept.value;
  rmSync(join(home.folder, "wake", "abcd"));
  await heard;
  assert.deepEqual([checks[0], checks.at(-1)], [20_000, 5_000]);
});

test("while no prompt is open, nothing is looked at", async () => {
  using home = temporaryHome();
  const end = new AbortController();
  let rest = 0;
  const clock: Clock = {
    ...systemClock,
    async sleep(ms) {
      rest = ms;
      end.abort();
    },
  };
  await using store = await openKept(home.database, home.log, { clock });
  await store.startSession(session("abcd"));
  for await (const _ of store.decisions("abcd", end.signal)) assert.fail();
  assert.equal(rest, 2 ** 31 - 1);
});

test("the end of a session takes its bell away, even if its process was killed", async () => {
  using home = temporaryHome();
  await using store = await openKept(home.database, home.log);
  await store.startSession(session("abcd"));
  mkdirSync(join(home.folder, "wake"));
  for (const bell of ["abcd", "abcd.orders", "efgh"]) writeFileSync(join(home.folder, "wake", bell), "");
  await store.endSession("abcd", { exitCode: undefined, at: noon });
  assert.deepEqual(readdirSync(join(home.folder, "wake")), ["efgh"]);
});

test("a store can be opened by many at once", async () => {
  using home = temporaryHome();
  const stores = await Promise.all(Array.from({ length: 10 }, () => openKept(home.database, home.log)));
  await Promise.all(stores.map((store, n) => store.startSession(session(`s${n}`))));
  assert.equal(stores[0]?.sessions({}).length, 10);
  await Promise.all(stores.map((store) => store[Symbol.asyncDispose]()));
});

test("a store that failed to open leaves no connection behind", async () => {
  using home = temporaryHome();
  writeFileSync(home.database, "dear diary", { mode: 0o600 });
  const attest = () => assert.fail();
  await assert.rejects(openStore({ path: home.database, attest }));
  const open = readdirSync("/proc/self/fd").length;
  await assert.rejects(openStore({ path: home.database, attest }));
  assert.equal(readdirSync("/proc/self/fd").length, open);
});

async function lockedDatabase(home: { database: string; log: string }): Promise<Database.Database> {
  await (await openKept(home.database, home.log))[Symbol.asyncDispose]();
  const other = new Database(home.database);
  other.exec("BEGIN IMMEDIATE");
  return other;
}
