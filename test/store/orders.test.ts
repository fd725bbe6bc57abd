import assert from "node:assert/strict";
import { test } from "node:test";
import type { Order } from "../../src/prompt/order.ts";
import type { SqliteStore } from "../../src/store/sqlite.ts";
import { ada, adasChat, bobsChat, noncesFor, noon, onlyRings, openTwice, prompt, session, tap } from "./workbench.ts";

function order(id: string, change: Partial<Order> = {}): Order {
  return { id, sessionId: "abcd", verb: "input", argument: `say ${id}`, recipient: adasChat, by: ada, message: { recipient: adasChat, id: "77" }, at: noon, ...change };
}

/** Two sessions run. */
async function views(): ReturnType<typeof openTwice> {
  const stores = await openTwice({ clock: onlyRings });
  await stores.mine.startSession(session("abcd"));
  await stores.mine.startSession(session("efgh"));
  return stores;
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
  await using stores = await views();
  const first = next(stores.mine, 1);
  await stores.theirs.placeOrder(order("one"));
  assert.deepEqual(await first, [order("one")]);
  await stores.theirs.placeOrder(order("other", { sessionId: "efgh" }));
  await stores.theirs.placeOrder(order("two", { at: noon + 1 }));
  assert.deepEqual((await next(stores.mine, 1)).map(({ id }) => id), ["two"]);
});

test("an order without a session waits until its own recipient says which", async () => {
  await using stores = await views();
  await stores.theirs.placeOrder(order("one", { sessionId: undefined }));
  assert.equal(await stores.theirs.addressOrder("one", { sessionId: "abcd", recipient: bobsChat }), false);
  const first = next(stores.mine, 1);
  assert.equal(await stores.theirs.addressOrder("one", { sessionId: "abcd", recipient: adasChat }), true);
  assert.deepEqual(await first, [order("one")]);
  assert.equal(await stores.theirs.addressOrder("one", { sessionId: "efgh", recipient: adasChat }), false);
});

test("every order stands in the log, and its text nowhere once it was taken", async () => {
  await using stores = await views();
  await stores.theirs.placeOrder(order("one", { argument: "correct horse" }));
  await next(stores.mine, 1);
  const [event] = [...stores.mine.events({ type: "command" })];
  assert.match(event?.line ?? "", /"verb":"input".*"bytes":13/);
  assert.doesNotMatch(event?.line ?? "", /horse/);
  assert.equal(await stores.mine.addressOrder("one", { sessionId: "abcd", recipient: adasChat }), false);
});

test("a message that is about a session leads to it, whether it shows a prompt or not", async () => {
  await using stores = await views();
  await stores.mine.openPrompt(prompt("p1"), noncesFor(prompt("p1")));
  await stores.mine.sent("p1", [{ recipient: adasChat, id: "5" }], noon);
  await stores.mine.noted("efgh", { recipient: adasChat, id: "6" });
  assert.deepEqual(["5", "6", "7"].map((id) => stores.theirs.sessionOf({ recipient: adasChat, id })), ["abcd", "efgh", undefined]);
  assert.equal(stores.theirs.sessionOf({ recipient: bobsChat, id: "5" }), undefined);
});

test("while a session is paused, no tap is accepted, and the tapper is told why", async () => {
  await using stores = await views();
  await stores.mine.openPrompt(prompt("p1"), noncesFor(prompt("p1")));
  await stores.mine.setAttention("abcd", { pausedAt: noon, mutedUntil: undefined });
  assert.equal(stores.theirs.sessions({}).find(({ id }) => id === "abcd")?.pausedAt, noon);
  const refused = await stores.theirs.decide(tap("p1", 0), noon + 1);
  assert.ok(refused.is === "invalid");
  assert.match(refused.why, /paused.*desk/);
  await stores.mine.setAttention("abcd", { pausedAt: undefined, mutedUntil: undefined });
  assert.equal((await stores.theirs.decide(tap("p1", 0), noon + 2)).is, "accepted");
});
