import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Call } from "../botapi/journal.ts";
import { startDesk } from "../e2e/desk.ts";
import { historyAt } from "./evidence.ts";
import type { History } from "./history.ts";
import { answersAt, asking } from "./program.ts";
import { Scene } from "./scene.ts";

/** What a spell of trouble shows: one figure in milliseconds, and the history for the checker. */
export interface Spell {
  readonly tookMs: number;
  readonly history: History;
}

/** aegis is stopped for a while, and the socket of its poll dies meanwhile; a tap waits when it wakes. From waking to the key. */
export async function playSleep(sleepMs: number): Promise<Spell> {
  await using desk = await startDesk();
  const scene = new Scene(desk);
  await using terminal = scene.run("sleeper", 1);
  const message = await scene.asked("sleeper-1");
  await scene.kept("sleeper-1");
  await desk.api.polled();
  process.kill(terminal.pid, "SIGSTOP");
  desk.api.strandPoll();
  scene.press("Yes", message);
  await delay(sleepMs);
  process.kill(terminal.pid, "SIGCONT");
  const wokenAt = Date.now();
  await scene.atAnswer("sleeper-1", () => undefined);
  return { tookMs: (answersAt(desk)[0]?.at ?? Infinity) - wokenAt, history: historyAt(desk, scene.taps) };
}

/** Asks, does not wait for the answer for long, and asks something else. */
const impatient = `read -rt 4 -p "$0-1: go on? [y/n] " a || echo; echo "$EPOCHREALTIME $0-1 \${a:-nothing}" >> "$1"
read -rp "$0-2: drop it? [y/n] " a; echo "$EPOCHREALTIME $0-2 $a" >> "$1"; echo "$0-2: got $a."`;

/** While aegis is stopped its program goes on to another question; a tap on the old one waits when it wakes, and must not answer the new one. */
export async function playMovedOn(): Promise<{ readonly read: readonly string[]; readonly told: string }> {
  await using desk = await startDesk();
  const scene = new Scene(desk);
  const [, , , , , ...rest] = asking(desk, "mover", 1);
  await using terminal = desk.run(["--name", "mover", "bash", "-c", impatient, "mover", rest.at(-1) ?? ""]);
  const old = await scene.asked("mover-1");
  process.kill(terminal.pid, "SIGSTOP");
  const tap = scene.press("Yes", old);
  await scene.atAnswer("mover-1", () => undefined);
  process.kill(terminal.pid, "SIGCONT");
  const told = await tap.toast();
  const next = await desk.api.message(({ text, buttons }) => text.includes("mover-2: drop it?") && buttons.length > 0);
  scene.press("No", next);
  await scene.atAnswer("mover-2", () => undefined);
  return { read: answersAt(desk).map(({ question, answer }) => `${question} ${answer}`), told };
}

/** The session that polls is stopped, and its tap goes to the one that takes over. From the stop to the next poll. */
export async function playStopped(): Promise<Spell> {
  await using desk = await startDesk();
  const scene = new Scene(desk);
  await using stopped = scene.run("stopped", 1);
  await scene.kept("stopped-1");
  await desk.api.polled();
  await using _other = scene.run("other", 1);
  await scene.kept("other-1");
  process.kill(stopped.pid, "SIGSTOP");
  const stoppedAt = Date.now();
  const taken = desk.api.trap("getUpdates", "arrived", () => undefined);
  scene.press("Yes", await scene.asked("other-1"));
  const { at } = await taken;
  await scene.atAnswer("other-1", () => undefined);
  process.kill(stopped.pid, "SIGCONT");
  return { tookMs: at - stoppedAt, history: historyAt(desk, scene.taps) };
}

/** A poll hangs, its socket alive; a tap comes meanwhile. From the tap to the key: for so long aegis is deaf. */
export async function playDeafPoll(): Promise<Spell> {
  await using desk = await startDesk();
  const scene = new Scene(desk);
  await using _terminal = scene.run("deaf", 1);
  const message = await scene.asked("deaf-1");
  await desk.api.polled();
  desk.api.strandPoll();
  const tappedAt = Date.now();
  scene.press("Yes", message);
  await scene.atAnswer("deaf-1", () => undefined);
  return { tookMs: (answersAt(desk)[0]?.at ?? Infinity) - tappedAt, history: historyAt(desk, scene.taps) };
}

