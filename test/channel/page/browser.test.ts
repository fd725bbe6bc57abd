import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { test, type TestContext } from "node:test";
import type { Locator, Page } from "playwright-core";
import type { Incoming } from "../../../src/channel/channel.ts";
import type { PageChannel } from "../../../src/channel/page/page-channel.ts";
import type { Outcome } from "../../../src/prompt/reply.ts";
import { askOf, decisionOn, freeText, receipt } from "./ask.ts";
import { openContext, openTab, rebound, skip, useChromium } from "./chromium.ts";
import { Client, startPage } from "./client.ts";
import { tooFaint } from "./contrast.ts";
import { HandClock } from "./hand-clock.ts";

/** In the page: what a thumb 21 pixels above or below its middle would miss. */
const tooSmall = `[...document.querySelectorAll("button, summary, input")].filter((control) => {
  if (!control.checkVisibility()) return false;
  control.scrollIntoView({ block: "center" });
  const { x, y, width, height } = control.getBoundingClientRect();
  return ![-21, 21].every((away) => control.contains(document.elementFromPoint(x + width / 2, y + height / 2 + away)));
}).map((control) => control.innerText)`;

const { signal } = new AbortController();
const inChromium = { skip, timeout: 60_000 };
useChromium();

test("a prompt appears in an open tab, a tap answers it, and every tab sees that it was delivered", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openLive(t, page);
  const other = await openLive(t, page);
  await tab.getByText("Nothing waits for you.").waitFor();

  const ask = askOf();
  await page.send(ask, signal);
  const card = tab.getByRole("article", { name: "Do you want to continue?" });
  await card.getByText("36.9 kB of additional disk space").waitFor();
  assert.deepEqual(await card.getByRole("button").allInnerTexts(), ["2\nYes", "1\nNo"], "the declining one is last");
  assert.equal(await tab.title(), "(1) apt asks · aegis");
  assert.equal(await tab.locator("#icon").getAttribute("href"), "/icon-waiting.svg");
  assert.match(await tab.locator("#announcer").innerText(), /apt asks: Do you want to continue\?/);

  await card.getByRole("button", { name: "Yes" }).click();
  const arrival = await incoming(page);
  assert.deepEqual(arrival.reply.target, { promptId: ask.prompt.id, nonce: ask.nonceFor(1, "page:local") });
  assert.deepEqual(arrival.reply.answer, { choice: 1 });
  const decision = decisionOn(ask, "Yes");
  await arrival.tell({ is: "accepted", decision });
  for (const each of [tab, other]) await each.getByText("It is being typed").first().waitFor();
  assert.equal(await tab.getByRole("button", { name: "Yes" }).count(), 0);

  await page.settle(ask, [], { outcome: { is: "delivered", decision }, receipt }, signal);
  for (const each of [tab, other]) {
    await each.getByText("“Yes” by the local page. Delivered. #42·9f3ac1d2").waitFor();
    assert.equal(await each.getByRole("article").count(), 0);
    assert.equal(await each.title(), "aegis");
  }
});

test("a person who allowed it and looks elsewhere is called by a notice, which goes with the prompt", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openTab(t, "about:blank");
  await tab.context().grantPermissions(["notifications"], { origin: new URL(page.url).origin });
  // Notices cannot be listed from outside: each real one is also noted down.
  await tab.addInitScript(`globalThis.notices = []; Notification = class extends Notification { constructor(...given) { super(...given); notices.push(given); for (const word of ["show", "close"]) this.addEventListener(word, () => notices.push(word)); } };`);
  await tab.goto(page.url);
  await tab.locator(`#connection[data-state="live"]`).waitFor();
  assert.equal(await tab.getByRole("button", { name: "Notify me" }).isVisible(), false, "there is nothing left to ask");
  const devtools = await tab.context().newCDPSession(tab);
  await devtools.send("Emulation.setFocusEmulationEnabled", { enabled: false });
  await (await tab.context().newPage()).bringToFront();
  await page.send(askOf({ ...freeText, idle: true }), signal);
  await page.send({ ...askOf(freeText), isQuiet: true }, signal);
  const ask = askOf();
  await page.send(ask, signal);
  await tab.getByRole("button", { name: "Yes" }).waitFor();
  // Playwright's own waiting evaluates text within the page, which the page's policy forbids.
  const tells = async (word: string): Promise<void> => {
    while ((await tab.evaluate("notices.at(-1)")) !== word);
  };
  // One that is closed before it shows tells nothing of it.
  await tells("show");
  const notice = { body: "Do you want to continue?", tag: ask.prompt.id, icon: "/icon-waiting.svg", requireInteraction: true };
  assert.deepEqual(await tab.evaluate("notices"), [["apt asks", notice], "show"], "neither a composer that idles nor a quiet hour calls");
  await page.settle(ask, [], { outcome: { is: "expired" }, receipt }, signal);
  await tells("close");
});

