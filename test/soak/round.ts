import { setTimeout as delay } from "node:timers/promises";
import type { Message } from "../botapi/chat.ts";
import type { Fault } from "../botapi/fault.ts";
import type { User } from "../botapi/user.ts";
import { startDesk } from "../e2e/desk.ts";
import { historyAt } from "./evidence.ts";
import type { History } from "./history.ts";
import { Scene } from "./scene.ts";

export interface RoundPlan {
  readonly sessions: number;
  /** Of each session. */
  readonly questions: number;
  /** How often the session that polls is killed. */
  readonly failovers: number;
  /** How long the person rests after a tap. */
  readonly restMs: number;
  /** What goes wrong, in this order, one for each question. */
  readonly weather: ReadonlyArray<readonly [method: string, fault: Fault]>;
  /** From 0 to 1, the same for the same seed. */
  readonly random: () => number;
}

export interface Round {
  readonly history: History;
  /** From each SIGKILL of the session that polled to the next poll, in milliseconds. */
  readonly failoversMs: readonly number[];
  /** The most messages that came into the chat within a second. */
  readonly burst: number;
  /** Answers that no kill kept from being given. */
  readonly expected: number;
}

export const badWeather: RoundPlan["weather"] = [
  ["sendMessage", { kind: "flood", retryAfter: 1 }],
  ["getUpdates", { kind: "jumbled" }],
  ["sendMessage", { kind: "html", status: 502 }],
  ["getUpdates", { kind: "html", status: 502 }],
  ["answerCallbackQuery", { kind: "reset" }],
  ["sendMessage", { kind: "reset" }],
  ["editMessageText", { kind: "error", code: 500, description: "Internal Server Error" }],
  ["getUpdates", { kind: "lost" }],
  ["sendMessage", { kind: "lost" }],
  ["editMessageText", { kind: "truncated" }],
  ["getUpdates", { kind: "html", status: 200 }],
  ["getUpdates", { kind: "error", code: 401, description: "Unauthorized" }],
];

/** A poll that comes sooner after a SIGKILL was sent by the killed session: nobody takes over within two transactions' time. */
const underwayMs = 5;
/** Floods and backed-off sends add up. */
const longestMs = 3_600_000;

/** Sessions ask at once, the network misbehaves, the session that polls is killed, strangers and second taps mix in. */
export async function playRound({ sessions, questions, failovers, restMs, weather, random }: RoundPlan): Promise<Round> {
  await using desk = await startDesk();
  const scene = new Scene(desk);
  const mallory = desk.api.user(666, { first_name: "Mallory" });
  const victim = scene.run("victim", 1);
  await scene.asked("victim-1");
  await desk.api.polled();

  const terminals = Array.from({ length: sessions }, (_, n) => scene.run(`s${n}`, questions));
  const exits = Promise.all(terminals.map((terminal) => terminal.exit(longestMs)));
  await desk.api.until("questions of all", () => desk.ada.inbox.filter(({ text }) => / asks\n/.test(text)).length > sessions || undefined, longestMs);
  const killing = killPollers(scene, { sessions, failovers }, exits);
  const seen = new Set<number>();
  for (;;) {
    // A wait that is over leaves nothing behind that would keep the process.
    const untapped = desk.api.until("a question that was not tapped", () => desk.ada.inbox.find((message) => !seen.has(message.id) && answerable(message)), 3_000).catch(() => undefined);
    const message = await Promise.race([untapped, exits]);
    if (Array.isArray(message)) break;
    if (message === undefined) continue;
    const [method, fault] = weather[seen.size % weather.length] ?? [];
    if (method !== undefined && fault !== undefined) desk.api.fault(method, fault);
    seen.add(message.id);
    tapOn(message, scene, mallory, random);
    if (restMs > 0) await delay(restMs);
  }
  const killedAt = await killing;
  const killed = (await exits).filter((code) => code !== 0).length;
  for (const terminal of [...terminals, victim]) await terminal[Symbol.asyncDispose]();
  const polls = desk.api.calls.filter(({ method, refusal }) => method === "getUpdates" && refusal === undefined);
  const failoversMs = killedAt.flatMap((killed) => {
    const next = polls.find(({ at }) => at > killed + underwayMs);
    return next === undefined ? [] : [next.at - killed];
  });
  const sentAt = desk.api.calls.filter(({ method, status }) => method === "sendMessage" && status === 200).map(({ at }) => at);
  const burst = Math.max(...sentAt.map((from) => sentAt.filter((at) => at >= from && at < from + 1_000).length));
  return { history: historyAt(desk, scene.taps), failoversMs, burst, expected: (sessions - killed) * questions };
}

function answerable({ text, buttons }: Message): boolean {
  return buttons.length > 0 && !text.includes("victim-") && buttons.some(({ text }) => text === "Yes");
}

/** One that counts, and now and then a second one, or a stranger's. */
function tapOn(message: Message, scene: Scene, mallory: User, random: () => number): void {
  const labels = random() < 0.5 ? ["Yes", "No"] : ["No", "Yes"];
  const count = random() < 0.3 ? 2 : 1;
  if (random() < 0.2) scene.press("Yes", message, mallory);
  for (const label of labels.slice(0, count)) scene.press(label, message);
}

/** Kills whichever session polls, at once and then again and again among the taps; gives when. */
async function killPollers(scene: Scene, { sessions, failovers }: Pick<RoundPlan, "sessions" | "failovers">, over: Promise<unknown>): Promise<number[]> {
  const { api } = scene.desk;
  const killedAt: number[] = [];
  while (killedAt.length < failovers) {
    const [pid, before] = [scene.pollingPid(), scene.taps.length];
    if (pid === undefined) break;
    process.kill(pid, "SIGKILL");
    killedAt.push(Date.now());
    if (killedAt.length === failovers) break;
    const isOver = await Promise.race([api.until("more taps", () => scene.taps.length > before + sessions || undefined, 30_000).then(() => false), over.then(() => true)]);
    if (isOver) break;
  }
  return killedAt;
}
