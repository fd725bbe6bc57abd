import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Bell } from "../../src/async/bell.ts";
import { systemClock } from "../../src/async/clock.ts";
import { Deadline } from "../../src/async/deadline.ts";
import { LinkedAbort } from "../../src/async/linked-abort.ts";
import { Queue } from "../../src/async/queue.ts";
import { TaskGroup } from "../../src/async/task-group.ts";

test("a task that fails cancels its siblings, and the group throws its error", async () => {
  const ended: string[] = [];
  await assert.rejects(async () => {
    await using tasks = new TaskGroup(new AbortController().signal);
    tasks.start(async (signal) => {
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      ended.push("sibling");
    });
    tasks.start(async () => {
      throw new Error("boom");
    });
  }, /boom/);
  assert.deepEqual(ended, ["sibling"]);
});

test("a queue gives everything in order and ends when closed and drained", async () => {
  const queue = new Queue<number>();
  queue.put(1);
  queue.put(2);
  queue.close();
  queue.put(3);
  const seen: number[] = [];
  for await (const item of queue.items(new AbortController().signal)) seen.push(item);
  assert.deepEqual(seen, [1, 2]);
});

test("aborting ends a queue's loop without an error", async () => {
  const queue = new Queue<number>();
  const stop = new AbortController();
  const reading = (async () => {
    for await (const _ of queue.items(stop.signal)) assert.fail("nothing was put");
  })();
  stop.abort();
  await reading;
});

test("a bell wakes all who wait, and nobody later", async () => {
  const bell = new Bell();
  const never = new AbortController();
  bell.ring();
  const waiting = Promise.all([bell.rung(never.signal), bell.rung(never.signal)]);
  bell.ring();
  await waiting;
  const late = bell.rung(never.signal);
  never.abort();
  await late;
});

test("a crowd that waits on a group's signal makes Node print nothing", async () => {
  const warnings: Error[] = [];
  const listen = (warning: Error): number => warnings.push(warning);
  process.on("warning", listen);
  {
    await using tasks = new TaskGroup(new AbortController().signal);
    for (let task = 0; task < 30; task++) tasks.start((signal) => systemClock.sleep(60_000, signal));
    // Warnings are told in the next turn.
    await new Promise(setImmediate);
  }
  process.off("warning", listen);
  assert.deepEqual(warnings, []);
});

test("whoever waits for a bell or a time wakes, though memory is cleared meanwhile", async () => {
  const never = new AbortController().signal;
  const bell = new Bell();
  const waits = Array.from({ length: 20 }, async () => {
    using deadline = new Deadline(50, systemClock, never);
    await bell.rung(deadline.signal);
    return deadline.signal.aborted;
  });
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  // What was made in a turn is kept to its end.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  assert.deepEqual(new Set(await Promise.all(waits)), new Set([true]));
});

test("a deadline passes on its parent's end, and one that is over aborts nothing", async () => {
  const parent = new AbortController();
  const left = new Deadline(0, systemClock, parent.signal);
  left[Symbol.dispose]();
  using bound = new Deadline(60_000, systemClock, parent.signal);
  parent.abort("stop");
  assert.equal(bound.signal.reason, "stop");
  using late = new Deadline(60_000, systemClock, parent.signal);
  assert.ok(late.signal.aborted);
  await new Promise((resolve) => setTimeout(resolve, 1));
  assert.ok(!left.signal.aborted);
});

test("a linked abort ends with the first of its parents, and leaves the others alone", () => {
  const [one, other] = [new AbortController(), new AbortController()];
  const linked = new LinkedAbort(one.signal, other.signal);
  other.abort("other");
  assert.equal(linked.signal.reason, "other");
  assert.ok(!one.signal.aborted);
  assert.equal(getEventListeners(one.signal, "abort").length, 0);
});
