import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startDesk, type Desk } from "./desk.ts";

interface Report {
  readonly ok: boolean;
  readonly findings: ReadonlyArray<{ id: string; is: string; what: string; why: string | null; mend: string | null; done: string | null }>;
}

async function examined(desk: Desk, words: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Report & { code: number }> {
  const { code, stdout, stderr } = await desk.aegis(["doctor", "--json", ...words], { env });
  assert.equal(stdout.trimEnd().split("\n").length, 1, stderr);
  const report: Report = JSON.parse(stdout);
  assert.ok(!stdout.includes(desk.api.token), "the token must not be shown");
  return { ...report, code };
}

/** A desk where doctor need not ask Telegram, which takes it three seconds. */
async function quietDesk(): Promise<Desk> {
  const desk = await startDesk();
  desk.write("");
  return desk;
}

const of = (report: Report, id: string) => report.findings.filter((finding) => finding.id === id);

test("a healthy desk has nothing bad, and every complaint says why and how to mend it", async () => {
  await using desk = await startDesk();
  const report = await examined(desk);
  assert.equal(report.code, 0);
  assert.ok(report.ok);
  for (const id of ["node", "native.better-sqlite3", "native.node-pty", "home", "config", "people", "patterns", "store", "telegram", "telegram.webhook", "telegram.poller", "clock"]) {
    assert.deepEqual(of(report, id).map(({ is }) => is), ["good"], id);
  }
  for (const { is, why, mend } of report.findings) assert.ok(is === "good" || (why && mend));
});

test("what running sessions keep in the home is theirs alone", async () => {
  await using desk = await startDesk();
  await using first = desk.run(["cat"]);
  await using second = desk.run(["cat"]);
  await desk.api.polled();
  const report = await examined(desk);
  assert.deepEqual(of(report, "home.modes"), []);
  for (const terminal of [first, second]) {
    terminal.type("\u0004");
    assert.equal(await terminal.exit(), 0);
  }
});

test("for people each complaint takes three lines, and the exit code is 1", async () => {
  await using desk = await startDesk();
  desk.api.setWebhook("https://bots.example.com/hook");
  const { code, stdout } = await desk.aegis(["doctor"]);
  assert.equal(code, 1);
  assert.match(stdout, /^✗ a webhook sends the bot's updates to bots\.example\.com\n {4}why: {2}.*\n {4}mend: .*$/m);
  assert.match(stdout, /"aegis doctor --fix" mends part of it/);
});

test("--fix closes what others can reach, removes a webhook, and says what it did", async () => {
  await using desk = await startDesk();
  mkdirSync(join(desk.home, "patterns"), { mode: 0o755 });
  chmodSync(join(desk.home, "config.toml"), 0o644);
  desk.api.setWebhook("https://bots.example.com/hook");
  const fixed = await examined(desk, ["--fix"]);
  assert.equal(fixed.code, 0, JSON.stringify(fixed));
  assert.deepEqual(of(fixed, "home.modes").map(({ is }) => is), ["mended", "mended"]);
  assert.match(of(fixed, "telegram.webhook")[0]?.done ?? "", /removed/);
  assert.equal(statSync(join(desk.home, "config.toml")).mode & 0o777, 0o600);
});

test("a symlink in the home is told and left to the person", async () => {
  await using desk = await quietDesk();
  symlinkSync("/etc/hostname", join(desk.home, "aegis.log"));
  const report = await examined(desk, ["--fix"]);
  assert.equal(report.code, 1);
  assert.match(of(report, "home.modes")[0]?.what ?? "", /symlink/);
});

test("a home that is no folder is bad, and patterns of an editor's usual mode are not: the folder around them keeps others out", async () => {
  await using desk = await quietDesk();
  const [home] = of(await examined(desk, [], { AEGIS_HOME: join(desk.home, "config.toml") }), "home");
  assert.deepEqual([home?.is, home?.what.endsWith(" is not a folder")], ["bad", true], home?.what);
  mkdirSync(join(desk.home, "patterns"), { mode: 0o755 });
  writeFileSync(join(desk.home, "patterns/mine.toml"), "", { mode: 0o644 });
  const report = await examined(desk);
  assert.deepEqual(of(report, "home.modes").map(({ is }) => is), ["warning", "warning"]);
  assert.equal(report.code, 0);
});

test("a pattern file that can't be read is named, and keeps no program from being relayed", async () => {
  await using desk = await quietDesk();
  mkdirSync(join(desk.home, "patterns"), { mode: 0o700 });
  symlinkSync("/nowhere", join(desk.home, "patterns/mine.toml"));
  const [patterns] = of(await examined(desk), "patterns");
  assert.deepEqual([patterns?.is, patterns?.what.endsWith("mine.toml:1:1: it can't be read: no such file or directory")], ["warning", true], patterns?.what);
  const { stderr } = await desk.aegis(["run", "true"]);
  assert.match(stderr, /mine\.toml.*\naegis: hint: this pattern file was skipped; the others work\n/);
  assert.doesNotMatch(stderr, /could not be relayed/);
});

test("a wrong configuration is named with its place", async () => {
  await using desk = await startDesk();
  desk.write("[prompts]\non_timeout = 'approve'\n");
  const report = await examined(desk);
  assert.equal(report.code, 1);
  assert.match(of(report, "config")[0]?.what ?? "", /config\.toml:2:14/);
});

test("what is set and does nothing is named: one half of the quiet hours, and a variable with a typing mistake", async () => {
  await using desk = await quietDesk();
  desk.write('[quiet]\nfrom = "22:00"\n');
  const report = await examined(desk, [], { AEGIS_PROMPTS_TIMEOUT: "5", AEGIS_PROMPTS_TIMEOUT_SECONDS: "5", AEGIS_OTHER: "x" });
  assert.equal(report.code, 0);
  assert.deepEqual(of(report, "quiet").map(({ what }) => what), ["quiet.from is set, and quiet.to is not"]);
  assert.deepEqual(of(report, "environment").map(({ what }) => what), ["AEGIS_PROMPTS_TIMEOUT is no key of the configuration"]);
});

test("a home that can't be made is bad, and one that can is not", async () => {
  await using desk = await quietDesk();
  const place = (AEGIS_HOME: string) => examined(desk, [], { AEGIS_HOME });
  assert.deepEqual(of(await place(join(desk.cwd, "a/b")), "home").map(({ is }) => is), ["good"]);
  writeFileSync(join(desk.cwd, "file"), "");
  const [wrong] = of(await place(join(desk.cwd, "file/b")), "home");
  assert.deepEqual([wrong?.is, /can't be made: .*\/file: it is not a directory$/.test(wrong?.what ?? "")], ["bad", true], wrong?.what);
});

test("a refused token and an unreachable Telegram are told apart", async () => {
  await using desk = await startDesk();
  {
    using _ = desk.api.fault("*", { kind: "error", code: 401, description: "Unauthorized" }, 1000);
    assert.match(of(await examined(desk), "telegram")[0]?.mend ?? "", /aegis setup/);
  }
  desk.write(`[telegram]\nbot_token = "${desk.api.token}"\nallowed_users = [1]\napi_root = "http://127.0.0.1:9"\n`);
  assert.match(of(await examined(desk), "telegram")[0]?.mend ?? "", /network/);
});

test("somebody who has not pressed Start is named", async () => {
  await using desk = await startDesk();
  desk.configure({}, [desk.ada.person.id, 4242]);
  const report = await examined(desk);
  assert.deepEqual(of(report, "telegram.person").map(({ is, what }) => [is, /^\d+/.exec(what)?.[0]]), [["good", "12345678"], ["bad", "4242"]]);
});

test("another poller of the bot is noticed", async () => {
  await using desk = await startDesk();
  const stop = new AbortController();
  const other = (async () => {
    while (!stop.signal.aborted) await fetch(`${desk.api.url}/bot${desk.api.token}/getUpdates?timeout=50`, { signal: stop.signal }).catch(() => undefined);
  })();
  await desk.api.polled();
  const report = await examined(desk);
  stop.abort();
  await other;
  assert.equal(of(report, "telegram.poller")[0]?.is, "bad");
});

test("a session of this machine that polls is no stranger", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(["bash", "-c", 'read -p "Sure? [y/n] " a']);
  await desk.api.message();
  await desk.api.polled();
  assert.match(of(await examined(desk), "telegram.poller")[0]?.what ?? "", /^session \w+ polls$/);
  terminal.type("y\r");
  await terminal.exit();
});

test("a session that was killed is found, and --fix ends it", async () => {
  await using desk = await startDesk();
  {
    await using terminal = desk.run(["bash", "-c", 'read -p "Sure? [y/n] " a']);
    await desk.api.message();
    process.kill(terminal.pid, "SIGKILL");
    await terminal.exit();
  }
  desk.write("");
  assert.equal(of(await examined(desk), "orphan")[0]?.is, "warning");
  assert.equal(of(await examined(desk, ["--fix"]), "orphan")[0]?.is, "mended");
  assert.deepEqual(of(await examined(desk), "orphan"), []);
});

test("a database that can't be used is told with its own remedy", async () => {
  await using desk = await quietDesk();
  await desk.aegis(["run", "--channel", "none", "true"]);
  const database = join(desk.home, "aegis.db");
  writeFileSync(database, "not a database ".repeat(500));
  assert.match(of(await examined(desk), "store")[0]?.mend ?? "", /^move it away/);
  chmodSync(database, 0o644);
  assert.equal(of(await examined(desk), "store")[0]?.mend, `run "chmod go= ${database}"`);
});

test("an altered log is bad", async () => {
  await using desk = await quietDesk();
  await desk.aegis(["run", "--channel", "none", "true"]);
  assert.match(of(await examined(desk), "log")[0]?.what ?? "", /intact/);
  const log = join(desk.home, "audit.log");
  writeFileSync(log, readFileSync(log, "utf8").replace('"session.start"', '"session.stArt"'));
  const report = await examined(desk);
  assert.equal(of(report, "log")[0]?.is, "bad");
  assert.equal(report.code, 1);
});

test("installed agents are listed with their versions", async () => {
  await using desk = await quietDesk();
  writeFileSync(join(desk.cwd, "codex"), "#!/bin/sh\necho codex-cli 0.170.1\n", { mode: 0o755 });
  const report = await examined(desk, [], { PATH: `${desk.cwd}:${process.env["PATH"]}` });
  assert.match(of(report, "agent.codex")[0]?.what ?? "", /^codex 0\.170\.1 \(tried up to 0\.169\.0\)$/);
});

test("a token in the environment is a warning", async () => {
  await using desk = await startDesk();
  const report = await examined(desk, [], { AEGIS_TELEGRAM_BOT_TOKEN: desk.api.token, AEGIS_TELEGRAM_API_ROOT: "http://127.0.0.1:9" });
  assert.equal(of(report, "token.environment")[0]?.is, "warning");
});

test("a group is looked at in place of the people's own chats", async () => {
  await using desk = await startDesk();
  const cases = [[-1001, undefined, "bad"], [-1002, { isForum: false }, "warning"], [-1003, { canManageTopics: false }, "warning"], [-1004, {}, "good"]] as const;
  for (const [group, options] of cases) if (options !== undefined) desk.api.group(group, options);
  const reports = await Promise.all(cases.map(([group]) => examined(desk, [], { AEGIS_TELEGRAM_GROUP: String(group) })));
  assert.deepEqual(reports.map((report) => of(report, "telegram.group").map(({ is }) => is)), cases.map(([, , is]) => [is]));
  assert.ok(reports.every((report) => of(report, "telegram.person").length === 0));
});
