import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, renameSync, rmdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ReadStream } from "node:tty";
import { forkPty } from "../../src/terminal/pty.ts";
import { main, startDesk } from "./desk.ts";
import { Terminal } from "./terminal.ts";

const ask = ["bash", "-c", 'read -p "Sure? [y/n] " a; echo "got <$a>"; exit 5'];

test("a wrong configuration is named with its place, and nothing is started", async () => {
  await using desk = await startDesk();
  desk.write('[prompts]\non_timeout = "approve"\n');
  const { code, stdout, stderr } = await desk.aegis(["run", "echo", "started"]);
  assert.equal(code, 125);
  assert.equal(stdout, "");
  assert.match(stderr, /^aegis: error: .*config\.toml:2:14: prompts\.on_timeout has a wrong value\naegis: hint: allowed is "wait" or "decline"\n$/);
});

test("an empty allow-list refuses to start", async () => {
  await using desk = await startDesk();
  desk.configure({}, []);
  const { code, stderr } = await desk.aegis(["run", "echo", "started"]);
  assert.equal(code, 125);
  assert.match(stderr, /allowed_users .* is empty\naegis: hint: /);
});

for (const [title, words, code, message] of [
  ["a command that does not exist", ["no-such-command"], 127, /there is no command "no-such-command"\n.*spelling/],
  ["a command line in quotes", ["echo a b"], 127, /there is no command "echo a b"\n.*leave the quotes out: aegis run echo a b;/],
  ["a file that cannot be executed", ["./notes.txt"], 126, /notes\.txt is not executable\n.*aegis run bash \.\/notes\.txt/],
  ["a folder", ["."], 126, /\. is a directory\n.*name a program/],
] as const) {
  test(`${title} exits ${code} with two lines`, async () => {
    await using desk = await startDesk();
    writeFileSync(join(desk.cwd, "notes.txt"), "");
    const finished = await desk.aegis(["run", ...words]);
    assert.equal(finished.code, code);
    assert.match(finished.stderr, message);
    assert.equal(finished.stderr.trimEnd().split("\n").length, 2);
  });
}

test("run without a command is a usage error of ours", async () => {
  await using desk = await startDesk();
  const { code, stderr } = await desk.aegis(["run"]);
  assert.equal(code, 125);
  assert.match(stderr, /^aegis: error: .*\naegis: hint: .*\n$/);
});

test("in a folder that was removed programs run all the same", async () => {
  await using desk = await startDesk();
  const script = `mkdir gone && cd gone && rmdir ../gone && exec "$0" "$1" run --channel none sh -c 'echo it runs; exit 3'`;
  await using terminal = new Terminal(["sh", "-c", script, process.execPath, main], { cwd: desk.cwd, env: desk.environment });
  assert.equal(await terminal.exit(), 3);
  assert.match(terminal.text, /it runs\naegis: session \w+ ended/);
});

test("an unknown command is a usage error", async () => {
  await using desk = await startDesk();
  assert.equal((await desk.aegis(["frobnicate"])).code, 2);
});

test("with a home that cannot be used the program runs alone, and the person is told", async () => {
  await using desk = await startDesk();
  const file = join(desk.cwd, "not-a-folder");
  writeFileSync(file, "");
  const { code, stdout, stderr } = await desk.aegis(["run", "bash", "-c", "echo it runs; exit 3"], { env: { AEGIS_HOME: file } });
  assert.equal(code, 3);
  assert.match(stdout, /it runs/);
  assert.match(stderr, /aegis: error: .*not a directory/);
});

test("with a database that is none the program runs alone, and the person is told", async () => {
  await using desk = await startDesk();
  writeFileSync(join(desk.home, "aegis.db"), "this is no database, but it is long enough to be read as one", { mode: 0o600 });
  const { code, stdout, stderr } = await desk.aegis(["run", "bash", "-c", "echo it runs; exit 3"]);
  assert.equal(code, 3);
  assert.match(stdout, /it runs/);
  assert.match(stderr, /aegis: error: /);
});

