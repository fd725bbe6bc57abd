import assert from "node:assert/strict";
import { test } from "node:test";
import { Bell } from "../../src/async/bell.ts";
import { systemClock } from "../../src/async/clock.ts";
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