test("a tap that comes too late says so and changes nothing", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openLive(t, page);
  await page.send(askOf(), signal);
  await tab.getByRole("button", { name: "No", exact: true }).click();
  await (await incoming(page)).tell({ is: "superseded" });
  await tab.getByText("No longer asked. Nothing was typed.").waitFor();
});

test("text is sent as it was typed, with the nonce of text", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openLive(t, page);
  const ask = askOf(freeText);
  await page.send(ask, signal);
  await tab.getByLabel("Type an answer").fill(" żółć 👩‍💻 ");
  await tab.getByLabel("Type an answer").press("Enter");
  const { reply } = await incoming(page);
  assert.deepEqual(reply.target, { promptId: ask.prompt.id, nonce: ask.nonceFor("text", "page:local") });
  assert.deepEqual(reply.answer, { text: " żółć 👩‍💻 " });
});

test("a password waits at the keyboard: there is nothing to tap or to fill", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openLive(t, page);
  await page.send(askOf({ ...freeText, secret: true }), signal);
  await tab.getByText("It waits at the keyboard").waitFor();
  assert.equal(await tab.locator("#prompts :is(button, input)").count(), 0);
});

test("a card takes no tap before it could be seen", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openStill(t, page);
  await page.send(askOf(), signal);
  const card = tab.getByRole("article");
  await card.waitFor();
  await restsBeforeItAnswers(card, tab, page);
});

test("a card that moved up because another went takes no tap at once", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openStill(t, page);
  const [first, second] = [askOf(), askOf({ question: "And this?" })];
  for (const ask of [first, second]) await page.send(ask, signal);
  const card = tab.getByRole("article", { name: "And this?" });
  await card.waitFor();
  await tab.clock.runFor(600);
  await tab.locator('fieldset[aria-disabled="false"]').nth(1).waitFor();
  await page.settle(first, [], { outcome: { is: "expired" }, receipt }, signal);
  await tab.locator("#past").getByText("Expired.").waitFor();
  await restsBeforeItAnswers(card, tab, page);
});

test("by keyboard a digit goes to its choice and only Enter answers", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openLive(t, page);
  await page.send(askOf(), signal);
  await tab.locator('fieldset[aria-disabled="false"]').waitFor();
  await tab.keyboard.press("Enter");
  await tab.keyboard.press("2");
  assert.equal(await focused(tab), "BODY", "neither reaches a card that has no focus");
  while (!(await focused(tab)).endsWith("Yes")) await tab.keyboard.press("Tab");
  await tab.keyboard.press("1");
  assert.equal(await focused(tab), "No");
  await tab.keyboard.press("Enter");
  const { reply } = await incoming(page);
  assert.deepEqual([reply.reference, reply.answer], ["1", { choice: 0 }]);
});

test("a prompt that arrives while one types takes neither focus nor Enter", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openLive(t, page);
  const typed = askOf(freeText);
  await page.send(typed, signal);
  await tab.getByLabel("Type an answer").click();
  await tab.keyboard.type("ha");
  await page.send(askOf(), signal);
  await tab.getByRole("button", { name: "Yes" }).waitFor();
  await tab.keyboard.type("lf 1");
  await tab.keyboard.press("Enter");
  const { reply } = await incoming(page);
  assert.deepEqual([reply.reference, reply.answer], ["1", { text: "half 1" }]);
});

