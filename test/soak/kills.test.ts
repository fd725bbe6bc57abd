import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { problemsOf } from "./history.ts";
import { killPoints } from "./kill-points.ts";
import { playKill } from "./kills.ts";

describe("a session that is killed", { concurrency: 3 }, () => {
  for (const point of killPoints) {
    test(`${point.name}: nothing is decided or typed twice, its messages say how they ended, and another session goes on`, async (t) => {
      const { history, lastEntry, typed, failoverMs, unsettled, lateToasts, untaken, lost, verifies } = await playKill(point);
      assert.deepEqual(problemsOf(history, 12_345_678), []);
      assert.match(typed, /^y?$/);
      assert.deepEqual([unsettled, untaken], [[], []]);
      assert.ok(lateToasts.length > 0);
      for (const toast of lateToasts) assert.match(toast, /^(Its session has ended|Already answered: Yes)/);
      assert.equal(failoverMs === undefined, !point.polls);
      assert.equal(lost, 0);
      assert.ok(verifies);
      t.diagnostic(`last entry ${lastEntry}, typed "${typed}", polled again after ${failoverMs ?? "-"} ms`);
    });
  }
});
