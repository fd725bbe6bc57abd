import assert from "node:assert/strict";
import { test } from "node:test";
import { figuresOf } from "./figures.ts";
import { problemsOf } from "./history.ts";
import { playRound } from "./round.ts";
import { seeded } from "./seeded.ts";

test("in bad weather, with the polling session killed, nothing is decided or typed twice, and no tap is lost or misrouted", async (t) => {
  const round = await playRound({ sessions: 4, questions: 3, random: seeded(1) });
  assert.deepEqual(problemsOf(round.history, 12_345_678), []);
  const { answers, prompts, taps, extraMessages } = figuresOf(round.history);
  assert.equal(answers, 12);
  t.diagnostic(JSON.stringify({ prompts, taps, extraMessages, failoverMs: round.failoversMs }));
});
