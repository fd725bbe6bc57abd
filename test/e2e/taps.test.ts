import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startDesk } from "./desk.ts";

/** Says what it was answered, then asks again: an answer that comes twice would show. */
const question = ["bash", "-c", 'for n in 1 2; do read -p "Question $n? [y/n] " a; echo "answer $n is <$a>"; done'];

test("the second of two taps on a message is told that the first counted, and types nothing", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(question);
  const first = await desk.api.message(({ text }) => text.includes("Question 1?"));
  const [yes, no] = [first.button("Yes"), first.button("No")];
  const tap = desk.ada.presses(no, first);
  const late = desk.ada.presses(yes, first);
  assert.match(await tap.toast(), /sent/i);
  assert.match(await late.toast(), /already answered.*No/i);
  await desk.api.message(({ text }) => text.includes("Question 2?"));
  assert.match(terminal.text, /answer 1 is <n>/);
  await desk.ada.taps("Yes");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /answer 2 is <y>/);
  assert.equal(desk.api.messages.filter(({ text }) => text.includes("Question")).length, 2);
});

test("a tap on an old message never answers the question that stands now", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(question);
  const first = await desk.api.message(({ text }) => text.includes("Question 1?"));
  const yes = first.button("Yes");
  terminal.type("n\r");
  const second = await desk.api.message(({ text }) => text.includes("Question 2?"));
  assert.match(await desk.ada.presses(yes, first).toast(), /keyboard|no longer/i);
  assert.doesNotMatch(terminal.text, /answer 2/);
  assert.deepEqual((await desk.api.edited(({ id }) => id === first.id)).buttons, []);
  assert.equal(second.edits, 0);
  await desk.ada.taps("Yes");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /answer 1 is <n>[\s\S]*answer 2 is <y>/);
});

/** Asks about one thing after the other in the same words; the first goes by when somebody writes into the pipe "next". */
const passing = `
import os, select, sys
os.mkfifo("next")
pipe = os.open("next", os.O_RDWR)
for thing in "staging", "production":
    print("Deploy to", thing, flush=True)
    print("Continue? [y/n] ", end="", flush=True)
    ready, _, _ = select.select([0, pipe], [], [])
    if pipe in ready: os.read(pipe, 1)
    print(f"{thing} <{sys.stdin.readline().strip() if 0 in ready else ''}>", flush=True)
`;

test("a tap for a question that went by never answers the next one, though its words are the same", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(["python3", "-c", passing]);
  const first = await desk.api.message(({ text }) => text.includes("Deploy to staging"));
  const yes = first.button("Yes");
  writeFileSync(join(desk.cwd, "next"), "1");
  await terminal.shows(/staging <>[\s\S]*Continue\?/);
  // Before aegis has looked at the screen again, or after it.
  await desk.ada.presses(yes, first).toast();
  const second = await desk.api.message(({ text, id }) => id > first.id && text.includes("Deploy to production"));
  assert.doesNotMatch(second.text, /Deploy to staging/);
  await desk.ada.taps("No");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /staging <>[\s\S]*production <n>/);
});

test("an answer is told as delivered, though the same question comes again at once", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(["bash", "-c", 'until [ "$a" = n ]; do read -p "More? [y/n] " a; done']);
  const first = await desk.api.message(({ text }) => text.includes("More?"));
  await desk.ada.taps("Yes");
  assert.match((await desk.api.edited(({ id, buttons }) => id === first.id && buttons.length === 0)).text, /Delivered/);
  await desk.api.message(({ text, id }) => id > first.id && text.includes("More?"));
  await desk.ada.taps("No");
  assert.equal(await terminal.exit(), 0);
});

test("a forged nonce, a swapped choice and a foreign message change nothing", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(question);
  const message = await desk.api.message(({ text }) => text.includes("Question 1?"));
  const data = message.buttons.map((button) => button.data);
  const [yes = "", no = ""] = data;
  const [, id, nonce = "", index] = yes.split(":");
  const flipped = `${nonce.startsWith("A") ? "B" : "A"}${nonce.slice(1)}`;
  const forged = [
    `ans:${id}:${flipped}:${index}`,
    `ans:${id}:${no.split(":")[2]}:${index}`,
    `ans:${id}:${nonce}:9`,
    `ans:${id}:${nonce}`,
    `ans:aaaaaaaaaa:${nonce}:${index}`,
    "yes",
  ];
  for (const payload of forged) assert.doesNotMatch(await desk.ada.presses({ data: payload }, message).toast(), /sent to/i, payload);
  assert.doesNotMatch(terminal.text, /answer 1/);
  await desk.ada.taps("Yes");
  await terminal.shows(/answer 1 is <y>/);
});

