import assert from "node:assert/strict";
import { readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { main, startDesk, type Desk } from "./desk.ts";
import type { Terminal } from "./terminal.ts";

const root = (desk: Desk): string[] => ["--api-root", desk.api.url];
const file = (desk: Desk): string => readFileSync(join(desk.home, "config.toml"), "utf8");

/** The code of the newest link that the terminal shows. */
async function linkCode(terminal: Terminal, nth = 1): Promise<string> {
  const links = /t\.me\/aegis_bot\?start=([\w-]{22})/g;
  await terminal.wrote((output) => [...output.matchAll(links)].length >= nth && /Ctrl-C stops/.test(output));
  return [...terminal.output.matchAll(links)][nth - 1]?.[1] ?? "";
}

async function numberOn(desk: Desk, user = desk.ada): Promise<string> {
  const message = await desk.api.message(({ chatId, text }) => chatId === user.person.id && /\d{6}/.test(text));
  return /\d{6}/.exec(message.text)?.[0] ?? "";
}

async function givesToken(desk: Desk, terminal: Terminal): Promise<void> {
  await terminal.shows(/The token \(it is not shown\)/);
  terminal.type(`${desk.api.token}\r`);
}

test("a new person types the token, opens the link, compares the number and taps the test button", async () => {
  await using desk = await startDesk();
  desk.write("# mine\n[prompts]\ndesk_seconds = 0 # at once\n");
  desk.ada.says("hello from before");
  await using terminal = desk.sits(["setup", ...root(desk)], { rows: 60 });
  await givesToken(desk, terminal);
  const code = await linkCode(terminal);
  desk.ada.says(`/start ${code}`);
  await terminal.shows(/opened by: Ada, @ada, id 12345678/);
  terminal.type(`${await numberOn(desk)}\r`);
  await terminal.shows(/paired with Ada \(12345678\)[^]*Tap the button/);
  assert.equal(await (await desk.ada.taps("It works")).toast(), "It works");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.output, /\d+ ms there and back/);
  assert.ok(!terminal.output.includes(desk.api.token), "the token must not be shown");
  assert.equal(file(desk), `# mine\n[prompts]\ndesk_seconds = 0 # at once\n\n[telegram]\napi_root = "${desk.api.url}"\nbot_token = "${desk.api.token}"\nallowed_users = [12345678]\n`);
  assert.equal(statSync(join(desk.home, "config.toml")).mode & 0o777, 0o600);
  assert.match(readFileSync(join(desk.home, "audit.log"), "utf8"), /"pairing\.completed"/);
  await using run = desk.run(["bash", "-c", 'read -p "Sure? [y/n] " a; echo "got <$a>"']);
  await desk.ada.taps("Yes");
  await run.shows(/got <y>/);
});

test("a stranger who is faster with the link gains nothing", async () => {
  await using desk = await startDesk();
  desk.write("");
  await using terminal = desk.sits(["setup", "--no-test", ...root(desk)], { rows: 90 });
  await givesToken(desk, terminal);
  const mallory = desk.api.user(666, { first_name: "Ada\u202E", username: "ada" });
  const first = await linkCode(terminal);
  mallory.says(`/start ${first}`);
  await terminal.shows(/id 666/);
  assert.doesNotMatch(terminal.output, /\u202E/);
  desk.ada.says(`/start ${first}`);
  terminal.type("\r");
  await terminal.shows(/nobody was let in/);
  const second = await linkCode(terminal, 2);
  assert.notEqual(second, first);
  mallory.says(`/start ${first}`);
  desk.ada.says(`/start ${second}`);
  await terminal.shows(/id 12345678/);
  terminal.type(`${await numberOn(desk)}\r`);
  assert.equal(await terminal.exit(), 0);
  assert.match(file(desk), /allowed_users = \[12345678\]/);
});

test("a wrong number lets nobody in, and five wrong codes void the link", async () => {
  await using desk = await startDesk();
  desk.write("");
  await using terminal = desk.sits(["setup", "--no-test", ...root(desk)], { rows: 120 });
  await givesToken(desk, terminal);
  const first = await linkCode(terminal);
  for (let guess = 0; guess < 5; guess += 1) desk.api.user(700 + guess).says(`/start ${"x".repeat(21)}${guess}`);
  const second = await linkCode(terminal, 2);
  desk.ada.says(`/start ${first}`);
  desk.ada.says(`/start ${second}`);
  const number = await numberOn(desk);
  const wrong = number === "000000" ? "000001" : "000000";
  for (const times of [1, 2, 3]) {
    await terminal.wrote((output) => output.split("Which number").length > times);
    terminal.type(`${wrong}\r`);
  }
  await linkCode(terminal, 3);
  terminal.type("\u0003");
  assert.equal(await terminal.exit(), 130);
  assert.equal(file(desk), "");
});

