import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Message } from "../botapi/chat.ts";
import type { Fault } from "../botapi/fault.ts";
import { startDesk, type Desk } from "../e2e/desk.ts";
import type { Terminal } from "../e2e/terminal.ts";
import type { Answered, Entry, History, Tapped } from "./history.ts";

export interface RoundPlan {
  readonly sessions: number;
  /** Of each session. */
  readonly questions: number;
  /** From 0 to 1, the same for the same seed. */
  readonly random: () => number;
}

export interface Round extends History {
  /** From the SIGKILL of the session that polled to the next poll, in milliseconds. */
  readonly failoverMs: number;
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
  ["answerCallbackQuery", { kind: "reset" }],
];

/** Floods and backed-off sends add up. */
const longestMs = 600_000;

const program = 'for n in $(seq "$1"); do read -p "$0-$n: go on? [y/n] " a; echo "$0-$n: got $a."; done';

/** Sessions ask at once, the network misbehaves, the session that polls is killed, strangers and second taps mix in. */
export async function playRound({ sessions, questions, random }: RoundPlan): Promise<Round> {
  await using desk = await startDesk();
  const mallory = desk.api.user(666, { first_name: "Mallory" });
  const run = (name: string): Terminal => desk.run(["--name", name, "bash", "-c", program, name, String(questions)]);
  const victim = run("victim");
  await desk.api.message(({ text }) => text.includes("victim-1:"));
  await desk.api.polled();

  const terminals = Array.from({ length: sessions }, (_, n) => run(`s${n}`));
  const taps: Tapped[] = [];
  const seen = new Set<number>();
  const exits = Promise.all(terminals.map((terminal) => terminal.exit(longestMs)));
  const person = async (): Promise<void> => {
    for (;;) {
      // A wait that is over leaves nothing behind that would keep the process.
      const untapped = desk.api.until("a question that was not tapped", () => desk.ada.inbox.find((message) => !seen.has(message.id) && answerable(message)), 3_000).catch(() => undefined);
      const message = await Promise.race([untapped, exits]);
      if (Array.isArray(message)) return;
      if (message === undefined) continue;
      seen.add(message.id);
      const [method, fault] = weather[Math.floor(random() * weather.length)] ?? ["sendMessage", { kind: "reset" }];
      if (random() < 0.3) desk.api.fault(method, fault);
      taps.push(...tapsOn(message, desk, mallory, random));
    }
  };
  const failover = killWhenAsked(desk, victim, sessions);
  await person();
  const answers = answersOf(terminals);
  for (const terminal of [...terminals, victim]) await terminal[Symbol.asyncDispose]();
  return { ...readHistory(desk), taps, confirmed: new Set(desk.api.confirmed), answers, failoverMs: await failover };
}

function answerable({ text, buttons }: Message): boolean {
  return buttons.length > 0 && !text.includes("victim-") && buttons.some(({ text }) => text === "Yes");
}

/** One that counts, and now and then a second one, or a stranger's. */
function tapsOn(message: Message, desk: Desk, mallory: Desk["ada"], random: () => number): Tapped[] {
  const buttons = random() < 0.5 ? message.buttons : message.buttons.toReversed();
  const others = random() < 0.3 ? buttons : buttons.slice(0, 1);
  const at = performance.now();
  const press = (user: Desk["ada"], { text, data = "" }: Message["buttons"][number]): Tapped => {
    const { updateId } = user.presses({ data }, message);
    return { updateId, promptId: data.split(":")[1] ?? "", label: text, isAllowed: user === desk.ada, at };
  };
  const [first] = buttons;
  const strangers = first !== undefined && random() < 0.2 ? [press(mallory, first)] : [];
  return [...strangers, ...others.map((button) => press(desk.ada, button))];
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

function answersOf(terminals: readonly Terminal[]): Answered[] {
  return terminals.flatMap((terminal) => terminal.found(/(s\d+-\d+): got (\w+)\./).map(({ match, at }) => ({ question: match[1] ?? "", answer: match[2] ?? "", at })));
}

/** What the log and the Bot API have kept. */
function readHistory(desk: Desk): Pick<History, "log" | "questions" | "messages"> {
  const log = readFileSync(join(desk.home, "audit.log"), "utf8").split("\n").filter((line) => line !== "").map((line): Entry => JSON.parse(line));
  const questions = new Map<string, string>();
  const messages = new Map<string, { sent: number; marked: number }>();
  for (const { method, params, status } of desk.api.calls) {
    const id = /ans:([a-z0-9]{10}):/.exec(JSON.stringify(params["reply_markup"] ?? ""))?.[1];
    // Refused ones never came; those that were cut may have.
    if (method !== "sendMessage" || id === undefined || (status !== undefined && status !== 200)) continue;
    const text = String(params["text"]);
    const asked = [...text.matchAll(/(s\d+-\d+): go on\?/g)].at(-1)?.[1];
    if (asked !== undefined) questions.set(id, asked);
    const counted = messages.get(id) ?? { sent: 0, marked: 0 };
    messages.set(id, { sent: counted.sent + 1, marked: counted.marked + (text.startsWith("(again) ") ? 1 : 0) });
  }
  return { log, questions, messages };
}