test("what was focused when a prompt ends hands its focus to the outcome", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openLive(t, page);
  const ask = askOf();
  await page.send(ask, signal);
  await tab.locator('fieldset[aria-disabled="false"]').waitFor();
  await tab.getByRole("button", { name: "No", exact: true }).focus();
  await page.settle(ask, [], { outcome: { is: "superseded", why: "answered at the keyboard" }, receipt }, signal);
  await tab.locator("#past").getByText("Closed: answered at the keyboard.").waitFor();
  assert.match(await focused(tab), /answered at the keyboard/);
  assert.match(await tab.locator("#announcer").innerText(), /Do you want to continue\?: Closed: answered at the keyboard\./);
});

test("a long command is folded, and one tap shows all of it", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openLive(t, page);
  const session = { id: "s", name: "bash", command: ["bash", "-c", `echo ${"x".repeat(200)}; echo the end`], cwd: "/" };
  await page.send({ ...askOf(), session }, signal);
  const end = tab.getByRole("article").getByText("echo the end");
  await tab.getByRole("article").waitFor();
  assert.equal(await end.isVisible(), false);
  await tab.getByText("bash -c 'echo").first().click();
  await end.waitFor();
});

test("markup of the child stays text", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openLive(t, page);
  tab.on("dialog", () => assert.fail("a script ran"));
  const evil = `<img src=x onerror=alert(1)><script>alert(2)</script>"'><svg onload=alert(3)>{{7*7}}`;
  const choices = [{ label: evil, keys: "y", declines: false }];
  const ask = { ...askOf({ question: evil, excerpt: `${evil}\n${evil}`, choices, default: evil }), session: { id: evil, name: evil, command: [evil], cwd: evil } };
  await page.send(ask, signal);
  page.screen({ columns: 80, rows: [[{ text: evil, fg: `red;background:url(//evil)` }]], cursor: undefined });
  await tab.getByRole("button", { name: evil }).waitFor();
  await page.settle(ask, [], { outcome: { is: "superseded", why: evil }, receipt }, signal);
  await tab.locator("#past").getByText(`Closed: ${evil}`).waitFor();
  assert.equal(await tab.locator(":is(#prompts, #past, #terminal) :is(img, script, svg)").count(), 0);
});

test("characters that hide are shown, and marked", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openLive(t, page);
  await page.send(askOf({ question: "rm\u202Etxt?" }), signal);
  assert.equal(await tab.locator("h3 mark").innerText(), "‹U+202E›");
});

test("on 320 pixels nothing stands beyond the edge and every button fits a thumb", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openLive(t, page, { width: 320, height: 568 });
  const long = "x".repeat(300);
  const choices = [
    { label: `Yes, and don't ask again for ${long}`, keys: "1", declines: false },
    { label: "No", keys: "2", declines: true },
  ];
  await page.send({ ...askOf({ question: long, excerpt: `${long}\n│ ${"─".repeat(118)} │`, choices }), session: { id: "s", name: long, command: [long], cwd: `/${long}` } }, signal);
  await page.send(askOf(freeText), signal);
  page.screen({ columns: 200, rows: [[{ text: long.slice(0, 200) }]], cursor: { row: 0, column: 0 } });
  await tab.locator('fieldset[aria-disabled="false"]').first().waitFor();
  await tab.locator(".row").waitFor();
  assert.equal(await tab.evaluate("document.documentElement.scrollWidth"), 320);
  for (const control of await tab.locator("fieldset :is(button, input)").all()) {
    const box = await control.boundingBox();
    assert.ok(box && box.height >= 44 && box.x >= 0 && box.x + box.width <= 320, JSON.stringify(box));
  }
  assert.equal(await tab.evaluate(`[...document.querySelectorAll(".line")].some((line) => line.scrollWidth > line.clientWidth)`), false);
});

