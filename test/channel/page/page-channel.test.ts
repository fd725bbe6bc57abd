import assert from "node:assert/strict";
import { createInterface } from "node:readline";
import { test } from "node:test";
import type { Channel, Incoming } from "../../../src/channel/channel.ts";
import type { PageEvent, PromptView } from "../../../src/channel/page/wire.ts";
import { askOf, decisionOn, freeText, receipt } from "./ask.ts";
import { Client, startPage } from "./client.ts";
import { HandClock } from "./hand-clock.ts";

const { signal } = new AbortController();

test("a tab gets the prompt as it stands, with the real labels and the declining choice last", async () => {
  await using page = await startPage();
  const ask = askOf();
  await page.send(ask, signal);
  const view = await firstPrompt(new Client(page));
  assert.equal(view.question, "Do you want to continue?");
  assert.equal(view.excerpt, ask.prompt.detection.excerpt);
  assert.deepEqual(view.choices, [
    { choice: 1, label: "Yes", declines: false, nonce: ask.nonceFor(1, "page:local") },
    { choice: 0, label: "No", declines: true, nonce: ask.nonceFor(0, "page:local") },
  ]);
  assert.equal(view.textNonce, null);
  assert.deepEqual(view.session, { name: "apt", command: `apt-get install 'it'\\''s here'`, cwd: "/home/ada" });
  assert.equal(view.seenBy, "read from the screen, 90 % sure");
});

test("a free-text prompt carries the nonce of typed replies and no other", async () => {
  await using page = await startPage();
  const ask = askOf(freeText);
  await page.send(ask, signal);
  const view = await firstPrompt(new Client(page));
  assert.deepEqual([view.choices, view.textNonce], [[], ask.nonceFor("text", "page:local")]);
});

test("a password prompt is shown without any nonce", async () => {
  await using page = await startPage();
  await page.send(askOf({ ...freeText, secret: true }), signal);
  const view = await firstPrompt(new Client(page));
  assert.deepEqual([view.choices, view.textNonce, view.secret], [[], null, true]);
});

test("characters that hide arrive spelt out", async () => {
  await using page = await startPage();
  await page.send(askOf({ question: "rm\u202E?", excerpt: "a\u200Bb", choices: [{ label: "Y\x1bes", keys: "y", declines: false }] }), signal);
  const view = await firstPrompt(new Client(page));
  assert.deepEqual([view.question, view.excerpt, view.choices[0]?.label], ["rm‹U+202E›?", "a‹U+200B›b", "Y‹U+001B›es"]);
});

test("the tab that answers is told the verdict, and every tab that it is being typed, then how it ended", async () => {
  await using page = await startPage();
  const client = new Client(page);
  const events = client.events();
  await events.next();
  const ask = askOf();
  await page.send(ask, signal);
  assert.equal((await nextPrompt(events)).ending, null);

  const nonce = ask.nonceFor(1, "page:local");
  const posted = client.answer({ promptId: ask.prompt.id, nonce, choice: 1 });
  const arrival = await incoming(page);
  const { reply } = arrival;
  assert.deepEqual(reply.target, { promptId: ask.prompt.id, nonce });
  assert.deepEqual(reply.answer, { choice: 1 });
  assert.equal(reply.recipient, "page:local");
  const decision = decisionOn(ask, "Yes");
  await arrival.tell({ is: "accepted", decision });
  assert.deepEqual(JSON.parse((await posted).body), { is: "accepted", say: "Sent: “Yes”" });

  const pending = await nextPrompt(events);
  assert.deepEqual(pending.ending, { tone: "pending", say: "“Yes” by the local page. It is being typed …", receipt: null, mayAskAgain: false });
  assert.deepEqual(pending.choices, [], "nothing is left to tap");

  await page.settle(ask, [], { outcome: { is: "delivered", decision }, receipt }, signal);
  assert.deepEqual((await nextPrompt(events)).ending, { tone: "good", say: "“Yes” by the local page. Delivered.", receipt: "#42·9f3ac1d2", mayAskAgain: false });
});

for (const [idle, words] of [[false, "Waits for an answer"], [true, "Waits for the next instruction"]] as const) {
  test(`a prompt without words of its own ${words.toLowerCase()}`, async () => {
    await using page = await startPage();
    await page.send(askOf({ question: "", idle }), signal);
    assert.equal((await firstPrompt(new Client(page))).question, words);
  });
}

test("a verdict that comes after the outcome does not reopen the prompt", async () => {
  await using page = await startPage();
  const client = new Client(page);
  const ask = askOf();
  await page.send(ask, signal);
  const posted = client.answer({ promptId: ask.prompt.id, nonce: ask.nonceFor(1, "page:local"), choice: 1 });
  const arrival = await incoming(page);
  const decision = decisionOn(ask, "Yes");
  await page.settle(ask, [], { outcome: { is: "delivered", decision }, receipt }, signal);
  await arrival.tell({ is: "accepted", decision });
  await posted;
  assert.equal((await firstPrompt(client)).ending?.tone, "good");
});

