import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Contender, Workshop } from "./contender.ts";

export interface Flood {
  readonly bytes: number;
  readonly seconds: number;
  /** Of the contender and all below it. */
  readonly cpuSeconds: number;
}

function run(shop: Workshop, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const { status, stdout, stderr } = spawnSync(shop.bench, args, { env: { ...shop.env, ...env }, encoding: "utf8", timeout: 600_000, maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`bench ${args.join(" ")}: exit ${status}\n${stderr}`);
  return stdout;
}

/** The child floods `total` bytes of a kind through the contender. */
export function flood(shop: Workshop, contender: Contender, kind: string, total: number): Flood {
  const [bytes, seconds, cpuSeconds] = run(shop, ["drain", ...contender.around([shop.bench, "flood", kind, String(total)])]).split(" ");
  return { bytes: Number(bytes), seconds: Number(seconds), cpuSeconds: Number(cpuSeconds) };
}

/** The same, hashed, and without what the contender itself says on stderr. */
export function hashOf(shop: Workshop, contender: Contender, kind: string, total: number): string {
  const quiet = ["sh", "-c", 'exec "$@" 2>/dev/null', "sh", ...contender.around([shop.bench, "flood", kind, String(total)])];
  const [bytes, , , , hash] = run(shop, ["drain", ...quiet], { BENCH_HASH: "1" }).split(" ");
  return `${bytes} ${hash}`;
}

/** Round trips of keys, in microseconds. `load`: the child floods meanwhile. */
export function echoes(shop: Workshop, contender: Contender, keys: number, load: "idle" | "flood"): number[] {
  const child = [shop.bench, "reply", ...(load === "flood" ? ["flood"] : [])];
  return run(shop, ["echo", String(keys), "500", ...contender.around(child)]).trim().split("\n").map(Number);
}

export interface Start {
  readonly seconds: number;
  /** Of the contender itself: what the clock would show on a machine with nothing else to do. */
  readonly cpuSeconds: number;
}

/** From exec to the child's first byte. */
export function firstByte(shop: Workshop, contender: Contender): Start {
  const [seconds, cpuSeconds] = run(shop, ["first", ...contender.around([shop.bench, "reply"])]).split(" ").map(Number);
  return { seconds: seconds ?? Number.NaN, cpuSeconds: cpuSeconds ?? Number.NaN };
}

/** CPU seconds per hour of the contender while its child waits at a question, seen over `seconds`. */
export async function idleCpu(shop: Workshop, contender: Contender, seconds: number): Promise<number> {
  const held = spawn(shop.bench, ["drain", ...contender.around(["bash", "-c", 'read -p "Do you want to continue? [Y/n] " answer'])], { env: shop.env, stdio: "ignore" });
  try {
    // V8 tidies its heap some seconds after a program went quiet; that is once, not per hour.
    await delay(20_000);
    const pid = childOf(held.pid);
    const before = cpuSeconds(pid);
    await delay(seconds * 1_000);
    return ((cpuSeconds(pid) - before) / seconds) * 3_600;
  } finally {
    held.kill("SIGKILL");
  }
}

/** Kilobytes of memory that the contender holds after a flood of `total` bytes, and before it. */
export async function memory(shop: Workshop, contender: Contender, total: number): Promise<{ before: number; after: number }> {
  const child = ["sh", "-c", `sleep 3; '${shop.bench}' flood log ${total}; sleep 3`];
  const held = spawn(shop.bench, ["drain", ...contender.around(child)], { env: shop.env, stdio: "ignore" });
  const ended = new Promise((resolve) => held.once("exit", resolve)).then(() => "ended" as const);
  await delay(2_800);
  const pid = childOf(held.pid);
  const before = residentKb(pid) ?? Number.NaN;
  let after = before;
  while ((await Promise.race([ended, delay(200)])) !== "ended") after = residentKb(pid) ?? after;
  return { before, after };
}

function childOf(pid: number | undefined): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ")[0]);
}

/** Of all its threads; to the nanosecond, where /proc/<pid>/stat counts in hundredths of a second. */
function cpuSeconds(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]));
  return threads.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e9;
}

function residentKb(pid: number): number | undefined {
  try {
    const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kb === undefined ? undefined : Number(kb);
  } catch {
    return undefined;
  }
}