test("on a touch screen everything that can be tapped takes a thumb of 44 pixels", inChromium, async (t) => {
  await using page = await startPage();
  const context = await openContext({ width: 360, height: 740 }, { hasTouch: true, isMobile: true });
  t.after(() => context.close());
  const tab = await context.newPage();
  await tab.goto(page.url);
  const long = { id: "s", name: "bash", command: ["bash", "-c", "echo again and ".repeat(20)], cwd: "/" };
  await page.settle(askOf(), [], { outcome: { is: "expired" }, receipt }, signal);
  await page.send({ ...askOf(), session: long }, signal);
  await page.send(askOf(freeText), signal);
  page.screen({ columns: 80, rows: [[{ text: "$ make" }]], cursor: undefined });
  await tab.locator("#past").getByText("Expired.").waitFor();
  await tab.locator(".row").waitFor();
  assert.ok((await tab.locator(":is(button, summary, input):visible").count()) >= 8);
  assert.deepEqual(await tab.evaluate(tooSmall), []);
});

test("times are told in the unit that fits them", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openLive(t, page);
  const { prompt, ...rest } = askOf();
  const now = Date.now();
  await page.send({ ...rest, prompt: { ...prompt, openedAt: now - 150 * 60_000, expiresAt: now + 5 * 86_400_000 } }, signal);
  await tab.getByText("asked 3 h ago · expires in 5 days").waitFor();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`everything can be read in the ${colorScheme} scheme`, inChromium, async (t) => {
    await using page = await startPage();
    const tab = await openLive(t, page);
    await tab.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const decision = decisionOn(askOf(), "Yes");
    const outcomes: readonly Outcome[] = [{ is: "expired" }, { is: "delivered", decision }, { is: "not_delivered", decision, why: "the screen had changed" }];
    for (const outcome of outcomes) await page.settle(askOf(), [], { outcome, receipt }, signal);
    for (const different of [{ excerpt: "hidden \u202E" }, freeText, { ...freeText, secret: true }]) await page.send(askOf(different), signal);
    page.sessions([{ id: "s", name: "apt", command: "apt-get", cwd: "/", here: true, startedAt: 1, endedAt: null, exitCode: null, prompts: 1, answered: 0 }]);
    await tab.locator("#lines li").waitFor();
    await tab.locator('fieldset[aria-disabled="false"]').nth(2).waitFor();
    assert.deepEqual(await tab.evaluate(tooFaint), []);
    await page[Symbol.asyncDispose]();
    await tab.getByText("The session has ended.").waitFor();
    assert.deepEqual(await tab.evaluate(`${tooFaint}.filter(({ text }) => text.includes("session"))`), []);
  });
}

test("the screen keeps colours, columns and cursor", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openLive(t, page);
  assert.equal(await tab.locator("#screen").isVisible(), false);
  const rows = [[{ text: "a日本─", columns: 6, fg: "#ff0000", bold: true }, { text: "after", bg: 196 }], [{ text: "0123456789" }]];
  page.screen({ columns: 20, rows, cursor: { row: 1, column: 4 } });
  const [next, digits] = [tab.getByText("after"), tab.getByText("0123456789")];
  await digits.waitFor();
  const styles = await tab.evaluate(`[...document.querySelectorAll(".row:first-child > span")].map((run) => [getComputedStyle(run).color, getComputedStyle(run).backgroundColor])`);
  assert.deepEqual(styles, [["rgb(255, 0, 0)", "rgba(0, 0, 0, 0)"], ["rgb(223, 228, 234)", "rgb(255, 0, 0)"]]);
  const [nextBox, digitsBox, cursorBox] = [await next.boundingBox(), await digits.boundingBox(), await tab.locator(".cursor").boundingBox()];
  assert.ok(nextBox && digitsBox && cursorBox);
  const column = digitsBox.width / 10;
  assert.ok(Math.abs(nextBox.x - digitsBox.x - 6 * column) < 0.5, "wide characters take two columns each");
  assert.ok(Math.abs(cursorBox.x - digitsBox.x - 4 * column) < 0.5, "the cursor stands on the fifth digit");

  page.screen({ columns: 20, rows: [[{ text: "cleared" }]], cursor: undefined });
  await tab.getByText("cleared").waitFor();
  assert.deepEqual([await tab.locator(".row").count(), await tab.locator(".cursor").count()], [1, 0]);
});

