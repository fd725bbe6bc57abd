import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock, type Clock } from "../../src/async/clock.ts";
import type { Order } from "../../src/prompt/order.ts";
import type { SqliteStore } from "../../src/store/sqlite.ts";
import { ada, adasChat, bobsChat, noncesFor, noon, openKept, prompt, session, tap, temporaryHome } from "./workbench.ts";

/** Who waits for a second waits for ever: only a ring wakes. */
const onlyRings: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms < 1_000 ? ms : 2 ** 31 - 1, signal) };

function order(id: string, change: Partial<Order> = {}): Order {
  return { id, sessionId: "abcd", verb: "input", argument: `say ${id}`, recipient: adasChat, by: ada, message: { recipient: adasChat, id: "77" }, at: noon, ...change };
}

async function views(home: { database: string; log: string }): Promise<AsyncDisposable & { mine: SqliteStore; theirs: SqliteStore }> {
  const mine = await openKept(home.database, home.log, { clock: onlyRings });
  const theirs = await openKept(home.database, home.log);
  await mine.startSession(session("abcd"));
  await mine.startSession(session("efgh"));
  return {
    mine,
    theirs,
    async [Symbol.asyncDispose]() {
      await mine[Symbol.asyncDispose]();
      await theirs[Symbol.asyncDispose]();
    },
  };
}

/** The next `count` orders that the session abcd gets. */
async function next(store: SqliteStore, count: number): Promise<Order[]> {
  const end = new AbortController();
  const found: Order[] = [];
  for await (const order of store.orders("abcd", end.signal)) {
    found.push(order);
    if (found.length === count) end.abort();
  }
  return found;
}

test("an order placed elsewhere is heard at once, whole, and given out once", async () => {
  using home = temporaryHome();
  await using stores = await views(home);
  const first = next(stores.mine, 1);
  await stores.theirs.placeOrder(order("one"));
  assert.deepEqual(await first, [order("one")]);
  await stores.theirs.placeOrder(order("other", { sessionId: "efgh" }));
  await stores.theirs.placeOrder(order("two", { at: noon + 1 }));
  assert.deepEqual((await next(stores.mine, 1)).map(({ id }) => id), ["two"]);
});

test("an order without a session waits until its own recipient says which", async () => {
  using home = temporaryHome();
  await using stores = await views(home);
  await stores.theirs.placeOrder(order("one", { sessionId: undefined }));
  assert.equal(await stores.theirs.addressOrder("one", { sessionId: "abcd", recipient: bobsChat }), false);
  const first = next(stores.mine, 1);
  assert.equal(await stores.theirs.addressOrder("one", { sessionId: "abcd", recipient: adasChat }), true);
  assert.deepEqual(await first, [order("one")]);
  assert.equal(await stores.theirs.addressOrder("one", { sessionId: "efgh", recipient: adasChat }), false);
});

test("every order stands in the log, and its text nowhere once it was taken", async () => {
  using home = temporaryHome();
  await using stores = await views(home);
  await stores.theirs.placeOrder(order("one", { argument: "correct horse" }));
  await next(stores.mine, 1);
  const [event] = [...stores.mine.events({ type: "command" })];
  assert.match(event?.line ?? "", /"verb":"input".*"bytes":13/);
  assert.doesNotMatch(event?.line ?? "", /horse/);
  assert.equal(await stores.mine.addressOrder("one", { sessionId: "abcd", recipient: adasChat }), false);
});

test("a message that is about a session leads to it, whether it shows a prompt or not", async () => {
  using home = temporaryHome();
  await using stores = await views(home);
  await stores.mine.openPrompt(prompt("p1"), noncesFor(prompt("p1")));
  await stores.mine.sent("p1", [{ recipient: adasChat, id: "5" }], noon);
  await stores.mine.noted("efgh", { recipient: adasChat, id: "6" });
  assert.deepEqual(["5", "6", "7"].map((id) => stores.theirs.sessionOf({ recipient: adasChat, id })), ["abcd", "efgh", undefined]);
  assert.equal(stores.theirs.sessionOf({ recipient: bobsChat, id: "5" }), undefined);
});

test("while a session is paused, no tap is accepted, and the tapper is told why", async () => {
  using home = temporaryHome();
  await using stores = await views(home);
  await stores.mine.openPrompt(prompt("p1"), noncesFor(prompt("p1")));
  await stores.mine.setAttention("abcd", { pausedAt: noon, mutedUntil: undefined });
  assert.equal(stores.theirs.sessions({}).find(({ id }) => id === "abcd")?.pausedAt, noon);
  const refused = await stores.theirs.decide(tap("p1", 0), noon + 1);
  assert.ok(refused.is === "invalid");
  assert.match(refused.why, /paused.*desk/);
  await stores.mine.setAttention("abcd", { pausedAt: undefined, mutedUntil: undefined });
  assert.equal((await stores.theirs.decide(tap("p1", 0), noon + 2)).is, "accepted");
});