test("a question that could not be kept keeps none of those after it", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(["bash", "-c", 'for q in One Two Three; do read -p "$q? [y/n] " a; done']);
  await desk.api.message(({ text }) => text.includes("One?"));
  const log = join(desk.home, "audit.log");
  renameSync(log, `${log}.away`);
  mkdirSync(log);
  terminal.type("y\r");
  await desk.logged(/a prompt stopped/);
  rmdirSync(log);
  renameSync(`${log}.away`, log);
  terminal.type("y\r");
  await desk.api.message(({ text }) => text.includes("Three?"));
  await desk.ada.taps("Yes");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.output, /aegis: error: the relay broke \(a prompt\)/);
  assert.equal((await desk.aegis(["audit", "verify"])).code, 0);
});

test("a question that could not be kept is asked as soon as it can be", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(["bash", "-c", 'for q in One Two; do read -p "$q? [y/n] " a; done']);
  await desk.api.message(({ text }) => text.includes("One?"));
  const log = join(desk.home, "audit.log");
  renameSync(log, `${log}.away`);
  mkdirSync(log);
  terminal.type("y\r");
  await desk.logged(/a question is not asked yet/);
  rmdirSync(log);
  renameSync(`${log}.away`, log);
  await desk.api.edited(({ text }) => text.includes("One?") && /answered at the keyboard/i.test(text));
  const { buttons } = await desk.api.message(({ text }) => text.includes("Two?"));
  assert.deepEqual(buttons.map(({ text }) => text), ["Yes", "No"]);
  await desk.ada.taps("Yes");
  assert.equal(await terminal.exit(), 0);
  assert.equal((await desk.aegis(["audit", "verify"])).code, 0);
});

test("a symlink in place of the log is not followed", async () => {
  await using desk = await startDesk();
  symlinkSync("/dev/null", join(desk.home, "audit.log"));
  const { code, stdout, stderr } = await desk.aegis(["run", "echo", "it runs"]);
  assert.equal(code, 0);
  assert.match(stdout, /it runs/);
  assert.match(stderr, /aegis: error: /);
});

test("a FIFO in place of a file that is read or written freezes nothing", async () => {
  await using desk = await startDesk();
  mkdirSync(join(desk.home, "patterns"));
  for (const name of ["aegis.log", "patterns/mine.toml"]) execFileSync("mkfifo", [join(desk.home, name)]);
  await using terminal = desk.run(ask, { env: { AEGIS_LOG_LEVEL: "debug" } });
  await desk.api.message(({ text }) => text.includes("Sure?"));
  await desk.ada.taps("Yes");
  assert.equal(await terminal.exit(), 5);
  assert.match(terminal.text, /got <y>/);
});

test("a token that Telegram refuses is told once, after the run, without the token", async () => {
  await using desk = await startDesk();
  using _ = desk.api.fault("*", { kind: "error", code: 401, description: "Unauthorized" }, 1000);
  await using terminal = desk.run(ask);
  await terminal.shows(/Sure\?/);
  await desk.api.call("getUpdates");
  terminal.type("y\r");
  assert.equal(await terminal.exit(), 5);
  assert.match(terminal.text, /got <y>/);
  assert.deepEqual(terminal.output.match(/aegis: error: [^(]*/g), ["aegis: error: Telegram refused the bot token "]);
  assert.ok(!terminal.output.includes(desk.api.token));
});

test("somebody who was not reached is named after the run, and the others are asked all the same", async () => {
  await using desk = await startDesk();
  desk.configure({}, [desk.ada.person.id, 4242]);
  await using terminal = desk.run(["bash", "-c", 'read -p "Sure? [y/n] " a'], { cols: 200 });
  await desk.api.until("refusal", () => desk.api.calls.find(({ refusal }) => refusal?.includes("chat not found")));
  await desk.ada.taps("Yes");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.output, /aegis: error: 4242 of telegram\.allowed_users was not reached: this person has not pressed Start[^\n]*\n[^\n]*aegis: hint: they must have pressed Start/);
});

test("with Telegram out of reach the program runs on, and the person is told after it", async () => {
  await using desk = await startDesk();
  desk.write(`[telegram]\nbot_token = "${desk.api.token}"\nallowed_users = [1]\napi_root = "http://127.0.0.1:9"\n[prompts]\ndesk_seconds = 0\n`);
  await using terminal = desk.run(ask);
  await terminal.shows(/Sure\?/);
  await desk.logged(/Telegram: .*ECONNREFUSED/);
  terminal.type("y\r");
  assert.equal(await terminal.exit(), 5);
  assert.match(terminal.text, /got <y>/);
  assert.match(terminal.output, /aegis: error: .*Telegram/);
  assert.ok(!terminal.output.includes(desk.api.token));
});