test("a screen higher than its box shows where the cursor is, unless somebody reads further up", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openLive(t, page);
  const shows = (last: string): void => page.screen({ columns: 40, rows: Array.from({ length: 200 }, (_, row) => [{ text: row === 199 ? last : `line ${row}` }]), cursor: { row: 199, column: 0 } });
  const scrolls = (to: number): Promise<number> => tab.locator("#terminal").evaluate((terminal, top) => new Promise((scrolled) => {
    terminal.addEventListener("scroll", () => scrolled(terminal.scrollTop), { once: true });
    terminal.scrollTop = top;
  }), to);
  const isInSight = (): Promise<boolean> => tab.locator("#terminal").evaluate((terminal) => {
    const [row, sight] = [terminal.lastElementChild?.getBoundingClientRect(), terminal.getBoundingClientRect()];
    return row !== undefined && row.top >= sight.top && row.bottom <= sight.bottom + 1;
  });

  shows("Sure?");
  await tab.getByText("Sure?").waitFor();
  assert.ok(await isInSight());
  // The scroll that this took has been told: it was nobody's own.
  await tab.evaluate("new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))");
  await tab.setViewportSize({ width: 360, height: 400 });
  while (!(await isInSight()));
  assert.equal(await scrolls(0), 0);
  shows("Really?");
  await tab.getByText("Really?").waitFor();
  assert.equal(await isInSight(), false);
  await scrolls(99_999);
  await tab.getByRole("button", { name: "Full size" }).click();
  shows("At last?");
  await tab.getByText("At last?").waitFor();
  assert.ok(await isInSight());
});

test("a wrong token shows no prompt and says what to do", inChromium, async (t) => {
  await using page = await startPage();
  await page.send(askOf(), signal);
  const tab = await openTab(t, `${new URL(page.url).origin}/#wrong`);
  await tab.getByText("Open the one that aegis printed").waitFor();
  assert.equal(await tab.getByRole("article").count(), 0);
});

test("a foreign name that leads to loopback gets no page, even with the token", inChromium, async (t) => {
  await using page = await startPage();
  const { port, token } = new Client(page);
  const tab = await openTab(t, `http://${rebound}:${port}/#${token}`);
  await tab.getByText("this is not an address of the page").waitFor();
});

test("another site can neither read nor post nor frame the page, even if it knew the token", inChromium, async (t) => {
  await using page = await startPage();
  const { origin, token } = new Client(page);
  const elsewhere = createServer((_, response) => response.setHeader("Content-Type", "text/html").end("<title>elsewhere</title>"));
  await new Promise<void>((listening) => elsewhere.listen(0, "127.0.0.1", listening));
  t.after(() => elsewhere.close());
  const address = elsewhere.address();
  assert.ok(typeof address === "object" && address);
  const tab = await openTab(t, `http://127.0.0.1:${address.port}/`);
  const attempt = (init: string) => tab.evaluate(`fetch("${origin}/api/answers", ${init}).then((response) => response.type + response.status, (error) => error.name)`);
  const body = `{ method: "POST", body: '{"promptId":"p","nonce":"n","choice":0}'`;
  assert.equal(await attempt(`${body}, headers: { Authorization: "Bearer ${token}", "Content-Type": "application/json" } }`), "TypeError");
  assert.equal(await attempt(`${body}, mode: "no-cors" }`), "TypeError", "a resource of this site only");
  const framed = tab.waitForEvent("console", (message) => message.text().includes("frame-ancestors"));
  await tab.evaluate(`document.body.append(Object.assign(document.createElement("iframe"), { src: "${page.url}" }))`).catch(() => undefined);
  await framed;
});

test("when aegis leaves, the page says so and offers nothing to tap", inChromium, async (t) => {
  const page = await startPage();
  const tab = await openLive(t, page);
  await page.send(askOf(), signal);
  await tab.locator('fieldset[aria-disabled="false"]').waitFor();
  await page[Symbol.asyncDispose]();
  await tab.getByText("The session has ended.").waitFor();
  assert.equal(await tab.getByRole("button", { name: "Yes" }).isDisabled(), true);
  assert.equal(await tab.title(), "aegis");
});

