import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, chmodSync, closeSync, mkdirSync, openSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { main, startDesk, type Desk } from "./desk.ts";

const ask = (question: string): string[] => ["bash", "-c", `read -p "${question} [y/n] " a; echo "got <$a>"`];
const noted = (n: number, text = "the network is down"): string => `2026-11-21T10:00:${String(n).padStart(2, "0")}.000Z warn k3v9tq ${text} ${n}\n`;

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

async function answeredSession(desk: Desk): Promise<void> {
  await using terminal = desk.run(ask("Ship everything that was built since the last release to production, for all customers?"));
  await desk.ada.taps("No");
  await terminal.exit();
}

test("status names what runs, who polls, what waits and what went wrong, in 80 columns", async () => {
  await using desk = await startDesk();
  appendFileSync(join(desk.home, "aegis.log"), noted(1, `Telegram could not be reached ${"for a long time ".repeat(9)}`), { mode: 0o600 });
  await using terminal = desk.run(ask("Is this a question that is long enough to be cut on any paper of eighty columns?"));
  await desk.api.message();
  await desk.api.polled();
  const { stdout } = await desk.aegis(["status"]);
  assert.match(stdout, /^SESSION +SINCE +CHANNEL +ANSWERED +COMMAND\n\w+ +\d\d-\d\d \d\d:\d\d:\d\d +telegram, polls +0 of 1 +bash/);
  assert.match(stdout, /^waits: \w+ since .*: Is this a question/m);
  assert.match(stdout, /^warn: +k3v9tq .*Telegram could not be reached/m);
  for (const line of linesOf(stdout)) assert.ok(line.length <= 80, line);
  const now = JSON.parse((await desk.aegis(["status", "--json"])).stdout);
  assert.equal(now.pollers[0].session, now.sessions[0].id);
  assert.equal(now.pending.length, 1);
  assert.equal(now.errors[0].session, "k3v9tq");
  terminal.type("y\r");
  await terminal.exit();
  assert.match((await desk.aegis(["status"])).stdout, /^no session runs/);
});

test("sessions and prompts are tables of at most 80 columns, or one object per line", async () => {
  await using desk = await startDesk();
  await answeredSession(desk);
  await desk.aegis(["run", "--channel", "none", "--name", "a\u202Eb", "true"]);
  assert.match((await desk.aegis(["sessions"])).stdout, / a‹U\+202E›b: true$/m);
  for (const command of ["sessions", "prompts"]) {
    const { stdout } = await desk.aegis([command]);
    for (const line of linesOf(stdout)) assert.ok(line.length <= 80, line);
    const { stdout: json } = await desk.aegis([command, "--json"]);
    assert.equal(linesOf(json).map((line): unknown => JSON.parse(line)).length, linesOf(stdout).length - 1);
  }
  assert.match((await desk.aegis(["sessions"])).stdout, /exit 0 +1 of 1 +bash/);
  assert.match((await desk.aegis(["prompts"])).stdout, /delivered: No +Ship everything that was.*…$/m);
  assert.equal(linesOf((await desk.aegis(["sessions", "--last", "1", "--json"])).stdout).length, 1);
});

