// Figures of the store and the log: node --import tsx test/bench/audit.ts [entries]
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { contentDigest, link, type Link } from "../../src/audit/chain.ts";
import { readFrame } from "../../src/audit/frame.ts";
import { LineReader } from "../../src/audit/line-reader.ts";
import { verifyLog } from "../../src/audit/verify.ts";
import { ReplicaReader } from "../../src/store/replica-reader.ts";
import { noncesFor, openKept, prompt, session } from "../store/workbench.ts";
import { bundled, withModules } from "../audit/writer-programs.ts";

const entries = Number(process.argv[2] ?? 300_000);
const home = mkdtempSync(join(tmpdir(), "aegis-bench-"));
const database = join(home, "aegis.db");
const log = join(home, "audit.log");

function percentiles(values: number[]): string {
  values.sort((a, b) => a - b);
  const at = (part: number) => (values[Math.min(values.length - 1, Math.floor(values.length * part))] ?? NaN).toFixed(2);
  return `p50 ${at(0.5)}  p99 ${at(0.99)}  max ${at(1)} ms`;
}

const event = (n: number) => ({ type: "decision", at: Date.now(), sessionId: "abcd", data: { prompt: "p1", choice: 1, label: "No", n } });

/** How long the thread is never given back. */
class Turns implements Disposable {
  #last = performance.now();
  #longest = 0;
  #isRunning = true;

  constructor() {
    const turn = (): void => {
      const now = performance.now();
      this.#longest = Math.max(this.#longest, now - this.#last);
      this.#last = now;
      if (this.#isRunning) setImmediate(turn);
    };
    turn();
  }

  /** The longest time since it was last asked for. */
  async take(): Promise<number> {
    await new Promise((next) => setImmediate(next));
    const longest = this.#longest;
    this.#longest = 0;
    return longest;
  }

  [Symbol.dispose](): void {
    this.#isRunning = false;
  }
}

/** Appends, and notes for each how long the thread was blocked meanwhile. */
async function append(count: number): Promise<{ took: number[]; blocked: number[] }> {
  await using store = await openKept(database, log);
  using turns = new Turns();
  const took: number[] = [];
  const blocked: number[] = [];
  await turns.take();
  for (let n = 0; n < count; n++) {
    const begun = performance.now();
    await store.record(event(n));
    took.push(performance.now() - begun);
    blocked.push(await turns.take());
  }
  return { took, blocked };
}

/** What the same machine does to a thread that waits for as long and appends nothing. */
async function rest(waits: readonly number[]): Promise<number[]> {
  using turns = new Turns();
  const blocked: number[] = [];
  await turns.take();
  for (const wait of waits) {
    await delay(Math.min(wait, 100));
    blocked.push(await turns.take());
  }
  return blocked;
}

async function appendAlone(): Promise<void> {
  const { took, blocked } = await append(2_000);
  const idle = await rest(took);
  console.log(`append, one writer          ${percentiles(took)};  thread blocked ${percentiles(blocked)}, without appending ${percentiles(idle)}`);
}

async function appendAmongEight(): Promise<void> {
  const program = await bundled(new URL("../audit/storm-writer.ts", import.meta.url), home);
  const others = Array.from({ length: 7 }, () => spawn(process.execPath, [program, database, log], { stdio: ["ignore", "pipe", "ignore"], env: withModules }));
  await Promise.all(others.map((child) => once(child.stdout, "data")));
  for (const child of others) child.stdout.resume();
  const { took, blocked } = await append(500);
  const idle = await rest(took);
  for (const child of others) child.kill("SIGKILL");
  await Promise.all(others.map((child) => once(child, "exit")));
  console.log(`append, among eight writers ${percentiles(took)};  thread blocked ${percentiles(blocked)}, without appending ${percentiles(idle)}`);
}

/** From the moment that another process has decided to the moment that the session's process has the decision. */
async function hearing(): Promise<void> {
  const ids = Array.from({ length: 200 }, (_, n) => `hear${n}`);
  await using store = await openKept(database, log);
  for (const id of ids) {
    await store.startSession(session(id));
    await store.openPrompt(prompt(id, { sessionId: id }), noncesFor(prompt(id)));
  }
  const script = `import { openKept, noon, tap } from ${JSON.stringify(new URL("../store/workbench.ts", import.meta.url).href)};
    const store = await openKept(${JSON.stringify(database)}, ${JSON.stringify(log)});
    process.on("message", async (id) => { await store.decide(tap(id, 1), noon + 1); process.send(performance.timeOrigin + performance.now()); });
    process.send("ready");`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  await once(child, "message");
  const took: number[] = [];
  for (const id of ids) {
    const end = new AbortController();
    const heard = store.decisions(id, end.signal)[Symbol.asyncIterator]().next().then(() => performance.timeOrigin + performance.now());
    const decided = once(child, "message");
    child.send(id);
    const [[at], now] = await Promise.all([decided, heard]);
    took.push(now - Number(at));
    end.abort();
  }
  child.disconnect();
  console.log(`decided there, heard here   ${percentiles(took)}`);
}

/** Against sha256sum over the same bytes, in turns, since the machine is shared. */
async function verifySpeed(): Promise<void> {
  const path = join(home, "big.log");
  const lines: string[] = [];
  let last: Link | undefined;
  for (let n = 0; n < entries; n++) {
    last = link(last, { ts: "2026-11-21T12:00:00.000Z", mono: n, boot: "0f3c7d52-8a51-4c7e-9d0e-5b1f6f0f2a11", sid: "abcd", pid: 4711, type: "decision", data: { prompt: "abcdefghij", choice: 1, label: "No", n } });
    lines.push(last.line);
  }
  await writeFile(path, `${lines.join("\n")}\n`, { mode: 0o600 });
  const megabytes = Buffer.byteLength(lines.join("\n")) / 1e6;
  const speed = (begun: number) => `${(megabytes / ((performance.now() - begun) / 1_000)).toFixed(0)} MB/s`;
  for (let round = 0; round < 3; round++) {
    let begun = performance.now();
    execFileSync("sha256sum", [path]);
    const coreutils = speed(begun);
    begun = performance.now();
    {
      using reader = new LineReader(path);
      reader.pump((line) => void readFrame(line)?.carries(contentDigest(line)));
    }
    const hashes = speed(begun);
    begun = performance.now();
    await verifyLog({ path, replica: { kind: "replica-unreadable", why: "not compared" }, witnesses: [] });
    console.log(`sha256sum ${coreutils};  hashes of the lines ${hashes};  chain ${speed(begun)}  (${entries} entries, ${megabytes.toFixed(0)} MB, ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB RSS)`);
  }
}

async function verifyWhole(): Promise<void> {
  using replica = ReplicaReader.open(database);
  const begun = performance.now();
  const found = await verifyLog({ path: log, replica, witnesses: [] });
  console.log(`chain and replica           ${(found.bytes / 1e6 / ((performance.now() - begun) / 1_000)).toFixed(0)} MB/s (${found.entries} entries), ${found.ok ? "intact" : "ALTERED"}`);
}

await appendAlone();
await appendAmongEight();
await hearing();
await verifyWhole();
await verifySpeed();
rmSync(home, { recursive: true });
