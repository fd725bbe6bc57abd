/**
 * `npm run soak -- [options]`: one bot, many sessions, any weather, for as long as wanted; prints a table in Markdown, and fails when a
 * history holds what must not be.
 *
 *   --rounds N     rounds in bad weather (10), each with --sessions N (10), --questions N of each (25), --failovers N (3)
 *   --homes N      so many rounds at the same time, each with a bot and a chat of its own: a chat takes a message a second (1)
 *   --crowd N      as many sessions at once, two questions each, in fair weather; the person taps four times a second (50)
 *   --kills N      times that every named point is visited (1)
 *   --anywhere N   sessions that are killed up to a quarter of a second after a tap (40)
 *   --sleep S      seconds for which aegis is stopped (60)
 *   --idle S       seconds for which nothing happens (60)
 *   --seed N       of the first round (1)
 * 0 leaves a part out.
 */
import { parseArgs } from "node:util";
import { figuresOf, percentile, sumOf, type Figures } from "./figures.ts";
import { problemsOf, type History } from "./history.ts";
import { anywhere, killPoints } from "./kill-points.ts";
import { playKill, type KillReport } from "./kills.ts";
import { badWeather, playRound, type Round } from "./round.ts";
import { seeded } from "./seeded.ts";
import { playDeafPoll, playFlood, playMovedOn, playRival, playSleep, playStopped, watchIdle } from "./spells.ts";

const wanted = { rounds: 10, sessions: 10, questions: 25, failovers: 3, homes: 1, crowd: 50, kills: 1, anywhere: 40, sleep: 60, idle: 60, seed: 1 };
const { values } = parseArgs({ options: Object.fromEntries(Object.keys(wanted).map((name) => [name, { type: "string" as const }])) });
const plan = { ...wanted, ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)])) };

const rows: string[][] = [];
function check(what: string, history: History): void {
  const problems = problemsOf(history, 12_345_678);
  if (problems.length === 0) return;
  console.log(`\n${what}:\n${problems.join("\n")}`);
  process.exitCode = 1;
}
function note(what: string, measured: string, goal = ""): void {
  rows.push([what, measured, goal]);
  console.error(`${what}: ${measured}`);
}
function spread(values: readonly number[]): string {
  return `${percentile(values, 0.5)} / ${percentile(values, 0.99)} / ${percentile(values, 1)} ms (${values.length})`;
}

async function play(title: string, one: () => Promise<Round>): Promise<{ figures: Figures; failoversMs: readonly number[]; burst: number }> {
  const { history, failoversMs, burst, expected } = await one();
  check(title, history);
  const figures = figuresOf(history);
  if (figures.answers < expected) {
    console.log(`${title}: ${figures.answers} answers where ${expected} were due`);
    process.exitCode = 1;
  }
  const { prompts, taps, answers, extraMessages } = figures;
  console.error(`${title}: ${JSON.stringify({ prompts, taps, answers, extraMessages, failoversMs, burst })}`);
  return { figures, failoversMs, burst };
}

const played: Awaited<ReturnType<typeof play>>[] = [];
async function playRounds(home: number): Promise<void> {
  const { sessions, questions, failovers, homes, rounds } = plan;
  for (let seed = plan.seed + home; seed < plan.seed + rounds; seed += homes) {
    played.push(await play(`round ${seed}`, () => playRound({ sessions, questions, failovers, restMs: 0, weather: badWeather, random: seeded(seed) })));
  }
}
await Promise.all(Array.from({ length: plan.homes }, (_, home) => playRounds(home)));
const crowd = plan.crowd > 0 ? await play("crowd", () => playRound({ sessions: plan.crowd, questions: 2, failovers: 1, restMs: 250, weather: [], random: seeded(plan.seed) })) : undefined;
const kills: { name: string; report: KillReport }[] = [];
for (let n = 0; n < plan.kills; n++) {
  for (const point of killPoints) {
    const report = await playKill(point);
    check(point.name, report.history);
    kills.push({ name: point.name, report });
  }
}

const random = seeded(plan.seed);
const anywheres: KillReport[] = [];
for (let n = 0; n < plan.anywhere; n++) {
  const point = anywhere(random);
  const report = await playKill(point);
  check(point.name, report.history);
  if (report.unsettled.length + report.untaken.length + report.lost > 0 || !report.verifies) {
    console.log(`${point.name}: ${JSON.stringify({ ...report, history: undefined })}`);
    process.exitCode = 1;
  }
  anywheres.push(report);
}

