import assert from "node:assert/strict";
import { test } from "node:test";
import { figuresOf, problemsOf, type History } from "./history.ts";
import { playRound } from "./round.ts";
import { seeded } from "./seeded.ts";

test("in bad weather, with the polling session killed, nothing is decided or typed twice, and no tap is lost or misrouted", async (t) => {
  const round = await playRound({ sessions: 4, questions: 3, random: seeded(1) });
  assert.deepEqual(problemsOf(round, 12_345_678), []);
  const figures = figuresOf(round);
  assert.equal(figures.answers, 12);
  t.diagnostic(JSON.stringify({ ...figures, failoverMs: round.failoverMs }));
});

const good: History = {
  log: [
    { type: "prompt.detected", data: { prompt: "p1" } },
    { type: "decision", data: { prompt: "p1", update: "7", by: { id: "42" } } },
    { type: "inject.intent", data: { prompt: "p1" } },
    { type: "inject.done", data: { prompt: "p1" } },
  ],
  taps: [{ updateId: 7, promptId: "p1", label: "Yes", isAllowed: true, at: 10 }],
  confirmed: new Set([7, 8]),
  answers: [{ question: "s1-1", answer: "y", at: 35 }],
  questions: new Map([["p1", "s1-1"]]),
  messages: new Map([["p1", { sent: 1, marked: 0 }]]),
};

test("the checker is content with a good history, and counts its time", () => {
  assert.deepEqual(problemsOf(good, 42), []);
  assert.equal(figuresOf(good).p50, 25);
});

test("a tap that Telegram still keeps for the next session is not lost", () => {
  assert.deepEqual(problemsOf({ ...good, taps: [...good.taps, { updateId: 9, promptId: "p1", label: "No", isAllowed: true, at: 11 }] }, 42), []);
});

for (const [title, bad, problem] of [
  ["a second decision", { ...good, log: [...good.log, { type: "decision", data: { prompt: "p1", update: "8", by: { id: "42" } } }] }, /decided 2 times/],
  ["a second injection", { ...good, log: [...good.log, ...good.log.slice(2)] }, /typed 2 times/],
  ["an injection that nobody decided", { ...good, log: good.log.filter(({ type }) => type !== "decision") }, /typed undecided/],
  ["a stranger's decision", { ...good, log: good.log.map((entry) => (entry.type === "decision" ? { ...entry, data: { ...entry.data, by: { id: "666" } } } : entry)) }, /somebody else/],
  ["a lost tap", { ...good, taps: [...good.taps, { updateId: 8, promptId: "p1", label: "No", isAllowed: true, at: 11 }] }, /tap 8 was lost/],
  ["an answer in the wrong window", { ...good, answers: [{ question: "s2-1", answer: "y", at: 35 }] }, /nobody answered/],
  ["the other answer", { ...good, answers: [{ question: "s1-1", answer: "n", at: 35 }] }, /nobody answered/],
  ["an unmarked duplicate", { ...good, messages: new Map([["p1", { sent: 2, marked: 0 }]]) }, /came 2 times/],
] as const) {
  test(`the checker sees ${title}`, () => assert.match(problemsOf(bad, 42).join("\n"), problem));
}
