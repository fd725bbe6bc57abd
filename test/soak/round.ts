import type { Message } from "../botapi/chat.ts";
import type { Fault } from "../botapi/fault.ts";
import type { User } from "../botapi/user.ts";
import { startDesk, type Desk } from "../e2e/desk.ts";
import type { Terminal } from "../e2e/terminal.ts";
import { historyAt } from "./evidence.ts";
import type { History } from "./history.ts";
import { Scene } from "./scene.ts";

export interface RoundPlan {
  readonly sessions: number;
  /** Of each session. */
  readonly questions: number;
  /** From 0 to 1, the same for the same seed. */
  readonly random: () => number;
}

export interface Round {
  readonly history: History;
  /** From each SIGKILL of the session that polled to the next poll, in milliseconds. */
  readonly failoversMs: readonly number[];
}

/** Each call meets one of them now and then; the poll only those that it survives without an answer. */
const weather: ReadonlyArray<readonly [string, Fault]> = [
  ["sendMessage", { kind: "flood", retryAfter: 1 }],
  ["sendMessage", { kind: "html", status: 502 }],
  ["sendMessage", { kind: "reset" }],
  ["sendMessage", { kind: "lost" }],
  ["editMessageText", { kind: "error", code: 500, description: "Internal Server Error" }],
  ["editMessageText", { kind: "truncated" }],
  ["getUpdates", { kind: "html", status: 502 }],
  ["getUpdates", { kind: "lost" }],
  ["getUpdates", { kind: "jumbled" }],
  ["getUpdates", { kind: "error", code: 401, description: "Unauthorized" }],
  ["answerCallbackQuery", { kind: "reset" }],
];

/** Floods and backed-off sends add up. */
const longestMs = 3_600_000;

/** Sessions ask at once, the network misbehaves, the session that polls is killed, strangers and second taps mix in. */
export async function playRound({ sessions, questions, random }: RoundPlan): Promise<Round> {
  await using desk = await startDesk();
  const scene = new Scene(desk);
  const mallory = desk.api.user(666, { first_name: "Mallory" });
  const victim = scene.run("victim", 1);
  await scene.asked("victim-1");
  await desk.api.polled();

  const terminals = Array.from({ length: sessions }, (_, n) => scene.run(`s${n}`, questions));
  const exits = Promise.all(terminals.map((terminal) => terminal.exit(longestMs)));
  const failover = killWhenAsked(desk, victim, sessions);
  const seen = new Set<number>();
  for (;;) {
    // A wait that is over leaves nothing behind that would keep the process.
    const untapped = desk.api.until("a question that was not tapped", () => desk.ada.inbox.find((message) => !seen.has(message.id) && answerable(message)), 3_000).catch(() => undefined);
    const message = await Promise.race([untapped, exits]);
    if (Array.isArray(message)) break;
    if (message === undefined) continue;
    seen.add(message.id);
    const [method, fault] = weather[Math.floor(random() * weather.length)] ?? ["sendMessage", { kind: "reset" }];
    if (random() < 0.3) desk.api.fault(method, fault);
    tapOn(message, scene, mallory, random);
  }
  const failoversMs = [await failover];
  for (const terminal of [...terminals, victim]) await terminal[Symbol.asyncDispose]();
  return { history: historyAt(desk, scene.taps), failoversMs };
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

/** Kills the session that polls once everybody has asked; gives how long nobody polled. */
async function killWhenAsked(desk: Desk, victim: Terminal, sessions: number): Promise<number> {
  await desk.api.until("questions of all", () => desk.ada.inbox.filter(({ text }) => / asks\n/.test(text)).length > sessions || undefined, 60_000);
  const polls = desk.api.calls.filter(({ method }) => method === "getUpdates").length;
  const killedAt = Date.now();
  process.kill(victim.pid, "SIGKILL");
  const next = await desk.api.until("a poll by another", () => desk.api.calls.filter(({ method }) => method === "getUpdates")[polls], 60_000);
  return next.at - killedAt;
}
