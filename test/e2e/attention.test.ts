import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import Database from "better-sqlite3";
import { startDesk, type Desk } from "./desk.ts";

const ask = ["--name", "shop", "bash", "-c", 'read -p "Sure? [y/n] " a; echo "got: $a."'];

/** Quiet hours that have begun and last: by the clock of UTC, where the session must be run then. */
function quietNow(): string {
  const timeIn = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16);
  return `[quiet]\nfrom = "${timeIn(-1)}"\nto = "${timeIn(1)}"\n`;
}

const utc = { env: { TZ: "UTC" } };

const asks = (desk: Desk): number => desk.api.messages.filter(({ text }) => text.startsWith("shop asks\n")).length;

test("an expired question is asked again from its own message, under a new id, and answered once", async () => {
  await using desk = await startDesk();
  desk.configure({ timeout_seconds: 2 });
  await using terminal = desk.run(ask);
  const first = await desk.api.edited(({ text }) => /Expired/.test(text));
  assert.deepEqual(first.buttons.map(({ text }) => text), ["Ask again"]);
  await desk.ada.taps("Ask again");
  const second = await desk.api.message(({ id, text }) => id > first.id && text.includes("Sure?"));
  const yes = second.button("Yes");
  assert.match(await desk.ada.presses(yes, second).toast(), /sent/i);
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /got: y\./);
});

test("an expired question that was answered at the keyboard is not asked again", async () => {
  await using desk = await startDesk();
  desk.configure({ timeout_seconds: 1 });
  await using terminal = desk.run(["bash", "-c", 'read -p "Sure? [y/n] " a; echo "got: $a."; sleep 100']);
  const first = await desk.api.edited(({ text }) => /Expired/.test(text));
  terminal.type("n\r");
  await terminal.shows(/got: n\./);
  await desk.ada.taps("Ask again");
  await desk.api.message(({ id, text }) => id > first.id && /no longer stands/.test(text));
  assert.equal(desk.api.messages.filter(({ text }) => text.includes("Sure?")).length, 1);
});

test("half of the time over, one reminder replies to the question, and none after an answer", async () => {
  await using desk = await startDesk();
  desk.configure({ timeout_seconds: 3 });
  await using terminal = desk.run(ask);
  const question = await desk.api.message(({ text }) => text.includes("Sure?"));
  const reminder = await desk.api.message(({ text }) => text.includes("still waits"));
  assert.deepEqual([reminder.replyTo, reminder.isSilent], [question.id, false]);
  await desk.api.edited(({ text }) => /Expired/.test(text));
  assert.equal(desk.api.messages.filter(({ text }) => text.includes("still waits")).length, 1);
  terminal.type("y\r");
  await terminal.exit();
});

test("the reminder can be switched off", async () => {
  await using desk = await startDesk();
  desk.configure({ timeout_seconds: 1, reminder: false });
  await using _terminal = desk.run(ask);
  await desk.api.edited(({ text }) => /Expired/.test(text));
  assert.deepEqual(desk.api.messages.filter(({ text }) => text.includes("still waits")), []);
});

test("in quiet hours prompts ring, unless they are told not to", async () => {
  for (const rings of [true, false]) {
    await using desk = await startDesk();
    desk.adds(`${quietNow()}prompts = ${rings}\n`);
    await using _terminal = desk.run(ask, utc);
    assert.equal((await desk.api.message(({ text }) => text.includes("Sure?"))).isSilent, !rings);
  }
});

test("the end is told silently, with exit code and answers; not when it is switched off", async () => {
  for (const told of [true, false]) {
    await using desk = await startDesk();
    desk.adds(`[notices]\nended = ${told}\n`);
    await using terminal = desk.run([...ask.slice(0, 4), `${ask[4]}; exit 7`]);
    await desk.ada.taps("Yes");
    assert.equal(await terminal.exit(), 7);
    const notices = desk.api.messages.filter(({ text }) => /^shop ended: exit 7 after \d+ s; 1 prompt, 1 answered from the phone\.$/.test(text));
    assert.deepEqual(notices.map(({ isSilent }) => isSilent), told ? [true] : []);
  }
});

test("of two people the first answer wins, both copies settle, and one who blocked the bot keeps it from nobody", async () => {
  await using desk = await startDesk();
  const [bob, carol] = [desk.api.user(2_002, { first_name: "Bob" }), desk.api.user(3_003, { first_name: "Carol" })];
  desk.configure({}, [desk.ada.person.id, 2_002, 3_003]);
  carol.blocks();
  // It goes on after the answer: an ended session would leave the later tap to the next one.
  await using terminal = desk.run([...ask.slice(0, 4), `${ask[4]}; read b`]);
  await desk.api.until("both copies", () => (desk.ada.inbox.length > 0 && bob.inbox.length > 0) || undefined);
  const [adas, bobs] = [desk.ada.inbox[0], bob.inbox[0]];
  const [yes, no] = [adas?.buttons[0], bobs?.buttons[1]];
  assert.ok(adas && bobs && yes?.data !== undefined && no);
  // A button of one person's message is worth nothing in another's hands.
  assert.match(await bob.presses(yes, bobs).toast(), /not accepted/i);
  assert.match(await bob.presses(no, bobs).toast(), /No: sent/);
  assert.match(await desk.ada.presses(yes, adas).toast(), /already answered: No, by Bob/i);
  await terminal.shows(/got: n\./);
  terminal.type("\r");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /got: n\./);
  for (const copy of [adas, bobs]) assert.match(copy.text, /No, by Bob at [\d:]+\. Delivered/);
  assert.deepEqual(carol.inbox, []);
});

