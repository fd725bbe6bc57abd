import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { connect } from "node:net";
import { test } from "node:test";
import type { Bell } from "../../src/async/bell.ts";
import { systemClock } from "../../src/async/clock.ts";
import { Later } from "../../src/async/later.ts";
import { Lease } from "../../src/relay/lease.ts";
import { openKept, temporaryHome } from "../store/workbench.ts";

/** Processes of one home, by the sessions they run: here all in one process, each with its own connection and socket. */
async function openHome() {
  const home = temporaryHome();
  mkdirSync(`${home.folder}/s`);
  const logged: string[] = [];
  // Beacons and those who watch them keep no process from ending; a test needs to see it through.
  const awake = setInterval(() => undefined, 60_000);
  const stores = [await openKept(home.database, home.log), await openKept(home.database, home.log)];
  const leaseOf = (holder: string, store: number) => {
    const report = { trouble: () => undefined, log: (_: string, message: string) => void logged.push(message) };
    const kept = stores[store];
    assert.ok(kept !== undefined);
    return new Lease("telegram:1", { store: kept, holder, folder: `${home.folder}/s`, clock: systemClock, report });
  };
  return {
    logged,
    socketOf: (holder: string) => `${home.folder}/s/${holder}.lease`,
    ada: leaseOf("ada", 0),
    bob: leaseOf("bob", 1),
    async [Symbol.asyncDispose]() {
      clearInterval(awake);
      for (const store of stores) await store[Symbol.asyncDispose]();
      home[Symbol.dispose]();
    },
  };
}

/** Works until its signal aborts, and tells when it begins and which bell it was given. */
function worker() {
  const begun = new Later<Bell>();
  const work = async (signal: AbortSignal, left: Bell): Promise<void> => {
    begun.resolve(left);
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
  };
  return { begun: begun.value, work };
}

test("one works at a time, and the next one when it has left", async () => {
  await using home = await openHome();
  const [first, second] = [worker(), worker()];
  const [leaveFirst, leaveSecond] = [new AbortController(), new AbortController()];
  const holding = home.ada.hold(first.work, leaveFirst.signal);
  await first.begun;
  const waiting = home.bob.hold(second.work, leaveSecond.signal);
  leaveFirst.abort();
  await holding;
  await second.begun;
  leaveSecond.abort();
  await waiting;
  assert.deepEqual(home.logged, []);
});

test("the holder hears it when one who watched it has gone", async () => {
  await using home = await openHome();
  const holder = worker();
  const leave = new AbortController();
  const holding = home.ada.hold(holder.work, leave.signal);
  const rung = (await holder.begun).rung(leave.signal);
  const watching = connect(home.socketOf("ada"));
  watching.write("?");
  await once(watching, "data");
  watching.destroy();
  await rung;
  assert.equal(leave.signal.aborted, false);
  leave.abort();
  await holding;
});

test("work that breaks is told of and begun again", async () => {
  await using home = await openHome();
  const again = worker();
  const leave = new AbortController();
  let isBroken = false;
  const holding = home.ada.hold(async (signal, left) => {
    if (isBroken) return await again.work(signal, left);
    isBroken = true;
    throw new Error("database is locked");
  }, leave.signal);
  await again.begun;
  assert.deepEqual(home.logged, ["telegram:1: database is locked"]);
  leave.abort();
  await holding;
});

test("a holder that was stopped and continued asks anew before it works on", async () => {
  await using home = await openHome();
  const [before, after] = [worker(), worker()];
  const workers = [before, after];
  const leave = new AbortController();
  const holding = home.ada.hold((signal, left) => (workers.shift() ?? after).work(signal, left), leave.signal);
  await before.begun;
  process.kill(process.pid, "SIGCONT");
  await after.begun;
  leave.abort();
  await holding;
  assert.deepEqual(home.logged, []);
});
