import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { main, startDesk, type Desk, type Finished } from "./desk.ts";
import { Terminal } from "./terminal.ts";

const root = resolve(import.meta.dirname, "../..");
const readme = readFileSync(join(root, "README.md"), "utf8");

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([^]*?)^ *\`\`\`$`, "gm"))].map(([, indent = "", text = ""]) => text.replace(new RegExp(`^${indent}`, "gm"), ""));
}

const shellLines = blocks("sh").flatMap((text) => text.trim().split("\n"));
const spans = [...readme.matchAll(/`(aegis [^`]+)`/g)].map(([, text]) => text ?? "");
const commands = [...new Set([...shellLines, ...spans])];

/** A person's machine as the README takes it to be: aegis and Claude are installed, a bot is set up, a script to deploy is at hand. */
let desk: Desk;
let env: NodeJS.ProcessEnv;

before(async () => {
  desk = await startDesk();
  const bin = join(desk.cwd, "bin");
  mkdirSync(bin);
  symlinkSync(main, join(bin, "aegis"));
  writeFileSync(join(bin, "claude"), '#!/bin/sh\necho "claude was here: $*"\n', { mode: 0o755 });
  writeFileSync(join(desk.cwd, "deploy.sh"), '#!/bin/bash\nread -p "Which stage >> " stage\necho "deployed to $stage"\n');
  chmodSync(join(desk.cwd, "deploy.sh"), 0o755);
  const home = dirname(desk.home);
  writeFileSync(join(home, ".aegis-token"), desk.api.token, { mode: 0o600 });
  symlinkSync(desk.home, join(home, ".aegis"));
  env = { ...desk.environment, PATH: `${bin}:${process.env["PATH"]}` };
});

after(() => desk[Symbol.asyncDispose]());

function inShell(command: string): Promise<Finished> {
  return new Promise((resolve) => {
    execFile("bash", ["-c", command], { cwd: desk.cwd, env }, (error, stdout, stderr) => resolve({ code: typeof error?.code === "number" ? error.code : error === null ? 0 : 128, stdout, stderr }));
  });
}

function inTerminal(command: string, cwd = desk.cwd, extra: NodeJS.ProcessEnv = {}): Terminal {
  return new Terminal(["bash", "-c", command], { cwd, env: { ...env, ...extra }, cols: 120 });
}

/** What a command needs beyond being typed in; everything else must simply exit 0. */
const scenes: ReadonlyArray<readonly [RegExp, (command: string) => Promise<void>]> = [
  [
    /^npm ci && npm start -- /,
    async (command) => {
      // The install and the build are done, or this test would not run.
      await using terminal = inTerminal(command.replace("npm ci && npm start --", "npm start --ignore-scripts --"), root, { AEGIS_HOME: join(desk.cwd, "fresh") });
      await terminal.shows(/http:\/\/127\.0\.0\.1:\d+\/#[\w-]+[^]*Ship it\? \[y\/N\]/);
      terminal.type("y\r");
      await terminal.shows(/you said y/);
      assert.equal(await terminal.exit(), 0);
    },
  ],
  [/^npm ci && npm test$/, async (command) => assert.match(readFileSync(join(root, ".ci/run"), "utf8"), new RegExp(`^${command}$`, "m"))],
  [/^npm ci && npm run build && npm pack/, async () => assert.ok(existsSync(join(root, "test/install/global.test.ts")), "it runs that line")],
  [
    /^aegis run(?: |$)/,
    async (command) => {
      const isBare = command === "aegis run";
      await using terminal = inTerminal(isBare ? "aegis run claude" : command.replace("--shield", "--shield claude"));
      if (command.endsWith(" bash")) {
        await terminal.shows(/127\.0\.0\.1[^]*[$#] ?$/m);
        terminal.type("exit\r");
      } else if (command.includes("deploy.sh")) {
        await terminal.shows(/Which stage/);
        terminal.type("t\r");
        await terminal.shows(/deployed to t/);
      } else await terminal.shows(/claude was here/);
      assert.equal(await terminal.exit(), 0);
    },
  ],
  [
    /^aegis setup$/,
    async (command) => {
      await using terminal = inTerminal(command);
      await terminal.shows(/Stay with @aegis_bot\?/);
      terminal.type("\u0003");
      assert.equal(await terminal.exit(), 130);
    },
  ],
  [
    /^aegis logs -f$/,
    async (command) => {
      writeFileSync(join(desk.home, "aegis.log"), "2026-11-21T10:00:00.000Z info k3v9tq hello\n", { mode: 0o600 });
      await using terminal = inTerminal(command);
      await terminal.shows(/k3v9tq {2}hello/);
    },
  ],
  [
    /^aegis resume$/,
    async (command) => {
      await using terminal = inTerminal("aegis run cat");
      await desk.api.polled();
      desk.ada.says("/pause");
      await desk.api.message(({ text }) => text.includes("cat is paused"));
      const { code, stdout } = await inShell(command);
      assert.deepEqual([code, / asks again/.test(stdout)], [0, true]);
      terminal.type("\u0004");
      assert.equal(await terminal.exit(), 0);
    },
  ],
  [
    /--expect 42:9f3ac1d2/,
    async (command) => {
      const { head } = JSON.parse((await inShell("aegis audit verify --json")).stdout);
      assert.equal((await inShell(command.replace("42:9f3ac1d2", `${head.seq}:${head.hash.slice(0, 8)}`))).code, 0);
      assert.equal((await inShell(command.replace("42:9f3ac1d2", `${head.seq}:00000000`))).code, 1);
    },
  ],
  [
    /^eval /,
    async (command) => {
      const { code, stdout } = await inShell(`${command}; declare -F claude _aegis`);
      assert.deepEqual([code === 0 || stdout !== "", /claude|_aegis/.test(stdout)], [true, true]);
    },
  ],
];

for (const command of commands) {
  test(`the README's "${command}" does what it says`, async () => {
    const scene = scenes.find(([pattern]) => pattern.test(command));
    if (scene) return await scene[1](command);
    const { code, stderr } = await inShell(command);
    assert.equal(code, 0, stderr);
  });
}