/** A send is refused with 429. How much later than retry_after the next message comes into any chat. */
export async function playFlood(retryAfter: number): Promise<Spell> {
  await using desk = await startDesk();
  const scene = new Scene(desk);
  await using _terminal = scene.run("flooded", 2);
  const first = await scene.asked("flooded-1");
  desk.api.fault("sendMessage", { kind: "flood", retryAfter });
  scene.press("Yes", first);
  scene.press("Yes", await scene.asked("flooded-2"));
  await scene.atAnswer("flooded-2", () => undefined);
  const refused = desk.api.calls.findIndex(({ status }) => status === 429);
  const isMessage = ({ method }: Call): boolean => method === "sendMessage" || method === "editMessageText";
  const next = desk.api.calls.slice(refused + 1).find(isMessage);
  return { tookMs: (next?.at ?? Infinity) - (desk.api.calls[refused]?.at ?? 0) - retryAfter * 1000, history: historyAt(desk, scene.taps) };
}

/** Another machine polls with the same token, without confirming anything, until aegis has given way; then a tap comes. How often the person is told. */
export async function playRival(): Promise<{ readonly told: number; readonly history: History }> {
  await using desk = await startDesk();
  const scene = new Scene(desk);
  await using terminal = scene.run("rival", 1);
  const message = await scene.asked("rival-1");
  await desk.api.polled();
  const gone = new AbortController();
  const rival = async (): Promise<void> => {
    while (!gone.signal.aborted) await fetch(`${desk.api.url}/bot${desk.api.token}/getUpdates?timeout=20`, { signal: gone.signal }).then((answer) => answer.text()).catch(() => undefined);
  };
  const polling = rival();
  await desk.api.until("two polls of aegis that end in a conflict", () => conflicts(desk.api.calls)[1]);
  scene.press("Yes", message);
  gone.abort();
  await polling;
  await terminal.exit();
  return { told: terminal.output.split("another program is polling this bot").length - 1, history: historyAt(desk, scene.taps) };
}

/** Polls of aegis, which names what it wants, that were ended by somebody else's. */
function conflicts(calls: readonly Call[]): Call[] {
  return calls.filter(({ params, status }) => status === 409 && params["allowed_updates"] !== undefined);
}

/** What Linux says a process did by itself while nothing happened, per second: how often its main thread woke, and its CPU time in ms. */
export interface Idle {
  readonly wakes: number;
  readonly cpuMs: number;
}

/** `sessions` at a bot, each with a question open and nobody there to answer: what each of them does, the polling one first. */
export async function watchIdle(sessions: number, forMs: number): Promise<Idle[]> {
  await using desk = await startDesk();
  const scene = new Scene(desk);
  const terminals = [];
  for (let n = 0; n < sessions; n++) {
    terminals.push(scene.run(`idle${n}`, 1));
    await scene.kept(`idle${n}-1`);
  }
  // What Node compiles and collects after a start is no idling.
  await delay(10_000);
  const before = terminals.map(({ pid }) => doings(pid));
  await delay(forMs);
  const after = terminals.map(({ pid }) => doings(pid));
  for (const terminal of terminals) await terminal[Symbol.asyncDispose]();
  return after.map(({ wakes, cpuMs }, n) => ({ wakes: ((wakes - (before[n]?.wakes ?? 0)) * 1000) / forMs, cpuMs: ((cpuMs - (before[n]?.cpuMs ?? 0)) * 1000) / forMs }));
}

function doings(pid: number): Idle {
  const [, wakes] = /^voluntary_ctxt_switches:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/task/${pid}/status`, "utf8")) ?? [];
  const [ranNs] = readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ");
  return { wakes: Number(wakes), cpuMs: Number(ranNs) / 1e6 };
}
