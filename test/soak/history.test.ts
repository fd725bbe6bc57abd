import assert from "node:assert/strict";
import { test } from "node:test";
import { figuresOf, percentile } from "./figures.ts";
import { problemsOf, type Entry, type History } from "./history.ts";

const entry = (type: string, data: Entry["data"], at = 0): Entry => ({ type, data, at, pid: 1 });

const good: History = {
  log: [
    entry("prompt.detected", { prompt: "p1" }),
    entry("decision", { prompt: "p1", update: "7", by: { id: "42" } }, 12),
    entry("inject.intent", { prompt: "p1" }, 15),
    entry("inject.done", { prompt: "p1" }, 20),
  ],
  taps: [{ updateId: 7, promptId: "p1", label: "Yes", isAllowed: true, at: 10 }],
  confirmed: new Set([7, 8]),
  answers: [{ question: "s1-1", answer: "y", at: 35 }],
  questions: new Map([["p1", "s1-1"]]),
  messages: new Map([["p1", { sent: 1, marked: 0 }]]),
};

test("the checker is content with a good history, and counts its times", () => {
  assert.deepEqual(problemsOf(good, 42), []);
  const { toKey, toSession, misroutes, lostTaps } = figuresOf(good);
  assert.deepEqual([toKey, toSession, misroutes, lostTaps], [[25], [3], 0, 0]);
});

test("a tap that Telegram still keeps for the next session is not lost", () => {
  assert.deepEqual(problemsOf({ ...good, taps: [...good.taps, { updateId: 9, promptId: "p1", label: "No", isAllowed: true, at: 11 }] }, 42), []);
});

test("a decision whose writer was killed before its row was there may be made again by the same tap", () => {
  assert.deepEqual(problemsOf({ ...good, log: [...good.log, entry("decision", { prompt: "p1", update: "7", by: { id: "42" } })] }, 42), []);
});

const strangers: History["taps"] = [{ updateId: 7, promptId: "p1", label: "Yes", isAllowed: false, at: 10 }];
for (const [title, bad, problem] of [
  ["a second decision", { log: [...good.log, entry("decision", { prompt: "p1", update: "8", by: { id: "42" } })] }, /decided 2 times/],
  ["a second injection", { log: [...good.log, ...good.log.slice(2)] }, /typed 2 times/],
  ["an injection that nobody decided", { log: good.log.filter(({ type }) => type !== "decision") }, /typed undecided/],
  ["a key without an intent", { log: good.log.slice(0, 2) }, /without an intent/],
  ["a stranger's decision", { log: good.log.map((entry) => (entry.type === "decision" ? { ...entry, data: { ...entry.data, by: { id: "666" } } } : entry)) }, /somebody else/],
  ["a stranger's tap that was judged", { taps: strangers }, /stranger's tap 7/],
  ["a lost tap", { taps: [...good.taps, { updateId: 8, promptId: "p1", label: "No", isAllowed: true, at: 11 }] }, /tap 8 was lost/],
  ["an answer in the wrong window", { answers: [{ question: "s2-1", answer: "y", at: 35 }] }, /nobody answered/],
  ["the other answer", { answers: [{ question: "s1-1", answer: "n", at: 35 }] }, /nobody answered/],
  ["the answer typed again", { answers: [...good.answers, ...good.answers] }, /answered twice/],
  ["an unmarked duplicate", { messages: new Map([["p1", { sent: 2, marked: 0 }]]) }, /came 2 times/],
  ["a third copy", { messages: new Map([["p1", { sent: 3, marked: 2 }]]) }, /came 3 times/],
] satisfies ReadonlyArray<readonly [string, Partial<History>, RegExp]>) {
  test(`the checker sees ${title}`, () => assert.match(problemsOf({ ...good, ...bad }, 42).join("\n"), problem));
}

test("a percentile is one of the values, and 0 of none", () => {
  assert.deepEqual([percentile([], 0.5), percentile([3, 1, 2], 0.5), percentile([3, 1, 2], 0.99)], [0, 2, 3]);
});