test("a program's name does nothing to the terminal that lists it", async () => {
  await using desk = await startDesk();
  await desk.aegis(["run", "--channel", "none", "echo", "\u001B[2J\u202Egpj", "two\nlines"]);
  const { stdout } = await desk.aegis(["sessions"]);
  assert.match(stdout, /echo ‹U\+001B›\[2J‹U\+202E›gpj two lines$/m);
});

test("logs shows the newest entries, of one session if wished, as lines or as JSON", async () => {
  await using desk = await startDesk();
  writeFileSync(join(desk.home, "aegis.log"), Array.from({ length: 60 }, (_, n) => noted(n)).join("") + "2026-11-21T10:00:00.000Z info other hello\nnot of aegis\n", { mode: 0o600 });
  assert.equal(linesOf((await desk.aegis(["logs"])).stdout).length, 50);
  const { stdout } = await desk.aegis(["logs", "--session", "other", "--json"]);
  assert.deepEqual(linesOf(stdout).map((line): unknown => JSON.parse(line)), [{ at: "2026-11-21T10:00:00.000Z", level: "info", session: "other", message: "hello" }]);
});

test("logs -f goes on with what is noted, also in a file that took its place", async () => {
  await using desk = await startDesk();
  const log = join(desk.home, "aegis.log");
  writeFileSync(log, noted(1), { mode: 0o600 });
  const child = spawn(process.execPath, [main, "logs", "-f"], { env: desk.environment, stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);
  assert.match(await next(), /down 1$/);
  appendFileSync(log, noted(2).slice(0, 30));
  appendFileSync(log, noted(2).slice(30));
  assert.match(await next(), /down 2$/);
  renameSync(log, `${log}.old`);
  writeFileSync(log, noted(3), { mode: 0o600 });
  assert.match(await next(), /down 3$/);
  child.kill("SIGINT");
  await once(child, "exit");
});

test("a reader that has seen enough ends a listing without a word", async () => {
  await using desk = await startDesk();
  writeFileSync(join(desk.home, "aegis.log"), Array.from({ length: 60 }, () => noted(1, "x".repeat(9000))).join(""), { mode: 0o600 });
  for (const words of ["logs --last 60", "logs -f --last 60", "--help"]) {
    const shell = spawn("bash", ["-c", `"${process.execPath}" "${main}" ${words} | head -c 20; echo "status \${PIPESTATUS[0]}"`], { env: desk.environment });
    const [stdout, stderr] = await Promise.all([shell.stdout.toArray(), shell.stderr.toArray()]);
    assert.match(stdout.join(""), /status 0\n$/, words);
    assert.equal(stderr.join(""), "", words);
  }
});

test("colours are for terminals, and NO_COLOR takes them off there too", async () => {
  await using desk = await startDesk();
  await answeredSession(desk);
  assert.doesNotMatch((await desk.aegis(["sessions"])).stdout, /\x1b/);
  for (const [env, isColoured] of [[{}, true], [{ NO_COLOR: "1" }, false], [{ TERM: "dumb" }, false]] as const) {
    await using terminal = desk.sits(["sessions"], { env });
    await terminal.exit();
    assert.equal(/\x1b\[1m/.test(terminal.output), isColoured);
  }
});

test("a database that others can read is refused in two lines that lead to doctor, which mends it", async () => {
  await using desk = await startDesk();
  desk.write("");
  await desk.aegis(["run", "--channel", "none", "true"]);
  chmodSync(join(desk.home, "aegis.db"), 0o644);
  const { code, stderr } = await desk.aegis(["sessions"]);
  assert.equal(code, 2);
  assert.match(stderr, /^aegis: error: .*aegis\.db can be reached by others.*\naegis: hint: "aegis doctor" .*\n$/);
  assert.equal((await desk.aegis(["doctor", "--fix"])).code, 0);
  assert.equal((await desk.aegis(["sessions"])).code, 0);
});

test("an empty home is no error for any of the lists", async () => {
  await using desk = await startDesk();
  for (const command of ["status", "sessions", "prompts", "logs"]) {
    const { code, stdout, stderr } = await desk.aegis([command], { env: { AEGIS_HOME: join(desk.cwd, "nowhere") } });
    assert.deepEqual([code, stderr, linesOf(stdout).length], [0, "", 1], command);
  }
});

test("a home that can't be read is an error of every command that reads it, and nothing is said of what it holds", async () => {
  await using desk = await startDesk();
  const env = { AEGIS_HOME: join(desk.home, "config.toml") };
  for (const words of [["status"], ["sessions"], ["prompts"], ["logs"], ["resume"], ["audit", "verify"], ["audit", "show"], ["audit", "purge", "--before", "1d"]]) {
    const { code, stdout, stderr } = await desk.aegis(words, { env });
    assert.deepEqual([code, stdout], [2, ""], words.join(" "));
    assert.match(stderr, /^aegis: error: .*config\.toml is not a directory\naegis: hint: .*set AEGIS_HOME.*\n$/, words.join(" "));
  }
});

test("what is printed onto a full disk is an error", async () => {
  await using desk = await startDesk();
  const full = openSync("/dev/full", "w");
  const { status, stderr } = spawnSync(process.execPath, [main, "status"], { env: desk.environment, stdio: ["ignore", full, "pipe"], encoding: "utf8" });
  closeSync(full);
  assert.deepEqual([status, stderr], [2, "aegis: error: the output can't be written: no space left on the device\naegis: hint: what was written so far is not all of it\n"]);
});

test("on a terminal an entry of the log goes on below its time; in a pipe it is one line", async () => {
  await using desk = await startDesk();
  await desk.aegis(["run", "--channel", "none", "echo", ..."a long command of many words".split(" ")]);
  await using terminal = desk.sits(["audit", "show"], { cols: 40 });
  await terminal.exit();
  assert.match(terminal.text, /^ {5}2 {2}\d\d-\d\d \d\d:\d\d:\d\d {2}\S+ *\n {8}session\.start/m);
  for (const line of linesOf((await desk.aegis(["audit", "show"])).stdout)) assert.match(line, /^ {5}\d {2}\d\d-\d\d/);
});

test("what stands in the log's place and is no file is named: a FIFO would be read for ever", async () => {
  await using desk = await startDesk();
  const log = join(desk.home, "aegis.log");
  mkdirSync(log);
  for (const command of ["status", "logs"]) {
    const { code, stdout, stderr } = await desk.aegis([command]);
    assert.deepEqual([code, stdout, stderr], [2, "", `aegis: error: ${log} is not a file\naegis: hint: move it away; the next run makes a new one\n`]);
  }
});