const outcomes = [
  [{ is: "expired" }, "Expired. Nothing was typed."],
  [{ is: "superseded", why: "answered at the keyboard" }, "Closed: answered at the keyboard."],
  [{ is: "ended", exitCode: 3 }, "The session ended before an answer (exit 3)."],
  [{ is: "ended", exitCode: undefined }, "aegis was killed before an answer. Nothing was typed."],
] as const;
for (const [outcome, say] of outcomes) {
  test(`an outcome "${outcome.is}" reads "${say}"`, async () => {
    await using page = await startPage();
    const ask = askOf();
    await page.settle(ask, await page.send(ask, signal), { outcome, receipt: undefined }, signal);
    assert.deepEqual((await firstPrompt(new Client(page))).ending, { tone: "neutral", say, receipt: null, mayAskAgain: outcome.is === "expired" });
  });
}

for (const [is, say] of [
  ["unconfirmed", "“Yes” by the local page. It was typed, but the screen did not move on."],
  ["not_delivered", "“Yes” by the local page. Not delivered: the screen had changed."],
] as const) {
  test(`an outcome "${is}" reads "${say}"`, async () => {
    await using page = await startPage();
    const ask = askOf();
    const outcome = { is, decision: decisionOn(ask, "Yes"), why: "the screen had changed" };
    await page.settle(ask, [], { outcome, receipt }, signal);
    assert.deepEqual((await firstPrompt(new Client(page))).ending, { tone: "bad", say, receipt: "#42·9f3ac1d2", mayAskAgain: false });
  });
}

test("a relayed password is covered in every word about it", async () => {
  await using page = await startPage();
  const ask = { ...askOf({ ...freeText, secret: true }), offer: { choices: false, text: true } };
  await page.send(ask, signal);
  const decision = decisionOn(ask, "hunter2");
  await page.settle(ask, [], { outcome: { is: "delivered", decision }, receipt }, signal);
  const view = await firstPrompt(new Client(page));
  assert.ok(!JSON.stringify(view).includes("hunter2"));
});

test("a reply that nobody dealt with comes again, and once dealt with never", async () => {
  await using page = await startPage();
  const client = new Client(page);
  const posts = [0, 1].map((choice) => client.answer({ promptId: "p", nonce: String(choice), choice }));
  const seen: number[] = [];
  for await (const { reply } of page.replies(signal)) {
    seen.push(choiceOf(reply.answer));
    break;
  }
  for await (const arrival of page.replies(signal)) {
    seen.push(choiceOf(arrival.reply.answer));
    await arrival.tell({ is: "unknown" });
    if (seen.length === 3) break;
  }
  assert.equal(seen[0], seen[1]);
  assert.notEqual(seen[1], seen[2]);
  for (const { status } of await Promise.all(posts)) assert.equal(status, 200);
});

test("aborting ends the replies without an error", async () => {
  await using page = await startPage();
  const abort = new AbortController();
  const over = (async () => {
    for await (const _ of page.replies(abort.signal)) assert.fail("there was no reply");
  })();
  abort.abort();
  await over;
});

test("when aegis leaves, tabs are told, a tap that waits is let go, and the port is free", async () => {
  const page = await startPage();
  const client = new Client(page);
  const events = client.events();
  await events.next();
  const posted = client.answer({ promptId: "p", nonce: "n", choice: 0 });
  await incoming(page);
  await page[Symbol.asyncDispose]();
  assert.deepEqual((await events.next()).value, { is: "bye" });
  assert.equal((await events.next()).done, true);
  assert.equal((await posted).status, 503);
  await using again = await startPage(client.port);
  assert.notEqual(new Client(again).token, client.token);
});

test("the oldest tab rests when a sixth opens, so that a browser's six connections leave one for an answer", async () => {
  await using page = await startPage();
  const client = new Client(page);
  const oldest = client.events();
  await oldest.next();
  for (let tab = 2; tab <= 6; tab++) await client.events().next();
  assert.deepEqual((await oldest.next()).value, { is: "rest" });
  assert.equal((await oldest.next()).done, true);
});

test("frames reach the tabs with every hidden character blotted, and a new tab gets the latest", async () => {
  await using page = await startPage();
  const client = new Client(page);
  const events = client.events();
  await events.next();
  page.screen({ columns: 2, rows: [[{ text: "a\u202E", fg: 1 }]], cursor: undefined });
  const { value } = await events.next();
  assert.ok(value?.is === "frame");
  assert.deepEqual(value.frame.rows, [[{ text: "a\uFFFD", fg: 1 }]]);
  const { value: snapshot } = await client.events().next();
  assert.ok(snapshot?.is === "snapshot");
  assert.deepEqual(snapshot.frame, value.frame);
});