test("a token that Telegram refuses is asked for again", async () => {
  await using desk = await startDesk();
  desk.write("");
  await using terminal = desk.sits(["setup", "--allowed-user", "12345678", "--no-test", ...root(desk)], { rows: 60 });
  await terminal.shows(/The token/);
  terminal.type("hello\r");
  await terminal.shows(/That is no token/);
  terminal.type("1:wrong\r");
  await terminal.shows(/does not know this token/);
  terminal.type(`${desk.api.token}\r`);
  assert.equal(await terminal.exit(), 0);
  assert.ok(file(desk).includes(desk.api.token));
});

test("run again, it keeps the bot and the people unless told otherwise", async () => {
  await using desk = await startDesk();
  const before = `# office\n${file(desk)}`;
  desk.write(before);
  await using terminal = desk.sits(["setup", "--no-test"]);
  await terminal.shows(/Stay with @aegis_bot\?/);
  terminal.type("\r");
  await terminal.shows(/Let another person in\?/);
  terminal.type("\r");
  assert.equal(await terminal.exit(), 0);
  assert.equal(file(desk), before);
});

test("a webhook is removed only when the person insists", async () => {
  await using desk = await startDesk();
  desk.api.setWebhook("https://bots.example.com/hook");
  await using terminal = desk.sits(["setup", "--no-test"]);
  await terminal.shows(/Stay with/);
  terminal.type("\r");
  await terminal.shows(/sends its updates to bots\.example\.com/);
  terminal.type("\r");
  assert.equal(await terminal.exit(), 2);
  assert.equal(desk.api.calls.filter(({ method }) => method === "deleteWebhook").length, 0);
  const finished = await desk.aegis(["setup", "--yes"]);
  assert.equal(finished.code, 0, finished.stderr);
  await desk.api.call("deleteWebhook");
});

test("without a terminal the flags must suffice, and then they do", async () => {
  await using desk = await startDesk();
  desk.write("");
  writeFileSync(join(desk.cwd, "token"), desk.api.token, { mode: 0o600 });
  const lacking = await desk.aegis(["setup", "--token-file", "token", ...root(desk)]);
  assert.equal(lacking.code, 2);
  assert.match(lacking.stderr, /nobody may answer yet.*\naegis: hint: give --allowed-user ID/);
  assert.equal(file(desk), "");
  const finished = await desk.aegis(["setup", "--token-file", "token", "--allowed-user", "12345678", ...root(desk)]);
  assert.equal(finished.code, 0, finished.stderr);
  assert.match(file(desk), /token_file = ".*\/token"\nallowed_users = \[12345678\]/);
  assert.equal((await desk.aegis(["config", "validate"])).code, 0);
});

test("the environment can give the token, and the unattended test button is timed", async () => {
  await using desk = await startDesk();
  desk.write("");
  const env = { AEGIS_TELEGRAM_BOT_TOKEN: desk.api.token, AEGIS_TELEGRAM_ALLOWED_USERS: "12345678", AEGIS_TELEGRAM_API_ROOT: desk.api.url };
  const finished = desk.aegis(["setup", "--test"], { env });
  await desk.ada.taps("It works");
  const { code, stderr } = await finished;
  assert.equal(code, 0, stderr);
  assert.match(stderr, /\d+ ms there and back/);
  assert.match(stderr, /take AEGIS_TELEGRAM_BOT_TOKEN out/);
  assert.ok(!stderr.includes(desk.api.token));
});

test("inside a program that aegis runs, setup refuses, even when the program hides where it is", async () => {
  await using desk = await startDesk();
  const before = file(desk);
  const command = `${process.execPath} ${main} setup --yes --allowed-user 666`;
  await using terminal = desk.run(["bash", "-c", `${command}; env -u AEGIS_SESSION AEGIS_HOME=${desk.home} ${command}`], { cols: 150 });
  await terminal.exit();
  assert.equal(terminal.output.match(/setup does not run inside a program that aegis runs/g)?.length, 2);
  assert.equal(file(desk), before);
});

test("a configuration behind a symlink is left alone", async () => {
  await using desk = await startDesk();
  const elsewhere = join(desk.cwd, "elsewhere.toml");
  writeFileSync(elsewhere, file(desk), { mode: 0o600 });
  const link = join(desk.cwd, "link.toml");
  symlinkSync(elsewhere, link);
  const { code, stderr } = await desk.aegis(["setup", "--yes", "--allowed-user", "5"], { env: { AEGIS_CONFIG: link } });
  assert.equal(code, 2);
  assert.match(stderr, /is a symlink/);
  assert.equal(readFileSync(elsewhere, "utf8"), file(desk));
});
