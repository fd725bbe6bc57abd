import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { PromptType } from "../../src/prompt/detection.ts";
import type { Message } from "../botapi/chat.ts";
import { aptWorld } from "./apt-world.ts";
import { startDesk, type Desk } from "./desk.ts";

interface Program {
  readonly title: string;
  command(desk: Desk): readonly string[];
  prepare?(desk: Desk): void;
  /** What the phone shows of the question. */
  readonly asks: RegExp;
  readonly type: PromptType;
  readonly buttons: readonly string[];
  /** What is answered, by its button and at the keyboard. */
  readonly tap: string;
  readonly keys: string;
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
    type: "yes_no",
    buttons: ["Yes", "No"],
    tap: "No",
    keys: "n\r",
    exitCode: 7,
    check: (_desk, screen) => assert.match(screen, /got <n>/),
  },
  {
    title: "bash select",
    command: () => shell('select c in apple banana cherry; do echo "took $c"; break; done'),
    asks: /#\?/,
    type: "multiple_choice",
    buttons: ["apple", "banana", "cherry"],
    tap: "banana",
    keys: "2\r",
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
    type: "multiple_choice",
    buttons: ["clean", "filter by pattern", "select by numbers", "ask each", "help", "quit"],
    tap: "clean",
    keys: "1\r",
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
    type: "multiple_choice",
    buttons: ["Stage this hunk", "Do not stage this hunk", "Stage all the later hunks in the file", "Don't stage any of the later hunks in the file", "Edit", "Help", "Quit"],
    tap: "Stage this hunk",
    keys: "y\r",
    exitCode: 0,
    check: (desk) => assert.match(execFileSync("git", ["diff", "--cached"], { cwd: desk.cwd, encoding: "utf8" }), /\+two/),
  },
  {
    title: "ssh-keygen onto an existing file",
    command: () => ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key"],
    prepare: (desk) => writeFileSync(join(desk.cwd, "key"), "precious"),
    asks: /Overwrite \(y\/n\)\?/,
    type: "yes_no",
    buttons: ["Yes", "No"],
    tap: "No",
    keys: "n\r",
    exitCode: 1,
    check: (desk) => assert.equal(readFileSync(join(desk.cwd, "key"), "utf8"), "precious"),
  },
  {
    title: "python3 input() of a yes or no",
    command: () => ["python3", "-c", 'a = input("Overwrite config.yml? (yes/no): "); print("answer", a)'],
    asks: /Overwrite config\.yml\?/,
    type: "yes_no",
    buttons: ["Yes", "No"],
    tap: "Yes",
    keys: "yes\r",
    exitCode: 0,
    check: (_desk, screen) => assert.match(screen, /answer yes/),
  },
  {
    title: "apt-get install",
    command: (desk) => ["apt-get", ...aptWorld(desk.cwd), "install", "aegis-demo"],
    asks: /Do you want to continue\?/,
    type: "yes_no",
    buttons: ["Yes", "No"],
    tap: "No",
    keys: "n\r",
    exitCode: 1,
    check: (_desk, screen) => assert.match(screen, /Abort/),
  },
];

/** The one prompt of the run, as the store has it. */
async function kept(desk: Desk): Promise<string> {
  const { stdout } = await desk.aegis(["prompts", "--json"]);
  return stdout;
}

function tampered(data: string): string {
  const [, id, nonce = "", index] = data.split(":");
  return `ans:${id}:${nonce.startsWith("A") ? "B" : "A"}${nonce.slice(1)}:${index}`;
}

for (const program of programs) {
  test(`${program.title}: one prompt, one tap, and the program goes on; no other tap counts`, async () => {
    await using desk = await startDesk();
    program.prepare?.(desk);
    await using terminal = desk.run(program.command(desk));
    const message = await desk.api.message(({ text }) => program.asks.test(text));
    assert.deepEqual(message.buttons.map(({ text }) => text), program.buttons);
    const right = message.buttons.find(({ text }) => text === program.tap);
    const other = message.buttons.find(({ text }) => text !== program.tap);
    assert.ok(right && other);
    desk.api.user(666, { first_name: "Mallory" }).presses(right, message);
    assert.match(await desk.ada.presses({ data: tampered(right.data ?? "") }, message).toast(), /not accepted/i);
    assert.match(await desk.ada.presses({ data: right.data?.replace(/\d+$/, "99") }, message).toast(), /not accepted/i);
    assert.match(await kept(desk), new RegExp(`"status":"open","type":"${program.type}"`));

    assert.match(await desk.ada.presses(right, message).toast(), /sent/i);
    assert.match(await desk.ada.presses(other, message).toast(), /already answered/i);
    const settled = await desk.api.edited(({ id, text }) => id === message.id && /delivered/i.test(text));
    assert.match(settled.text, /#\d+·[0-9a-f]{8}/);
    assert.deepEqual(settled.buttons, []);
    assert.equal(await terminal.exit(), program.exitCode);
    program.check(desk, terminal.text);
    assert.doesNotMatch(terminal.output, /aegis: error/);
    assert.equal(desk.api.messages.filter(({ buttons, edits }) => buttons.length > 0 || edits > 0).length, 1, "nothing else was asked");

    const log = join(desk.home, "audit.log");
    const verified = await desk.aegis(["audit", "verify"]);
    assert.equal(verified.code, 0, verified.stdout + verified.stderr);
    const lines = readFileSync(log, "utf8").split("\n");
    const line = lines.findIndex((entry) => entry.includes('"type":"decision"'));
    lines[line] = (lines[line] ?? "").replace('"by"', '"bY"');
    writeFileSync(log, lines.join("\n"));
    const altered = await desk.aegis(["audit", "verify"]);
    assert.equal(altered.code, 1);
    assert.match(altered.stdout, new RegExp(`line ${line + 1}\\b.*modified`));
  });

  test(`${program.title}: an answer at the keyboard settles the message`, async () => {
    await using desk = await startDesk();
    program.prepare?.(desk);
    await using terminal = desk.run(program.command(desk));
    const message = await desk.api.message(({ text }) => program.asks.test(text));
    terminal.type(program.keys);
    assert.equal(await terminal.exit(), program.exitCode);
    program.check(desk, terminal.text);
    const settled = await desk.api.edited(({ id }) => id === message.id);
    assert.match(settled.text, /answered at the keyboard/i);
    assert.deepEqual(settled.buttons, []);
  });

  test(`${program.title}: after the expiry a tap changes nothing`, async () => {
    await using desk = await startDesk();
    desk.configure({ timeout_seconds: 1 });
    program.prepare?.(desk);
    await using terminal = desk.run(program.command(desk));
    const message = await desk.api.message(({ text }) => program.asks.test(text));
    const right = message.button(program.tap);
    assert.match((await desk.api.edited(({ id }) => id === message.id)).text, /expired/i);
    const before = terminal.text;
    assert.match(await desk.ada.presses(right, message).toast(), /expired/i);
    assert.equal(terminal.text, before);
    terminal.type(program.keys);
    assert.equal(await terminal.exit(), program.exitCode);
    program.check(desk, terminal.text);
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
