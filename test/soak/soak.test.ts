import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { figuresOf } from "./figures.ts";
import { problemsOf } from "./history.ts";
import { badWeather, playRound } from "./round.ts";
import { seeded } from "./seeded.ts";
import { playFlood, playMovedOn, playRival, playSleep } from "./spells.ts";

const ada = 12_345_678;

describe("a bot in bad times", { concurrency: 3 }, () => {
  test("in any weather, with the polling session killed, nothing is decided or typed twice, and no tap is lost or misrouted", async (t) => {
    const { history, failoversMs, expected } = await playRound({ sessions: 4, questions: 3, failovers: 1, restMs: 0, weather: badWeather, random: seeded(1) });
    assert.deepEqual(problemsOf(history, ada), []);
    const { answers, prompts, taps, extraMessages } = figuresOf(history);
    assert.equal(answers, expected);
    assert.equal(failoversMs.length, 1);
    t.diagnostic(JSON.stringify({ prompts, taps, extraMessages, failoversMs }));
  });

  test("a tap that waits while aegis sleeps, and its socket dies, is typed when it wakes", async (t) => {
    const { tookMs, history } = await playSleep(16_000);
    assert.deepEqual(problemsOf(history, ada), []);
    assert.equal(history.answers.length, 1);
    t.diagnostic(`${Math.round(tookMs)} ms after waking`);
  });

  test("a tap on a question that has gone while aegis slept does not answer the next one", async () => {
    assert.deepEqual((await playMovedOn()).read, ["mover-1 nothing", "mover-2 n"]);
  });

  test("nothing goes out before the time is up for which Telegram asks to wait", async (t) => {
    const { tookMs, history } = await playFlood(2);
    assert.deepEqual(problemsOf(history, ada), []);
    assert.ok(tookMs >= 0);
    t.diagnostic(`${tookMs} ms later`);
  });

  test("another program that polls is told of once and not fought, and its going loses no tap", async () => {
    const { told, history } = await playRival();
    assert.equal(told, 1);
    assert.deepEqual(problemsOf(history, ada), []);
    assert.equal(history.answers.length, 1);
  });
});