test("a storm of questions is summed up, and its button mutes the session", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(["--name", "shop", "bash", "-c", 'for n in $(seq 30); do read -p "Take number $n? [y/n] " a; done; echo "all: taken"']);
  // Ten come and go, each sent and answered at the keyboard; the next ones are held back.
  for (let n = 1; n <= 10; n++) {
    await desk.api.message(({ text }) => text.includes(`number ${n}?`));
    terminal.type("y\r");
    await desk.api.edited(({ text }) => text.includes(`number ${n}?`));
  }
  for (let n = 11; n <= 14; n++) {
    await terminal.shows(new RegExp(`number ${n}\\?`));
    terminal.type("y\r");
  }
  await terminal.shows(/number 15\?/);
  const late = await desk.api.message(({ text }) => text.includes("number 15?"));
  assert.equal(asks(desk), 11);
  const sum = await desk.api.message(({ text }) => /asks a lot: \d+ questions/.test(text));
  assert.ok(sum.isSilent);
  await desk.ada.taps("Mute it for ten minutes");
  await desk.api.message(({ text }) => /asks nothing for ten minutes/.test(text));
  terminal.type("y\r");
  await desk.api.edited(({ id }) => id === late.id);
  await terminal.shows(/number 16\?/);
  terminal.type("y\r".repeat(15));
  assert.equal(await terminal.exit(), 0);
  assert.equal(asks(desk), 11);
});

test("orders that were written into the database type nothing and end nothing", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(["--name", "shop", "bash", "-c", 'read -p "Sure? [y/n] " a; echo "got: $a."; while read l; do echo "line: $l."; done']);
  await desk.ada.taps("Yes");
  await terminal.shows(/got: y\./);
  assert.ok(existsSync(join(desk.home, "aegis.db")));
  {
    const database = new Database(join(desk.home, "aegis.db"));
    const session = database.prepare<[], { id: string }>("SELECT id FROM sessions").get()?.id ?? "";
    const forge = database.prepare("INSERT INTO orders (id, session_id, verb, argument, recipient, by_channel, by_id, by_name, at) VALUES (?, ?, ?, ?, ?, 'telegram', ?, 'Ada', 1)");
    const ada = String(desk.ada.person.id);
    forge.run("aaaaaaaaaa", session, "input", "rm -rf ~", `telegram:${ada}`, ada);
    forge.run("bbbbbbbbbb", session, "stop", "", `telegram:${ada}`, ada);
    forge.run("cccccccccc", session, "confirm", `aaaaaaaaaa:${"A".repeat(22)}`, `telegram:${ada}`, ada);
    forge.run("dddddddddd", session, "input", "rm -rf ~", "telegram:666", "666");
    forge.run("eeeeeeeeee", session, "format", "c:", `telegram:${ada}`, ada);
    database.close();
  }
  // All they bring about is a question to the person.
  const asked = await desk.api.message(({ text }) => /Type this line/.test(text));
  assert.deepEqual(asked.within("pre"), ["rm -rf ~"]);
  await desk.api.message(({ text }) => /Stop shop/.test(text));
  await desk.logged(/confirmation of nothing that waits/);
  terminal.type("mine\r");
  await terminal.shows(/line: mine\./);
  assert.doesNotMatch(terminal.text, /rm -rf/);
});

test("idle agents and banners are not told where they are switched off", async () => {
  await using desk = await startDesk();
  desk.adds("[notices]\nidle = false\nlimit = false\n");
  const agent = 'printf "\\033[?2004h"; echo "API Error: Repeated 529 Overloaded errors"; read -e -p "❯ " a; read -p "Sure? [y/n] " b';
  await using terminal = desk.run(["--name", "shop", "bash", "-c", agent]);
  await terminal.shows(/❯/);
  terminal.type("go on\r");
  await desk.ada.taps("Yes");
  await terminal.exit();
  assert.deepEqual(desk.api.messages.filter(({ text }) => /waits for the next|cannot go on/.test(text)), []);
});

test("in quiet hours the reminder comes, but rings no phone", async () => {
  await using desk = await startDesk();
  desk.configure({ timeout_seconds: 3 });
  desk.adds(quietNow());
  await using terminal = desk.run(ask, utc);
  assert.equal((await desk.api.message(({ text }) => text.includes("still waits"))).isSilent, true);
  terminal.type("y\r");
  await terminal.exit();
});

test("an agent's banner is told once, silently, however often it stands on the screen", async () => {
  await using desk = await startDesk();
  const agent = 'printf "\\033[?2004h"; echo "API Error: Repeated 529 Overloaded errors"; read -e -p "❯ " a; echo "API Error: Repeated 529 Overloaded errors"; read -e -p "❯ " a';
  await using terminal = desk.run(["--name", "shop", "bash", "-c", agent]);
  const idle = await desk.api.message(({ text }) => text.startsWith("shop waits for the next instruction"));
  const banner = await desk.api.message(({ text }) => text.startsWith("shop says that it cannot go on"));
  assert.deepEqual([banner.within("pre"), banner.isSilent, idle.isSilent], [["API Error: Repeated 529 Overloaded errors"], true, true]);
  terminal.type("go on\r");
  await desk.api.message(({ id, text }) => id > banner.id && text.startsWith("shop waits for the next instruction"));
  assert.equal(desk.api.messages.filter(({ text }) => text.startsWith("shop says")).length, 1);
});