test("when aegis is killed the page says so, and asks for the new address once another session has the port", inChromium, async (t) => {
  const killed = await spawnPage(t, 0);
  const tab = await openTab(t, killed.url);
  await tab.locator(`#connection[data-state="live"]`).waitFor();
  killed.process.kill("SIGKILL");
  await tab.getByText("aegis does not answer").waitFor();
  await spawnPage(t, Number(new URL(killed.url).port));
  await tab.getByText("Open the one that aegis printed").waitFor();
});

test("a stream that falls silent is given up and opened anew", inChromium, async (t) => {
  // Its clock stands: it never beats.
  await using page = await startPage(0, new HandClock());
  const tab = await openStill(t, page);
  await tab.clock.runFor(40_000);
  await tab.getByText("aegis does not answer").waitFor();
  await tab.clock.runFor(1_000);
  await tab.locator(`#connection[data-state="live"]`).waitFor();
});

test("a tab that rests for newer ones says so, and wakes on demand", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openLive(t, page);
  for (let newer = 1; newer <= 5; newer++) await new Client(page).events().next();
  await tab.getByRole("button", { name: "Use this tab" }).click();
  await tab.locator(`#connection[data-state="live"]`).waitFor();
});

test("a screen reader meets the question, the terminal's text, then the answers by their labels", inChromium, async (t) => {
  await using page = await startPage();
  const tab = await openLive(t, page);
  await page.send(askOf(), signal);
  await tab.getByRole("button", { name: "Yes" }).waitFor();
  const tree = await tab.getByRole("article").ariaSnapshot();
  const order = ["article \"Do you want to continue?\"", "apt-get install", "heading \"Do you want to continue?\"", "36.9 kB", "group \"Your answer\"", "button \"Yes\"", "button \"No\""].map((part) => tree.indexOf(part));
  assert.ok(order.every((at, index) => at > (order[index - 1] ?? -1)), `${order.join(" ")}\n${tree}`);
});

/** The test fails when a script of the page throws or asks for what its policy refuses. */
async function openLive(t: TestContext, page: PageChannel, size?: { width: number; height: number }): Promise<Page> {
  const tab = await openTab(t, page.url, size);
  const troubles: string[] = [];
  tab.on("pageerror", (error) => troubles.push(error.message));
  tab.on("console", (message) => message.text().includes("Content Security Policy") && troubles.push(message.text()));
  t.after(() => assert.deepEqual(troubles, []));
  await tab.locator(`#connection[data-state="live"]`).waitFor();
  return tab;
}

/** A live tab in which no time passes but what the test lets pass. */
async function openStill(t: TestContext, page: PageChannel): Promise<Page> {
  const tab = await openTab(t, "about:blank");
  await tab.clock.install({ time: 0 });
  await tab.clock.pauseAt(60_000);
  await tab.goto(page.url);
  await tab.locator(`#connection[data-state="live"]`).waitFor();
  return tab;
}

/** It takes no tap before it has rested for 600 ms, and then one. */
async function restsBeforeItAnswers(card: Locator, tab: Page, page: PageChannel): Promise<void> {
  await comesDownOn(card);
  await tab.clock.runFor(599);
  await comesDownOn(card);
  await tab.clock.runFor(1);
  await card.getByRole("button", { name: "No", exact: true }).click();
  const { reply } = await incoming(page);
  assert.deepEqual([reply.reference, reply.answer], ["1", { choice: 0 }]);
}

/** A finger that was on its way comes down where the first button now stands, whether it takes taps or not. */
async function comesDownOn(card: Locator): Promise<void> {
  await card.locator(".choice").first().dispatchEvent("click");
}

async function incoming(page: PageChannel): Promise<Incoming> {
  for await (const arrival of page.replies(signal)) return arrival;
  throw new Error("the replies ended");
}

async function focused(tab: Page): Promise<string> {
  return String(await tab.evaluate(`document.activeElement === document.body ? "BODY" : (document.activeElement.querySelector("bdi") ?? document.activeElement).innerText`));
}

async function spawnPage(t: TestContext, port: number): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", fileURLToPath(new URL("page.child.ts", import.meta.url)), String(port)], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => child.kill("SIGKILL"));
  const [url] = await once(createInterface({ input: child.stdout }), "line");
  return { process: child, url: String(url) };
}
