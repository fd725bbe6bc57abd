import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Message } from "../botapi/chat.ts";
import { entries } from "./audit-log.ts";
import { startDesk, type Desk } from "./desk.ts";

/** Asks, says what it was answered, then reads lines that nobody is asked for. */
const shop = ["--name", "shop", "bash", "-c", 'read -p "Ship it? [y/n] " a; echo "shipped: $a."; while read l; do echo "line: $l."; done'];

/** Writes a command, and gives the bot's answer to it. */
async function says(desk: Desk, text: string, to?: Message): Promise<Message> {
  const before = desk.api.messages.at(-1)?.id ?? 0;
  if (to === undefined) desk.ada.says(text);
  else desk.ada.replies(text, { to });
  return await desk.api.message(({ id, replyTo }) => id > before && replyTo !== undefined && replyTo > before);
}

async function settled(desk: Desk, { id }: Message): Promise<Message> {
  return await desk.api.edited((message) => message.id === id);
}

test("the menu is set, and status, pending and help are answered from what is kept", async () => {
  await using desk = await startDesk();
  await using _terminal = desk.run(shop);
  await desk.api.message(({ text }) => text.includes("Ship it?"));
  await desk.api.call("setMyCommands");
  assert.ok(JSON.stringify(desk.api.commands).includes('"pending"'));
  assert.match((await says(desk, "/status")).text, /1 session runs:\nshop .*1 prompt, 0 answered from the phone, waits/);
  assert.match((await says(desk, "/pending")).text, /1 question waits[\s\S]*shop .*Ship it\?/);
  assert.match((await says(desk, "/help")).text, /\/input/);
  assert.match((await says(desk, "/format c:")).text, /no such command.*\/help/);
  assert.deepEqual(entries(desk, "command").map(({ verb }) => verb), ["status", "pending", "help"]);
  assert.equal(entries(desk, "command.refused").length, 1);
});

test("screen and tail show what the terminal shows, the screen also as a picture", async () => {
  await using desk = await startDesk();
  await using _terminal = desk.run(["--name", "shop", "bash", "-c", 'for n in 1 2 3 4 5; do echo "row $n"; done; read -p "Ship it? [y/n] " a'], { cols: 80, rows: 24 });
  await desk.api.message(({ text }) => text.includes("Ship it?"));
  const screen = await says(desk, "/screen");
  assert.match(screen.within("pre").join(), /^row 1\n[\s\S]*row 5\nShip it\? \[y\/n\]$/);
  const { photo, isSilent } = await desk.api.message((message) => message.photo !== undefined);
  assert.deepEqual([photo?.bytes.readUInt32BE(16), photo?.bytes.readUInt32BE(20), isSilent], [984, 600, true]);
  const tail = await says(desk, "/tail 2");
  assert.deepEqual(tail.within("pre"), ["row 5\nShip it? [y/n]"]);
});

test("a line is typed only when its own button confirms it, and the message says what came of it", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(shop);
  await desk.ada.taps("Yes");
  await terminal.shows(/shipped: y\./);
  const asked = await says(desk, "/input hello there");
  assert.deepEqual(asked.within("pre"), ["hello there"]);
  assert.doesNotMatch(terminal.text, /hello/);
  await desk.ada.taps("Type it");
  await terminal.shows(/line: hello there\./);
  const over = await settled(desk, asked);
  assert.match(over.text, /typed/);
  assert.deepEqual(over.buttons, []);
  assert.deepEqual([entries(desk, "inject.done").length, entries(desk, "command").length], [2, 2]);
  assert.doesNotMatch(readFileSync(join(desk.home, "audit.log"), "utf8"), /hello there/);
});

test("a line that is declined is not typed", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(shop);
  await desk.ada.taps("Yes");
  await terminal.shows(/shipped: y\./);
  const asked = await says(desk, "/input hello");
  await desk.ada.taps("Don't");
  assert.match((await settled(desk, asked)).text, /nothing was typed/i);
  assert.doesNotMatch(terminal.text, /hello/);
});

