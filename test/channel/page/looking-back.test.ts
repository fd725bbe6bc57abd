import assert from "node:assert/strict";
import { test } from "node:test";
import type { PageChannel } from "../../../src/channel/page/page-channel.ts";
import { pastView } from "../../../src/channel/page/prompt-view.ts";
import type { PageEvent, PromptView } from "../../../src/channel/page/wire.ts";
import type { Request } from "../../../src/channel/talk.ts";
import { askOf, receipt } from "./ask.ts";
import { openTab, skip, useChromium } from "./chromium.ts";
import { Client, startPage } from "./client.ts";

const { signal } = new AbortController();
const inChromium = { skip, timeout: 60_000 };
useChromium();

test("an expired prompt is asked again by its button, and the button goes when the question is back", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openTab(t, page.url);
  const ask = askOf();
  await page.send(ask, signal);
  await page.settle(ask, [], { outcome: { is: "expired" }, receipt }, signal);
  const again = tab.getByRole("button", { name: "Ask again" });
  await again.click();
  const request = await requested(page);
  assert.deepEqual([request.said, request.recipient, request.by.channel], [{ press: { is: "again", prompt: ask.prompt.id } }, "page:local", "page"]);
  await request.acknowledge("Passed on");
  await tab.getByText("Passed on").waitFor();
  await page.send(askOf(), signal);
  await tab.getByRole("article").waitFor();
  await again.waitFor({ state: "detached" });
  await tab.reload();
  await tab.getByRole("article").waitFor();
  assert.equal(await again.count(), 0, "nor does it come back");
});

test("a session's note is shown and announced, and outlives a reload", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openTab(t, page.url);
  await tab.locator(`#connection[data-state="live"]`).waitFor();
  await page.talk?.tell("page:local", { text: "bash says that it cannot go on:", excerpt: "limit \u202E reached" }, signal);
  await tab.locator("#past").getByText("limit ‹U+202E› reached").waitFor();
  assert.equal(await tab.locator("#announcer").innerText(), "bash says that it cannot go on:");
  await tab.reload();
  await tab.locator("#past").getByText("bash says that it cannot go on:").waitFor();
});

test("nobody is reminded of a card that stands before their eyes", async () => {
  await using page = await startPage();
  const ask = askOf();
  const [message] = await page.send(ask, signal);
  assert.ok(message);
  await page.talk?.tell("page:local", { text: "apt still waits for an answer to this.", replyTo: message }, signal);
  assert.deepEqual((await snapshot(page)).notes, []);
});

test("earlier runs stand below this one, in order and without any way to answer", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openTab(t, page.url);
  await tab.locator(`#connection[data-state="live"]`).waitFor();
  page.history([pastPrompt("First?", Date.UTC(2026, 0, 2)), pastPrompt("Second?", Date.UTC(2026, 0, 3))]);
  const now = askOf({ question: "Third?" });
  await page.send(now, signal);
  await page.settle(now, [], { outcome: { is: "expired" }, receipt }, signal);
  await tab.locator("#past").getByText("Third?").first().waitFor();
  assert.deepEqual(await tab.locator("#past summary").allInnerTexts(), ["Third?", "Second?", "First?"]);
  assert.match(await tab.locator("#past .aside").last().innerText(), /Jan/, "another day is named");
});

test("what asks for nothing again is refused", async () => {
  await using page = await startPage();
  const client = new Client(page);
  const headers = { ...client.own, "Content-Type": "application/json" };
  assert.equal((await client.ask("POST", "/api/again", headers, "{}")).status, 400);
  assert.equal((await client.ask("POST", "/api/again", { ...headers, Authorization: "Bearer wrong" }, "{}")).status, 401);
});

test("a wish to be asked again is let go when aegis leaves", async () => {
  const page = await startPage();
  const client = new Client(page);
  const posted = client.ask("POST", "/api/again", { ...client.own, "Content-Type": "application/json" }, JSON.stringify({ promptId: "prompt0001" }));
  await requested(page);
  await page[Symbol.asyncDispose]();
  assert.equal((await posted).status, 503);
});

function pastPrompt(question: string, openedAt: number): PromptView {
  const { prompt, session } = askOf({ question });
  return pastView({ ...prompt, openedAt }, session, { tone: "neutral", say: "Closed: answered at the keyboard.", receipt: null, mayAskAgain: false });
}

async function requested({ talk }: PageChannel): Promise<Request> {
  assert.ok(talk);
  for await (const request of talk.requests(signal)) return request;
  throw new Error("the requests ended");
}

async function snapshot(page: PageChannel): Promise<Extract<PageEvent, { is: "snapshot" }>> {
  const { value } = await new Client(page).events().next();
  assert.ok(value?.is === "snapshot");
  return value;
}