test("a stranger's tap is neither obeyed nor answered", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(question);
  const message = await desk.api.message();
  const yes = message.button("Yes");
  const mallory = desk.api.user(666, { first_name: "Mallory" });
  const { updateId } = mallory.presses(yes, message);
  mallory.says("y");
  await desk.api.until("confirmed update", () => desk.api.confirmed.includes(updateId) || undefined);
  assert.equal(desk.api.calls.filter(({ method }) => method === "answerCallbackQuery").length, 0);
  assert.deepEqual(mallory.inbox, []);
  assert.doesNotMatch(terminal.text, /answer 1/);
  await desk.ada.taps("No");
  await terminal.shows(/answer 1 is <n>/);
});

test("a tap after the expiry is refused, and the keyboard still answers", async () => {
  await using desk = await startDesk();
  desk.configure({ timeout_seconds: 1 });
  await using terminal = desk.run(["bash", "-c", 'read -p "Sure? [y/n] " a; echo "got <$a>"']);
  const message = await desk.api.message();
  const yes = message.button("Yes");
  const settled = await desk.api.edited();
  assert.match(settled.text, /expired/i);
  assert.match(await desk.ada.presses(yes, message).toast(), /expired/i);
  assert.doesNotMatch(terminal.text, /got/);
  terminal.type("n\r");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /got <n>/);
});

test("a timeout presses the declining choice where the person asked for it", async () => {
  await using desk = await startDesk();
  desk.configure({ timeout_seconds: 1, on_timeout: "decline" });
  await using terminal = desk.run(["bash", "-c", 'read -p "Sure? [y/n] " a; echo "got <$a>"']);
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /got <n>/);
});

test("a text is typed by replying to the message, once, and nothing unprintable", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(["python3", "-c", 'name = input("Project name: "); print("named", repr(name))']);
  const message = await desk.api.message(({ text }) => text.includes("Project name:"));
  desk.ada.replies("one\ntwo", { to: message });
  desk.ada.replies("rm \u202Etxt", { to: message });
  desk.ada.replies("Müller & Söhne", { to: message });
  desk.ada.replies("too late", { to: message });
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /named 'Müller & Söhne'/);
});

test("a password is only announced: no button, no text, and the keyboard answers", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(["python3", "-c", 'import getpass; print("length", len(getpass.getpass("Vault password: ")))']);
  const message = await desk.api.message(({ text }) => text.includes("Vault password:"));
  assert.deepEqual(message.buttons, []);
  desk.ada.replies("hunter2", { to: message });
  await desk.api.message(({ id }) => id > message.id);
  assert.doesNotMatch(terminal.text, /length/);
  terminal.type("geheim\r");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /length 6/);
  assert.match((await desk.api.edited(({ id }) => id === message.id)).text, /keyboard/i);
  for (const file of ["audit.log", "aegis.db", "aegis.log"]) assert.ok(!readFileSync(join(desk.home, file)).includes("geheim"), file);
});

test("after one changed byte, verify names the line and how it is bad", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(["bash", "-c", 'read -p "Sure? [y/n] " a; echo "got <$a>"']);
  await desk.ada.taps("No");
  assert.equal(await terminal.exit(), 0);
  const log = join(desk.home, "audit.log");
  const text = readFileSync(log, "utf8");
  const lines = text.split("\n");
  const line = lines.findIndex((entry) => entry.includes('"type":"decision"'));
  assert.ok(line > 0);
  lines[line] = (lines[line] ?? "").replace('"No"', '"Mo"');
  assert.notEqual(lines.join("\n"), text);
  writeFileSync(log, lines.join("\n"));
  const verified = await desk.aegis(["audit", "verify"]);
  assert.equal(verified.code, 1);
  assert.match(verified.stdout, new RegExp(`line ${line + 1}\\b.*modified`));
});

test("a program that only waits is answered by a reply, though it asked nothing", async () => {
  await using desk = await startDesk();
  desk.configure({ stuck_timeout_seconds: 0.5 });
  await using terminal = desk.run(["bash", "-c", 'echo "The oven is hot now"; read l; echo "got <$l>"']);
  const message = await desk.api.message(({ text }) => text.includes("The oven is hot now"));
  desk.ada.replies("bread", { to: message });
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /got <bread>/);
  assert.match((await desk.api.edited(({ id, text }) => id === message.id && /delivered/i.test(text))).text, /Delivered/);
});
