import assert from "node:assert/strict";
import { test } from "node:test";
import { Bell } from "../../src/async/bell.ts";
import { systemClock } from "../../src/async/clock.ts";
import { Later } from "../../src/async/later.ts";
import type { Channel } from "../../src/channel/channel.ts";
import type { Reply, Verdict } from "../../src/prompt/reply.ts";
import { dispatchReplies } from "../../src/relay/dispatch.ts";
import { Reaper } from "../../src/relay/reaper.ts";
import { adasChat, noncesFor, openKept, prompt, session, tap, temporaryHome } from "../store/workbench.ts";

/** A channel on which one reply comes. */
function oneReply(reply: Reply): { channel: Channel; verdict: Promise<Verdict> } {
  const told = new Later<Verdict>();
  const channel: Channel = {
    name: "telegram",
    recipients: [adasChat],
    lease: undefined,
    isWitness: false,
    send: () => Promise.resolve([]),
    settle: () => Promise.resolve(),
    async *replies() {
      yield { reply, tell: async (verdict) => told.resolve(verdict) };
    },
  };
  return { channel, verdict: told.value };
}

/** Brings one tap to the store, where the first `failures` looks at the sessions fail as they do while another process recovers the journal. */
async function judged(failures: number): Promise<{ verdict: Verdict; told: string[] }> {
  using home = temporaryHome();
  await using store = await openKept(home.database, home.log);
  await store.startSession(session("abcd"));
  const asked = prompt("p1", { openedAt: Date.now(), expiresAt: Date.now() + 3_600_000 });
  await store.openPrompt(asked, noncesFor(asked));
  const told: string[] = [];
  const report = { log: () => undefined, trouble: (what: string, _hint: string, why = "") => void told.push(`${what}: ${why}`) };
  let left = failures;
  const isAlive = (): boolean => {
    if (left-- > 0) throw new Error("database is locked");
    return true;
  };
  const { channel, verdict } = oneReply(tap("p1", 1));
  const policy = { freeText: true, secrets: "local" } as const;
  const reaper = new Reaper({ store, channels: [channel], clock: systemClock, policy, report, isAlive });
  await dispatchReplies(channel, { store, clock: systemClock, report, reaper, left: new Bell() }, new AbortController().signal);
  return { verdict: await verdict, told };
}

test("an answer that cannot be judged at once is judged a little later", async () => {
  const { verdict, told } = await judged(2);
  assert.equal(verdict.is, "accepted");
  assert.deepEqual(told, []);
});

test("an answer that cannot be judged at all is refused, and the person is told", async () => {
  const { verdict, told } = await judged(Infinity);
  assert.equal(verdict.is, "invalid");
  assert.deepEqual(told, ["an answer was refused: database is locked"]);
});

test("a session that hears its decision in this process may type it before the tapper is told", async () => {
  using home = temporaryHome();
  await using store = await openKept(home.database, home.log);
  await store.startSession(session("abcd"));
  const asked = prompt("p1", { openedAt: Date.now(), expiresAt: Date.now() + 3_600_000 });
  await store.openPrompt(asked, noncesFor(asked));
  const happened: string[] = [];
  const end = new AbortController();
  const heard = (async () => {
    for await (const { label } of store.decisions("abcd", end.signal)) happened.push(`heard ${label}`);
  })();
  const { channel, verdict } = oneReply(tap("p1", 1));
  void verdict.then(({ is }) => happened.push(`told ${is}`));
  const report = { log: () => undefined, trouble: () => undefined };
  const reaper = new Reaper({ store, channels: [channel], clock: systemClock, policy: { freeText: true, secrets: "local" }, report, isAlive: () => true });
  await dispatchReplies(channel, { store, clock: systemClock, report, reaper, left: new Bell() }, end.signal);
  await verdict;
  end.abort();
  await heard;
  assert.deepEqual(happened, ["heard No", "told accepted"]);
});
