import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Message } from "../botapi/chat.ts";
import { aptWorld } from "./apt-world.ts";
import { startDesk, type Desk } from "./desk.ts";

interface Program {
  readonly title: string;
  command(desk: Desk): readonly string[];
  prepare?(desk: Desk): void;
  /** What the phone shows of the question. */
  readonly asks: RegExp;
  readonly buttons: readonly string[];
  readonly tap: string;
  readonly exitCode: number;
  /** The program did what the label said. */
  check(desk: Desk, screen: string): void;
}

function shell(script: string): readonly string[] {
  return ["bash", "-c", script];
}

function repository(desk: Desk): void {
  const git = (...words: string[]): unknown => execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], { cwd: desk.cwd, stdio: "ignore" });
  git("init", "-q");
  writeFileSync(join(desk.cwd, "notes.txt"), "one\n");
  git("add", ".");
  git("commit", "-qm", "first");
}

const programs: readonly Program[] = [
  {
    title: "bash read -p",
    command: () => shell('read -p "Delete everything? [y/N] " a; echo "got <$a>"; [ "$a" = n ] && exit 7'),
    asks: /Delete everything\?/,
    buttons: ["Yes", "No"],
    tap: "No",
    exitCode: 7,
    check: (_desk, screen) => assert.match(screen, /got <n>/),
  },
  {
    title: "bash select",
    command: () => shell('select c in apple banana cherry; do echo "took $c"; break; done'),
    asks: /#\?/,
    buttons: ["apple", "banana", "cherry"],
    tap: "banana",
    exitCode: 0,
    check: (_desk, screen) => assert.match(screen, /took banana/),
  },
  {
    title: "git clean -i",
    command: () => ["git", "clean", "-i"],
    prepare: (desk) => {
      repository(desk);
      writeFileSync(join(desk.cwd, "junk.o"), "");
    },
    asks: /What now/,
    buttons: [],
    tap: "clean",
    exitCode: 0,
    check: (desk) => assert.ok(!existsSync(join(desk.cwd, "junk.o"))),
  },
  {
    title: "git add -p",
    command: () => ["git", "add", "-p"],
    prepare: (desk) => {
      repository(desk);
      writeFileSync(join(desk.cwd, "notes.txt"), "one\ntwo\n");
    },
    asks: /Stage this hunk/,
    buttons: [],
    tap: "Stage this hunk",
    exitCode: 0,
    check: (desk) => assert.match(execFileSync("git", ["diff", "--cached"], { cwd: desk.cwd, encoding: "utf8" }), /\+two/),
  },
  {
    title: "ssh-keygen onto an existing file",
    command: () => ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key"],
    prepare: (desk) => writeFileSync(join(desk.cwd, "key"), "precious"),
    asks: /Overwrite \(y\/n\)\?/,
    buttons: ["Yes", "No"],
    tap: "No",
    exitCode: 1,
    check: (desk) => assert.equal(readFileSync(join(desk.cwd, "key"), "utf8"), "precious"),
  },
  {
    title: "python3 input() of a yes or no",
    command: () => ["python3", "-c", 'a = input("Overwrite config.yml? (yes/no): "); print("answer", a)'],
    asks: /Overwrite config\.yml\?/,
    buttons: ["Yes", "No"],
    tap: "Yes",
    exitCode: 0,
    check: (_desk, screen) => assert.match(screen, /answer yes/),
  },
  {
    title: "apt-get install",
    command: (desk) => ["apt-get", ...aptWorld(desk.cwd), "install", "aegis-demo"],
    asks: /Do you want to continue\?/,
    buttons: ["Yes", "No"],
    tap: "No",
    exitCode: 1,
    check: (_desk, screen) => assert.match(screen, /Abort/),
  },
];

for (const program of programs) {
  test(`${program.title}: one prompt, one tap, and the program goes on`, async () => {
    await using desk = await startDesk();
    program.prepare?.(desk);
    await using terminal = desk.run(program.command(desk));
    const message = await desk.api.message(({ text }) => program.asks.test(text));
    const labels = message.buttons.map(({ text }) => text);
    if (program.buttons.length > 0) assert.deepEqual(labels, program.buttons);
    assert.ok(labels.includes(program.tap), `${program.tap} is among ${labels.join(", ")}`);
    const tap = await desk.ada.taps(program.tap);
    assert.match(await tap.toast(), /sent/i);
    const settled = await desk.api.edited(({ id }) => id === message.id);
    assert.match(settled.text, /delivered/i);
    assert.match(settled.text, /#\d+·[0-9a-f]{8}/);
    assert.deepEqual(settled.buttons, []);
    if (program.title.startsWith("git clean")) await terminal.shows(/Removing junk/);
    assert.equal(await terminal.exit(), program.exitCode);
    program.check(desk, terminal.text);
    assert.doesNotMatch(terminal.output, /aegis: error/);
    assert.equal(desk.api.messages.length, 1, "nothing else was sent");
    const verified = await desk.aegis(["audit", "verify"]);
    assert.equal(verified.code, 0, verified.stdout + verified.stderr);
  });
}

test("npm init: each of its questions arrives once, and is answered by text, Enter, or the keyboard", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(["npm", "init"], { env: { npm_config_update_notifier: "false" } });
  const asked = async (question: RegExp): Promise<Message> => await desk.api.message(({ text, isFromBot }) => isFromBot && question.test(text));
  desk.ada.replies("shop", { to: await asked(/package name: \(work\)/) });
  await asked(/version: \(1\.0\.0\)/);
  await desk.ada.taps("Enter: 1.0.0");
  await asked(/description:/);
  terminal.type("From the desk\r");
  // What else it asks depends on npm's version.
  const seen = new Set<number>();
  for (;;) {
    const message = await desk.api.message(({ id, text, buttons }) => !seen.has(id) && buttons.length > 0 && !/package name|version:|description:/.test(text));
    seen.add(message.id);
    const [first] = message.buttons;
    assert.ok(first);
    desk.ada.presses(first, message);
    if (/Is this OK\?/.test(message.text)) break;
  }
  assert.equal(await terminal.exit(), 0);
  const made = readFileSync(join(desk.cwd, "package.json"), "utf8");
  for (const field of ['"name": "shop"', '"version": "1.0.0"', '"description": "From the desk"']) assert.ok(made.includes(field), made);
  const questions = desk.api.messages.map(({ text }) => text);
  assert.equal(new Set(questions).size, questions.length, "each question came once");
});