const rounds = [...played, ...(crowd === undefined ? [] : [crowd])];
const killed = [...kills.map(({ report }) => report), ...anywheres];
const all = sumOf([...rounds.map(({ figures }) => figures), ...killed.map(({ history }) => figuresOf(history))]);
const failovers = [...rounds.flatMap(({ failoversMs }) => failoversMs), ...killed.flatMap(({ failoverMs }) => failoverMs ?? [])];
note("prompts, taps, answers typed", `${all.prompts}, ${all.taps}, ${all.answers}`);
note("lost taps", `${all.lostTaps} of ${all.taps}`, "0");
note("misroutes", `${all.misroutes} of ${all.answers}`, "0 of 5,000");
note("messages beyond the first of their prompt, each marked", `${all.extraMessages} of ${all.prompts}`, "≤ 1 of each prompt");
note("SIGKILL of the session that polls → next poll, p50 / p99 / most", spread(failovers), "< 3,000 ms");
note("most messages into the chat within a second, all sessions", `${Math.max(0, ...rounds.map(({ burst }) => burst))}`, "≤ 6");
if (played.length > 0) {
  const weather = sumOf(played.map(({ figures }) => figures));
  note(`tap → key read by the program, ${plan.homes} × ${plan.sessions} sessions in bad weather`, spread(weather.toKey));
  note("decision → its session begins to type, the same", spread(weather.toSession), "p99 ≤ 100 ms");
}
if (crowd !== undefined) {
  note(`tap → key read by the program, ${plan.crowd} sessions at once, four taps a second`, spread(crowd.figures.toKey));
  note("decision → its session begins to type, the same", spread(crowd.figures.toSession), "p99 ≤ 100 ms");
}
if (anywheres.length > 0) {
  const ends = anywheres.map(({ lastEntry }) => lastEntry);
  const counted = [...new Set(ends)].map((entry) => `${entry} ${ends.filter((end) => end === entry).length}`);
  note("killed anywhere within 250 ms of a tap: last entry of the dead", counted.join(", "), "nothing twice, every message settled");
}
if (plan.sleep > 0) {
  const slept = await playSleep(plan.sleep * 1000);
  check("sleep", slept.history);
  note(`stopped for ${plan.sleep} s, the poll's socket dead: waking → key of a tap that waited`, `${Math.round(slept.tookMs)} ms`, "≤ 10,000 ms");
  note("a tap on a question that went while aegis was stopped: what the program read", (await playMovedOn()).read.join(", "), "nothing of the tap");
  const stopped = await playStopped();
  check("stopped", stopped.history);
  note("SIGSTOP of the session that polls → next poll", `${stopped.tookMs} ms`, "< 3,000 ms");
  const deaf = await playDeafPoll();
  check("deaf poll", deaf.history);
  note("a poll that hangs: deaf for", `${Math.round(deaf.tookMs)} ms`, "≤ 45,000 ms");
  const flood = await playFlood(5);
  check("flood", flood.history);
  note("429 with retry_after 5: the next message after those 5 s", `${flood.tookMs} ms later`, "0 to 1,000 ms");
  const rival = await playRival();
  check("rival", rival.history);
  note("another program polls: told", `${rival.told} time`, "once");
}
if (plan.idle > 0) {
  for (const sessions of [1, 3]) {
    const idle = await watchIdle(sessions, plan.idle * 1000);
    note(`idle for ${plan.idle} s, ${sessions} sessions, a question open: wakes of the main thread, CPU`, idle.map(({ wakes, cpuMs }) => `${wakes.toFixed(1)} / s, ${cpuMs.toFixed(2)} ms / s`).join("; "), "no timer below 1 s");
  }
}

const table = (head: string[], body: string[][]): string => [head, head.map(() => "---"), ...body].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
console.log(`\n${table(["what", "measured", "goal"], rows)}`);
if (kills.length > 0) {
  const lines = kills.map(({ name, report }) => [name, report.lastEntry, report.typed === "" ? "no" : "yes", report.failoverMs === undefined ? "–" : `${report.failoverMs} ms`, [...new Set(report.lateToasts)].join("; ")]);
  console.log(`\n${table(["killed", "its last entry", "typed", "polled again", "a late tap is told"], lines)}`);
}
// Timers of waits that were won keep nobody here.
process.exit();
