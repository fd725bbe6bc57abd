import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import Database from "better-sqlite3";
import type { Clock } from "../../src/async/clock.ts";
import { SharedLines } from "../../src/store/shared-lines.ts";
import { temporaryHome } from "./workbench.ts";

const rate = { everyMs: 1_000, burst: 2 };

/** A clock that stands still until it is set. */
class SetClock implements Clock {
  at = 1_700_000_000_000;
  now = (): number => this.at;
  wall = (): number => this.at;
  sleep = (): Promise<void> => Promise.resolve();
}

function openLines() {
  const home = temporaryHome();
  const path = join(home.folder, "lines.db");
  const clock = new SetClock();
  const mine = new SharedLines(path, { scope: "bot 1", clock });
  const theirs = new SharedLines(path, { scope: "bot 1", clock });
  const others = new SharedLines(path, { scope: "bot 2", clock });
  return {
    path,
    clock,
    mine,
    theirs,
    others,
    [Symbol.dispose]() {
      for (const lines of [mine, theirs, others]) lines.close();
      home[Symbol.dispose]();
    },
  };
}

test("processes stand in one line", () => {
  using home = openLines();
  const waits = [home.mine, home.theirs, home.mine, home.theirs, home.theirs].map((lines) => lines.waitFor("a", rate, 0));
  assert.deepEqual(waits, [0, 0, 1_000, 2_000, 3_000]);
  home.clock.at += 3_500;
  assert.equal(home.mine.waitFor("a", rate, 3_500), 500);
});

test("lines of another name, or of another scope, are other lines", () => {
  using home = openLines();
  for (let n = 0; n < 3; n++) home.mine.waitFor("a", rate, 0);
  assert.equal(home.theirs.waitFor("b", rate, 0), 0);
  assert.equal(home.others.waitFor("a", rate, 0), 0);
});

test("what one is told to wait holds for all, in every line, and passes", () => {
  using home = openLines();
  home.mine.hold(5_000, 0);
  assert.equal(home.theirs.waitFor("a", rate, 0), 5_000);
  assert.equal(home.theirs.holdFor(0), 5_000);
  assert.equal(home.others.holdFor(0), 0);
  home.clock.at += 5_000;
  assert.deepEqual([home.theirs.holdFor(0), home.theirs.waitFor("b", rate, 0)], [0, 0]);
});

test("a shorter wait does not end a longer one", () => {
  using home = openLines();
  home.mine.hold(5_000, 0);
  home.theirs.hold(1_000, 0);
  assert.equal(home.mine.holdFor(0), 5_000);
});

test("a clock that was set back by years makes nobody wait for years", () => {
  using home = openLines();
  for (let n = 0; n < 3; n++) home.mine.waitFor("a", rate, 0);
  home.clock.at -= 10 * 365 * 86_400_000;
  assert.ok(home.theirs.waitFor("a", rate, 0) <= 600_000);
});

test("where the file cannot be used, each keeps to the rate by itself", () => {
  using home = openLines();
  writeFileSync(home.path, "this is no database, but it is long enough to be taken for one", { mode: 0o600 });
  assert.deepEqual([1, 2, 3].map(() => home.mine.waitFor("a", rate, 0)), [0, 0, 1_000]);
  home.mine.hold(5_000, 0);
  assert.equal(home.mine.holdFor(0), 5_000);
});

test("a process that keeps the file locked keeps nobody from going", () => {
  using home = openLines();
  home.mine.waitFor("a", rate, 0);
  const stopped = new Database(home.path);
  stopped.exec("BEGIN IMMEDIATE");
  assert.equal(home.theirs.waitFor("a", rate, 0), 0);
  stopped.close();
  assert.equal(home.theirs.waitFor("a", rate, 0), 0);
});
