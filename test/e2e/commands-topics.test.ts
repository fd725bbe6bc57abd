import assert from "node:assert/strict";
import { test } from "node:test";
import type { Group, GroupOptions } from "../botapi/group.ts";
import type { User } from "../botapi/user.ts";
import { startDesk, type Desk } from "./desk.ts";
import { noted } from "./noted.ts";
import { pidOf } from "./pid-of.ts";
import type { Terminal } from "./terminal.ts";

const number = -1_001_234_567_890;
const naming = (name: string): string[] => ["--name", name, "bash", "-c", `read -p "Name of the ${name}: " a; echo "${name} is <$a>"; read -p "Sure? [y/n] " b; echo "sure: $b."; exit 4`];

interface Scene extends AsyncDisposable {
  readonly desk: Desk;
  readonly group: Group;
  readonly ada: User;
  run(words: readonly string[]): Terminal;
}

async function scene(options: GroupOptions = {}): Promise<Scene> {
  const desk = await startDesk();
  const group = desk.api.group(number, options);
  return {
    desk,
    group,
    ada: desk.ada.in(group),
    run: (words) => desk.run(words, { env: { AEGIS_TELEGRAM_GROUP: String(number) } }),
    [Symbol.asyncDispose]: () => desk[Symbol.asyncDispose](),
  };
}

test("each session has its topic, words in it go to that session, and it closes with the session", async () => {
  await using play = await scene();
  const { desk, group, ada } = play;
  await using shop = play.run(naming("shop"));
  const shops = await desk.asked("Name of the shop");
  await using blog = play.run(naming("blog"));
  const blogs = await desk.asked("Name of the blog");
  await noted(desk, 2);
  assert.deepEqual([shops, blogs].map(({ chatId }) => chatId), [number, number]);
  assert.deepEqual([shops, blogs].map(({ thread }) => group.topics.get(thread ?? 0)?.name.split(" ")[0]), ["shop", "blog"]);
  assert.deepEqual(desk.ada.inbox, []);

  ada.says("corner", { thread: blogs.thread ?? 0, afterS: 2 });
  await blog.shows(/blog is <corner>/);
  ada.says("/screen", { thread: shops.thread ?? 0 });
  const screen = await desk.api.message(({ text }) => text.startsWith("shop shows now"));
  assert.deepEqual([screen.thread, (await desk.api.message(({ photo }) => photo !== undefined)).thread], [shops.thread, shops.thread]);
  ada.says("/status@aegis_bot", { thread: blogs.thread ?? 0 });
  assert.equal((await desk.api.message(({ text }) => text.startsWith("2 sessions run"))).thread, blogs.thread);

  await desk.asked("Sure?");
  await ada.taps("Yes");
  assert.equal(await blog.exit(), 4);
  assert.match(blog.text, /sure: y\./);
  assert.deepEqual([shops, blogs].map(({ thread }) => group.topics.get(thread ?? 0)?.isClosed), [false, true]);
  assert.equal((await desk.api.message(({ text }) => text.startsWith("blog ended: exit 4"))).thread, blogs.thread);
  shop.type("x\r");
});

test("in a group the first of two people answers, strangers and other bots' commands count for nothing", async () => {
  await using play = await scene();
  const { desk, group, ada } = play;
  desk.configure({}, [desk.ada.person.id, 2_002]);
  const bob = desk.api.user(2_002, { first_name: "Bob" }).in(group);
  const mallory = desk.api.user(666, { first_name: "Mallory" }).in(group);
  await using terminal = play.run(["--name", "shop", "bash", "-c", 'read -p "Ship it? [y/n] " a; echo "got: $a."; read b']);
  const question = await desk.asked("Ship it?");
  const [yes, no] = [question.button("Yes"), question.button("No")];
  mallory.presses(yes, question);
  mallory.says("/stop", { thread: question.thread ?? 0 });
  ada.says("/stop@other_bot", { thread: question.thread ?? 0 });
  ada.says("are we there yet?");
  assert.match(await bob.presses(no, question).toast(), /No: sent/);
  assert.match(await ada.presses(yes, question).toast(), /already answered: No, by Bob/i);
  await terminal.shows(/got: n\./);
  terminal.type("\r");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /got: n\./);
  assert.deepEqual(desk.api.messages.filter(({ text }) => /Stop shop|To answer/.test(text)), []);
});

test("a topic that somebody deleted is opened anew", async () => {
  await using play = await scene();
  const { desk, group, ada } = play;
  await using terminal = play.run(naming("shop"));
  const first = await desk.asked("Name of the shop");
  group.deleteTopic(first.thread ?? 0);
  terminal.type("corner\r");
  const second = await desk.asked("Sure?");
  assert.notEqual(second.thread, first.thread);
  await ada.taps("Yes");
  assert.equal(await terminal.exit(), 4);
  assert.equal(group.topics.get(second.thread ?? 0)?.isClosed, true);
});

test("the topic of a session that was killed is closed by another one", async () => {
  await using play = await scene();
  const { desk, group, ada } = play;
  await using shop = play.run(naming("shop"));
  await desk.asked("Name of the shop");
  await using blog = play.run(["--name", "blog", "bash", "-c", 'read -p "Publish it? [y/n] " a']);
  const question = await desk.asked("Publish it?");
  await noted(desk, 2);
  process.kill(pidOf(desk, "blog"), "SIGKILL");
  await blog.exit();
  const yes = question.button("Yes");
  assert.match(await ada.presses(yes, question).toast(), /session has ended/);
  await desk.api.call("closeForumTopic");
  assert.equal(group.topics.get(question.thread ?? 0)?.isClosed, true);
  shop.type("x\r");
});

for (const [what, options, words] of [
  ["is no forum", { isForum: false }, /not a forum/],
  ["lets the bot open no topics", { canManageTopics: false }, /not enough rights/],
] as const) {
  test(`in a group that ${what}, questions stand among all else, and the person is told after the run`, async () => {
    await using play = await scene(options);
    const { desk, ada } = play;
    await using terminal = play.run(["--name", "shop", "bash", "-c", 'read -p "Ship it? [y/n] " a; echo "got: $a."']);
    assert.equal((await desk.asked("Ship it?")).thread, undefined);
    await ada.taps("Yes");
    assert.equal(await terminal.exit(), 0);
    assert.match(terminal.text, /got: y\./);
    assert.match(terminal.text.replace(/\s+/g, " "), words);
    assert.equal(desk.api.calls.filter(({ method }) => method === "createForumTopic").length, 1);
  });
}