test("whoever has frames to show can wait until someone looks", async () => {
  await using page = await startPage();
  const tabs: string[] = [];
  const watching = page.watched(signal).then(() => tabs.push("watched"));
  tabs.push("none yet");
  const events = new Client(page).events();
  await Promise.all([watching, events.next()]);
  await page.watched(signal);
  assert.deepEqual(tabs, ["none yet", "watched"]);
});

test("waiting for a tab ends when its signal aborts", async () => {
  await using page = await startPage();
  const leave = new AbortController();
  const watching = page.watched(leave.signal);
  leave.abort();
  await watching;
});

test("the same screen and the same sessions again are not pushed again", async () => {
  const clock = new HandClock();
  await using page = await startPage(0, clock);
  const client = new Client(page);
  const events = client.events();
  await events.next();
  const frame = { columns: 1, rows: [[{ text: "a" }]], cursor: undefined };
  page.screen(frame);
  assert.equal(await nextCell(events), "a");
  page.screen(structuredClone(frame));
  page.sessions([]);
  clock.pass(50);
  await client.ask("GET", "/", {});
  const ask = askOf();
  await page.send(ask, signal);
  assert.equal((await nextPrompt(events)).id, ask.prompt.id);
});

test("of the frames within a twentieth of a second a tab sees the last", async () => {
  const clock = new HandClock();
  await using page = await startPage(0, clock);
  const client = new Client(page);
  const events = client.events();
  await events.next();
  const feed = (text: string): void => page.screen({ columns: 3, rows: [[{ text }]], cursor: undefined });
  feed("0");
  assert.equal(await nextCell(events), "0");
  for (let frame = 1; frame <= 100; frame++) feed(String(frame));
  await client.ask("GET", "/", {});
  await page.send(askOf(), signal);
  assert.equal((await events.next()).value?.is, "prompt", "no frame came before");
  clock.pass(50);
  assert.equal(await nextCell(events), "100");
});

test("a stream on which nothing happens still beats, so that a dead one is noticed", async () => {
  const clock = new HandClock();
  await using page = await startPage(0, clock);
  const client = new Client(page);
  const response = await client.open("GET", "/api/events", client.own);
  const lines = createInterface({ input: response })[Symbol.asyncIterator]();
  await lines.next();
  clock.pass(15_000);
  assert.deepEqual([(await lines.next()).value, (await lines.next()).value], ["", ":"]);
});

test("a tab can look back on the last hundred prompts, and on every one that waits", async () => {
  await using page = await startPage();
  const waiting = askOf();
  await page.send(waiting, signal);
  const closed = Array.from({ length: 103 }, () => askOf());
  for (const ask of closed) await page.settle(ask, await page.send(ask, signal), { outcome: { is: "expired" }, receipt }, signal);
  const { value } = await new Client(page).events().next();
  assert.ok(value?.is === "snapshot");
  assert.deepEqual(value.prompts.map(({ id }) => id), [waiting, ...closed.slice(-100)].map(({ prompt }) => prompt.id));
});

test("sessions are shown as they are fed", async () => {
  await using page = await startPage();
  const line = { id: "k3v9", name: "apt", command: "apt-get", cwd: "/", here: true, startedAt: 1, endedAt: null, exitCode: null, prompts: 1, answered: 0 };
  page.sessions([line]);
  const { value } = await new Client(page).events().next();
  assert.ok(value?.is === "snapshot");
  assert.deepEqual([value.sessions, value.version], [[line], "1.2.3"]);
});

async function nextCell(events: AsyncGenerator<PageEvent, void, void>): Promise<string | undefined> {
  const { value } = await events.next();
  assert.ok(value?.is === "frame");
  return value.frame.rows[0]?.[0]?.text;
}

async function incoming(channel: Channel): Promise<Incoming> {
  for await (const item of channel.replies(signal)) return item;
  throw new Error("the replies ended");
}

async function firstPrompt(client: Client): Promise<PromptView> {
  const { value } = await client.events().next();
  assert.ok(value?.is === "snapshot" && value.prompts[0]);
  return value.prompts[0];
}

async function nextPrompt(events: AsyncGenerator<PageEvent, void, void>): Promise<PromptView> {
  const { value } = await events.next();
  assert.ok(value?.is === "prompt");
  return value.prompt;
}

function choiceOf(answer: { choice: number } | { text: string }): number {
  return "choice" in answer ? answer.choice : -1;
}