test("no line goes into a question with choices, but a key does", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(shop);
  await desk.api.message(({ text }) => text.includes("Ship it?"));
  const line = await says(desk, "/input maybe");
  await desk.ada.taps("Type it");
  assert.match((await settled(desk, line)).text, /not typed.*choices/);
  const key = await says(desk, "/keys ctrl-c");
  assert.match(key.within("pre").join(), /Ship it\?/);
  await desk.ada.taps("Type it");
  await terminal.exit();
  assert.doesNotMatch(terminal.text, /maybe/);
});

test("a key typed at the desk after the question wins over the confirmed line", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(shop);
  await desk.ada.taps("Yes");
  await terminal.shows(/shipped: y\./);
  const asked = await says(desk, "/input hello");
  terminal.type("mine\r");
  await terminal.shows(/line: mine\./);
  await desk.ada.taps("Type it");
  assert.match((await settled(desk, asked)).text, /not typed.*keyboard/);
  assert.doesNotMatch(terminal.text, /hello/);
});

test("stop ends the program once it is confirmed", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(shop);
  await desk.api.message(({ text }) => text.includes("Ship it?"));
  await says(desk, "/stop");
  await desk.ada.taps("Stop it");
  assert.equal(await terminal.exit(), 129);
});

test("with several sessions a command asks which, and a reply to a session's message says it", async () => {
  await using desk = await startDesk();
  await using _shop = desk.run(shop);
  await desk.api.message(({ text }) => text.includes("Ship it?"));
  await using _blog = desk.run(["--name", "blog", "bash", "-c", 'read -p "Publish it? [y/n] " a']);
  const blogs = await desk.api.message(({ text }) => text.includes("Publish it?"));
  const which = await says(desk, "/screen");
  assert.match(which.text, /Which session/);
  const button = which.button(/^blog/);
  await desk.ada.presses(button, which).toast();
  assert.match((await settled(desk, which)).text, /^For blog \(\w+\)\.$/);
  await desk.api.message(({ id, text }) => id > which.id && text.startsWith("blog shows now") && text.includes("Publish it?"));
  const screen = await says(desk, "/screen", blogs);
  assert.match(screen.text, /^blog shows now/);
  // The picture follows once the session has noted which message was its own.
  await desk.api.message(({ id, photo }) => id > screen.id && photo !== undefined);
  assert.match((await says(desk, "/tail 1", screen)).text, /of blog:/);
});

test("a paused session asks nothing and takes no tap until the desk resumes it", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(["bash", "-c", 'for q in One Two; do read -p "$q? [y/n] " a; echo "$q <$a>"; done']);
  const one = await desk.api.message(({ text }) => text.includes("One?"));
  assert.match((await says(desk, "/pause")).text, /aegis resume/);
  const yes = one.button("Yes");
  assert.match(await desk.ada.presses(yes, one).toast(), /paused/);
  assert.match((await says(desk, "/resume")).text, /only at the desk/);
  terminal.type("n\r");
  await terminal.shows(/Two\?/);
  assert.match((await says(desk, "/status")).text, /paused/);
  assert.ok(desk.api.messages.every(({ text }) => !text.includes("Two?")));
  const resumed = await desk.aegis(["resume"]);
  assert.equal(resumed.code, 0, resumed.stderr);
  await desk.api.message(({ text }) => text.includes("Two?"));
  await desk.ada.taps("Yes");
  await terminal.shows(/Two <y>/);
});

test("a stranger's command is neither obeyed nor answered", async () => {
  await using desk = await startDesk();
  await using _terminal = desk.run(shop);
  await desk.api.message(({ text }) => text.includes("Ship it?"));
  const mallory = desk.api.user(666, { first_name: "Mallory" });
  mallory.says("/screen");
  await says(desk, "/status");
  assert.deepEqual(mallory.inbox, []);
  assert.equal(entries(desk, "command").length, 1);
});