test("the child sees nothing of aegis but its session, and no file is for others", async () => {
  await using desk = await startDesk();
  const { stdout } = await desk.aegis(["run", "env"], { env: { AEGIS_TELEGRAM_BOT_TOKEN: desk.api.token, AEGIS_LOG_LEVEL: "debug" } });
  assert.deepEqual(stdout.match(/^AEGIS_\w+/gm), ["AEGIS_SESSION"]);
  assert.ok(!stdout.includes(desk.api.token));
  const { stdout: modes } = await desk.aegis(["run", "--channel", "none", "find", desk.home, "-printf", "%m %y %P\\n"]);
  assert.deepEqual(modes.split(/\r?\n/).filter((line) => !/^(600 f|700 d|$)/.test(line)), []);
});

test("a home that was open to others is closed", async () => {
  await using desk = await startDesk();
  chmodSync(desk.home, 0o755);
  mkdirSync(join(desk.home, "patterns"));
  const { stdout } = await desk.aegis(["run", "--channel", "none", "stat", "-c", "%a", desk.home]);
  assert.match(stdout, /^700/);
});

test("between its two lines aegis prints nothing, and the output is the child's", async () => {
  await using desk = await startDesk();
  const { stdout, stderr } = await desk.aegis(["run", "--channel", "none", "bash", "-c", "printf 'a\\tb\\033[31mc\\n'; echo err >&2; stty size"]);
  assert.equal(stdout, "a\tb\x1b[31mc\r\nerr\r\n24 80\r\n");
  assert.match(stderr, /^aegis: session \w+: .*\naegis: session \w+ ended: 0 prompts, 0 answered from the phone, exit 0\n$/);
});

test("DEBUG is the child's: nothing of ours prints because of it", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(["bash", "-c", 'read -p "Sure? [y/n] " a; echo "DEBUG is $DEBUG"'], { env: { DEBUG: "*" } });
  await desk.ada.taps("Yes");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /DEBUG is \*/);
  assert.doesNotMatch(terminal.output, /telegraf/);
});

for (const signal of ["USR2", "XCPU", "ALRM"]) {
  test(`SIG${signal}, which nobody sends on purpose, ends the program in order, and the terminal is as it was`, async () => {
    await using desk = await startDesk();
    const script = 'stty -g; "$@"; echo "code $?"; stty -g';
    const words = [process.execPath, main, "run", "--channel", "none", "sh", "-c", `kill -${signal} $PPID; sleep 60`];
    await using terminal = new Terminal(["sh", "-c", script, "sh", ...words], { cwd: desk.cwd, env: desk.environment });
    assert.equal(await terminal.exit(), 0);
    assert.match(terminal.output, /ended: [^]*code 129\D/);
    const [before, after, ...more] = terminal.output.match(/\b[\da-f]+(?::[\da-f]+){10,}/g) ?? [];
    assert.equal(after, before);
    assert.deepEqual(more, []);
  });
}

test("a terminal that vanishes ends the program as it would without aegis, and nothing of ours crashes", async () => {
  await using desk = await startDesk();
  let ended: (how: { code: number; signal: number }) => void = () => undefined;
  const end = new Promise<{ code: number; signal: number }>((resolve) => (ended = resolve));
  const env = Object.fromEntries(Object.entries(desk.environment).map(([name, value]) => [name, value ?? ""]));
  const args = [main, "run", "--channel", "none", "sh", "-c", "echo it runs; sleep 60"];
  const { fd } = forkPty({ file: process.execPath, args, env, cwd: desk.cwd, size: { cols: 80, rows: 24 }, onExit: (code, signal) => ended({ code, signal }) });
  const window = new ReadStream(fd);
  let shown = "";
  for await (const bytes of window) if ((shown += String(bytes)).includes("it runs")) break;
  // Leaving the loop has closed the window.
  assert.deepEqual(await end, { code: 129, signal: 0 });
  assert.match((await desk.aegis(["sessions"])).stdout, /exit 129/);
});
