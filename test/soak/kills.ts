import type { Message } from "../botapi/chat.ts";
import { startDesk, type Desk } from "../e2e/desk.ts";
import { entriesAt, historyAt } from "./evidence.ts";
import type { History } from "./history.ts";
import type { KillPoint } from "./kill-points.ts";
import { Scene } from "./scene.ts";

export interface KillReport {
  readonly history: History;
  /** The last entry that the killed session wrote. */
  readonly lastEntry: string;
  /** What its program had read of the tapped answer. */
  readonly typed: string;
  /** Until another session polled; undefined: the killed one did not poll. */
  readonly failoverMs: number | undefined;
  /** Its messages that aegis knows of, and that were left with their buttons. */
  readonly unsettled: readonly string[];
  /** What late taps on its messages were told. */
  readonly lateToasts: readonly string[];
  /** Its messages that showed their buttons even after a late tap. */
  readonly untaken: readonly string[];
  /** What "aegis status" shows of it. */
  readonly lost: number;
  readonly verifies: boolean;
}

/** Kills a session at a point, with another one beside it; then taps late on everything that the dead one had asked. */
export async function playKill(point: KillPoint): Promise<KillReport> {
  await using desk = await startDesk();
  const scene = new Scene(desk);
  const { api } = desk;
  const names = point.polls ? ["victim", "survivor"] : ["survivor", "victim"];
  const terminals = [];
  for (const name of names) {
    terminals.push(scene.run(name, 2));
    await scene.asked(`${name}-1`);
    await scene.kept(`${name}-1`);
  }
  const [first, second] = terminals;
  if (first === undefined || second === undefined) throw new RangeError("two sessions are two terminals");
  await using victim = point.polls ? first : second;
  await using survivor = point.polls ? second : first;
  await api.polled();

  let killedAt = 0;
  const kill = (): void => {
    process.kill(victim.pid, "SIGKILL");
    killedAt = Date.now();
  };
  await point.reach(scene, { kill, stop: () => process.kill(victim.pid, "SIGSTOP") });
  await victim.exit();
  const asked = desk.ada.inbox.filter(({ text, firstButtons }) => text.includes("victim-") && firstButtons.length > 0);
  const known = new Set(entriesAt(desk).filter(({ type }) => type === "prompt.sent").flatMap(({ data }) => JSON.stringify(data["messages"]).match(/\d+(?="})/g)));
  const unsettled = await stillWithButtons(desk, asked.filter(({ id }) => known.has(String(id))));
  scene.press("Yes", await scene.asked("survivor-1"));
  await survivor.sees(/survivor-1: got y/);
  const lateToasts: string[] = [];
  for (const message of asked) lateToasts.push(await scene.press("No", message).toast());
  const untaken = await stillWithButtons(desk, asked);
  const { stdout } = await desk.aegis(["status", "--json"]);
  const status: { lost: unknown[] } = JSON.parse(stdout);
  const verifies = (await desk.aegis(["audit", "verify"])).code === 0;
  const history = historyAt(desk, scene.taps);
  // A poll of the killed one that was still on its way counts for nothing: it hangs up.
  const next = api.calls.find(({ method, at, refusal }) => method === "getUpdates" && at > killedAt + 5 && refusal === undefined);
  return {
    history,
    lastEntry: entriesAt(desk).findLast(({ pid }) => pid === victim.pid)?.type ?? "",
    typed: history.answers.filter(({ question }) => question.startsWith("victim-")).map(({ answer }) => answer).join(""),
    failoverMs: point.polls && next !== undefined ? next.at - killedAt : undefined,
    unsettled,
    lateToasts,
    untaken,
    lost: status.lost.length,
    verifies,
  };
}

/** Which of the messages keep their buttons for good. */
async function stillWithButtons({ api }: Desk, messages: readonly Message[]): Promise<string[]> {
  const left = (): Message[] => messages.filter(({ buttons }) => buttons.length > 0);
  await api.until("messages without buttons", () => (left().length === 0 ? true : undefined), 30_000).catch(() => undefined);
  return left().map(({ text }) => text);
}
