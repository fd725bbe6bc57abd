import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { openTab, skip, useChromium } from "../channel/page/chromium.ts";
import { startDesk, type Desk } from "./desk.ts";
import type { Terminal } from "./terminal.ts";

useChromium();

/** A desk without Telegram. */
async function startDeskWithPage(): Promise<Desk> {
  const desk = await startDesk();
  desk.write("[prompts]\ndesk_seconds = 0\n");
  return desk;
}

async function address(terminal: Terminal): Promise<string> {
  await terminal.shows(/http:\/\/127\.0\.0\.1:\d+\/#\S+/);
  return /http:\/\/127\.0\.0\.1:\d+\/#[\w-]+/.exec(terminal.output)?.[0] ?? "";
}

test("without Telegram a question is answered on the page, and a second tab sees it settled", { skip }, async (t) => {
  await using desk = await startDeskWithPage();
  await using terminal = desk.run(["bash", "-c", 'read -p "Ship it? [y/N] " a; echo "got <$a>"; sleep 600'], { cols: 160 });
  const url = await address(terminal);
  const tab = await openTab(t, url);
  const second = await openTab(t, url);
  await tab.getByText("Ship it?").first().waitFor();
  await tab.getByRole("button", { name: "Yes" }).click();
  await terminal.shows(/got <y>/);
  await second.getByText(/delivered/i).first().waitFor();
  assert.equal(await second.getByRole("button", { name: "Yes" }).count(), 0);
});

test("a text is typed from the page", { skip }, async (t) => {
  await using desk = await startDeskWithPage();
  await using terminal = desk.run(["python3", "-c", 'name = input("Project name: "); print("named", repr(name))'], { cols: 160 });
  const tab = await openTab(t, await address(terminal));
  await tab.getByRole("textbox").fill("Söhne & Co");
  await tab.getByRole("textbox").press("Enter");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /named 'Söhne & Co'/);
  assert.equal((await desk.aegis(["audit", "verify"])).code, 0);
});

test("a key on the screen is shaded on the page as it is taken out of the question", { skip }, async (t) => {
  await using desk = await startDesk();
  const key = `sk-ant-api03-${"aB3dE5gH7j".repeat(6)}`;
  for (const [redact, screen] of [[true, "▒".repeat(key.length)], [false, key]] as const) {
    desk.write(`[prompts]\ndesk_seconds = 0\nredact = ${redact}\n`);
    await using terminal = desk.run(["bash", "-c", `read -p "Use ${key}? [y/N] " a`], { cols: 160 });
    const tab = await openTab(t, await address(terminal));
    await tab.locator("#terminal").getByText(`Use ${screen}?`).waitFor();
    await tab.getByRole("button", { name: "Yes" }).waitFor();
    assert.equal((await tab.locator("body").innerText()).includes(key), !redact);
    terminal.type("y\r");
    assert.equal(await terminal.exit(), 0);
  }
});

test("the keyboard's answer settles the page", { skip }, async (t) => {
  await using desk = await startDeskWithPage();
  await using terminal = desk.run(["bash", "-c", 'read -p "Ship it? [y/N] " a; echo "got <$a>"; sleep 600'], { cols: 160 });
  const tab = await openTab(t, await address(terminal));
  await tab.getByRole("button", { name: "Yes" }).waitFor();
  terminal.type("n\r");
  await tab.getByText(/answered at the keyboard/i).first().waitFor();
  await terminal.shows(/got <n>/);
});

test("who comes back after the time is over has the question asked again", { skip }, async (t) => {
  await using desk = await startDesk();
  desk.write("[prompts]\ndesk_seconds = 0\ntimeout_seconds = 1\n");
  await using terminal = desk.run(["bash", "-c", 'read -p "Ship it? [y/N] " a; echo "got <$a>"; sleep 600'], { cols: 160 });
  const tab = await openTab(t, await address(terminal));
  await tab.getByRole("button", { name: "Ask again" }).click();
  // Its second is soon over as well.
  await tab.locator("#past").getByText("Expired. Nothing was typed.").nth(1).waitFor();
});

test("the page shows how the prompts of earlier runs ended", { skip }, async (t) => {
  await using desk = await startDeskWithPage();
  await using first = desk.run(["--name", "deploy", "bash", "-c", 'read -p "Ship it? [y/N] " a; read -p "Where to? " b; echo "got <$a$b>"'], { cols: 160 });
  const tab = await openTab(t, await address(first));
  await tab.getByRole("button", { name: "Yes" }).click();
  // When it goes, the next card rests anew and takes no Enter.
  await tab.locator("#past").getByText("Delivered.").waitFor();
  await tab.getByRole("textbox").fill("the moon");
  await tab.getByRole("textbox").press("Enter");
  assert.equal(await first.exit(), 0);
  await using second = desk.run(["cat"], { cols: 160 });
  const later = await openTab(t, await address(second));
  await later.locator("#past").getByText("“Yes” by the local page. Delivered.").waitFor();
  await later.locator("#past").getByText("A text by the local page. Delivered.").waitFor();
});

test("where the configured port is taken, the page stands on another", async (t) => {
  await using desk = await startDesk();
  const other = createServer();
  await new Promise<void>((listening) => other.listen(0, "127.0.0.1", listening));
  t.after(() => other.close());
  const taken = other.address();
  assert.ok(typeof taken === "object" && taken);
  desk.write(`[page]\nport = ${taken.port}\n`);
  const { code, stderr } = await desk.aegis(["run", "true"]);
  assert.equal(code, 0);
  assert.match(stderr, new RegExp(`^aegis: session \\w+: port ${taken.port} on 127\\.0\\.0\\.1 is taken, so prompts go to http://127\\.0\\.0\\.1:(?!${taken.port}/)\\d+/#\\S+\n`));
});
