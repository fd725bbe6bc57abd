import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startDesk, type Desk } from "./desk.ts";

function asking(name: string): readonly string[] {
  // The messages show the command, so it must not hold the questions as they are asked.
  return ["--name", name, "bash", "-c", 'for w in sure really; do read -p "$0: $w? [y/n] " a; echo "$0 got <$a>"; done', name];
}

async function tap(desk: Desk, question: string, label: string): Promise<string> {
  const message = await desk.asked(question);
  return await desk.ada.presses(message.button(label), message).toast();
}

test("sessions share a bot: one polls, and each tap reaches the session that asked", async () => {
  await using desk = await startDesk();
  await using shop = desk.run(asking("shop"));
  await desk.asked("shop: sure?");
  await using blog = desk.run(asking("blog"));
  await desk.asked("blog: sure?");
  await tap(desk, "blog: sure?", "Yes");
  await tap(desk, "shop: sure?", "No");
  await tap(desk, "blog: really?", "No");
  await tap(desk, "shop: really?", "Yes");
  assert.equal(await shop.exit(), 0);
  assert.equal(await blog.exit(), 0);
  assert.match(shop.text, /got <n>[\s\S]*got <y>/);
  assert.match(blog.text, /got <y>[\s\S]*got <n>/);
  assert.equal(desk.api.calls.filter(({ refusal }) => refusal?.includes("Conflict")).length, 0);
  assert.doesNotMatch(shop.output + blog.output, /aegis: error/);
  assert.equal((await desk.aegis(["audit", "verify"])).code, 0);
});

test("when the session that polls is killed, another takes over and no tap is lost", async () => {
  await using desk = await startDesk();
  await using shop = desk.run(asking("shop"));
  await desk.asked("shop: sure?");
  await desk.api.polled();
  await using blog = desk.run(asking("blog"));
  await desk.asked("blog: sure?");
  process.kill(shop.pid, "SIGKILL");
  await shop.exit();
  assert.match(await tap(desk, "blog: sure?", "Yes"), /sent/i);
  await blog.shows(/blog got <y>/);
  const orphan = await desk.api.edited(({ text }) => text.includes("shop: sure?"));
  assert.match(orphan.text, /killed/i);
  assert.deepEqual(orphan.buttons, []);
  await tap(desk, "blog: really?", "No");
  assert.equal(await blog.exit(), 0);
  assert.match(blog.text, /got <y>[\s\S]*got <n>/);
  assert.match((await desk.aegis(["sessions"])).stdout, / exit 0 [^]* killed /);
  assert.equal((await desk.aegis(["audit", "verify"])).code, 0);
});

test("when the session that polls is stopped, another takes over", async () => {
  await using desk = await startDesk();
  await using shop = desk.run(asking("shop"));
  await desk.asked("shop: sure?");
  await desk.api.polled();
  await using _blog = desk.run(asking("blog"));
  await desk.asked("blog: sure?");
  process.kill(shop.pid, "SIGSTOP");
  assert.match(await tap(desk, "blog: sure?", "Yes"), /sent/i);
  process.kill(shop.pid, "SIGCONT");
  assert.match(await tap(desk, "shop: sure?", "No"), /sent/i);
  await shop.shows(/shop got <n>/);
});

test("a home whose path is too long for a socket is relayed all the same", async () => {
  await using desk = await startDesk();
  const home = join(desk.cwd, "a-folder-with-a-rather-long-name", "and-another-one-below-it-that-is-even-longer", "home");
  cpSync(desk.home, home, { recursive: true });
  await using terminal = desk.run(["bash", "-c", 'read -p "Sure? [y/n] " a; echo "got <$a>"'], { env: { AEGIS_HOME: home } });
  await desk.ada.taps("Yes");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /got <y>/);
  assert.doesNotMatch(terminal.output, /aegis: error/);
});