test("the README's configuration is one that aegis takes, with every key there is", async () => {
  const [config = ""] = blocks("toml");
  // What it shows as a comment must be right as well.
  desk.write(config.replace("AA…", "AAtest-token_0123456789abcdefghijk").replace(/^# (?=\w+ +=)/gm, ""));
  const { code, stderr } = await desk.aegis(["config", "validate"]);
  assert.equal(code, 0, stderr);
  const shown = JSON.parse((await desk.aegis(["config", "show", "--json"])).stdout);
  desk.configure();
  const absent = Object.entries<Record<string, { source: string }>>(shown).flatMap(([section, keys]) => (section === "file" ? [] : Object.entries(keys).flatMap(([key, { source }]) => (source === "default" ? [`${section}.${key}`] : []))));
  assert.deepEqual(absent, ["telegram.token_file", "telegram.token_command"]);
});

test("the README's pattern is loaded, and sees the question of its program", async () => {
  const [, pattern = ""] = blocks("toml");
  await using terminal = inTerminal("aegis run --record session.cast ./deploy.sh");
  // Like a person's, the answer comes no sooner than a replay looks: the question stands there while another command is run.
  await desk.api.message(({ text, edits }) => edits === 0 && text.includes("Which stage"));
  assert.match((await inShell("aegis prompts")).stdout, /Which stage/);
  terminal.type("t\r");
  await terminal.exit();
  mkdirSync(join(desk.home, "patterns"), { recursive: true, mode: 0o700 });
  writeFileSync(join(desk.home, "patterns/deploy.toml"), pattern, { mode: 0o600 });
  const { stdout } = await inShell("aegis detect --json session.cast");
  const opened = stdout.trim().split("\n").map((line) => JSON.parse(line)).find(({ event }) => event === "open");
  assert.equal(opened?.pattern, "deploy.stage", stdout);
  assert.deepEqual(opened.choices.map(({ label }: { label: string }) => label), ["Testing", "Production", "None"]);
});

test("the README's picture is there, and loads nothing from elsewhere", () => {
  const [, path = ""] = /!\[[^\]]+\]\(([^)]+)\)/.exec(readme) ?? [];
  const svg = readFileSync(join(root, path), "utf8");
  assert.match(svg, /^<svg /);
  assert.doesNotMatch(svg, /href|@import|url\(|<script|\/tmp\//);
});

test("the README keeps its order", () => {
  const order = ["See it work", "Install", "Set up", "Use", "What it detects", "When not to use it", "How it works", "Add a program", "Security", "Licence"];
  const headings = [...readme.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading ?? "");
  assert.deepEqual(headings.filter((heading) => order.includes(heading)), order);
});
