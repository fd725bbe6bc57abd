import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Evidence } from "../../src/prompt/evidence.ts";
import { packagedPatterns } from "../score/run.ts";
import { listens, readsLine, readsSecret, Stage, works } from "./stage.ts";

const menu = (picked: number, command = "touch a.txt") =>
  `\x1b[2J\x1b[H\x1b[?25l────────────────────────────────────────────────────────────────────────────────\r\n Bash command\r\n\r\n   ${command}\r\n\r\n Do you want to proceed?\r\n${["1. Yes", "2. Yes, and don't ask again", "3. No, and tell Claude what to do differently (esc)"].map((row, index) => ` ${index === picked ? "❯" : " "} ${row}`).join("\r\n")}\r\n`;
const list = (picked: number) => `\x1b[2J\x1b[H\x1b[?25l? Pick a colour\r\n${["red", "green", "No, cancel"].map((row, index) => `${index === picked ? "❯" : " "} ${row}`).join("\r\n")}\r\n↑↓ navigate • ⏎ select`;

test("a question in a line is raised 100 ms after it, once", async () => {
  const stage = new Stage(readsLine);
  stage.write("Continue? [Y/n] ");
  await stage.pass(99);
  assert.equal(stage.opened.length, 0);
  await stage.pass(1);
  assert.equal(stage.opened.length, 1);
  await stage.pass(60_000);
  assert.equal(stage.opened.length, 1);
  const [found] = stage.opened;
  assert.equal(found?.type, "yes_no");
  assert.equal(found?.question, "Continue?");
  assert.equal(found?.default, "Yes");
  assert.deepEqual(found?.choices, [{ label: "Yes", keys: "y\r", declines: false }, { label: "No", keys: "n\r", declines: true }]);
});

test("a command line at which the next command is typed within 0.8 s is not told", async () => {
  const stage = new Stage({ echo: false, icanon: false, reading: "select", running: false });
  for (const command of ["ls", "pwd", "ls"]) {
    stage.write("demo:~$ ");
    await stage.pass(790);
    stage.type(`${command}\r`);
    stage.write(`${command}\r\n`);
  }
  stage.write("demo:~$ ");
  await stage.pass(790);
  assert.deepEqual(stage.opened, []);
  await stage.pass(20);
  assert.deepEqual(stage.opened.map(({ idle, question }) => [idle, question]), [[true, "demo:~$"]]);
});

test("a command line that was drawn anew is the same: an instruction on its way to the one is for the other", async () => {
  const stage = new Stage({ echo: false, icanon: false, reading: "select", running: false });
  for (const words of ["demo:~$ ", "\x1b[2J\x1b[Hone moment\r\n", "\x1b[2J\x1b[Hdemo:~$ "]) {
    stage.write(words);
    await stage.pass(1_000);
  }
  assert.deepEqual(stage.changes.map(({ event }) => event), ["open", "close", "open"]);
  assert.equal(stage.opened[1]?.fingerprint, stage.opened[0]?.fingerprint);
});

test("the answer closes it, and the same question asked again is a new one", async () => {
  const stage = new Stage(readsLine);
  stage.write("rm: remove 'a'? ");
  await stage.pass(200);
  stage.type("y\r");
  stage.write("y\r\nrm: remove 'a'? ");
  await stage.pass(300);
  assert.deepEqual(stage.changes.map(({ event }) => event), ["open", "close", "open"]);
});

test("a wrong password asks for the password again", async () => {
  const stage = new Stage(readsSecret);
  stage.write("Password: ");
  await stage.pass(200);
  stage.type("wrong\r");
  stage.write("\r\nSorry, try again.\r\nPassword: ");
  await stage.pass(500);
  assert.equal(stage.opened.length, 2);
  assert.ok(stage.opened.every(({ secret, type }) => secret && type === "free_text"));
});

test("what the person types at the question is not a new question", async () => {
  const stage = new Stage(readsLine);
  stage.write("Project name: ");
  await stage.pass(300);
  for (const key of "demo") {
    stage.type(key);
    stage.write(key);
    await stage.pass(250);
  }
  assert.equal(stage.opened.length, 1);
  assert.ok(stage.isOpen);
});

test("moving the highlight, spinners, timers and resizes do not raise a menu again", async () => {
  const stage = new Stage(listens);
  stage.write(menu(0));
  await stage.pass(300);
  stage.type("\x1b[B");
  stage.write(menu(1));
  await stage.pass(300);
  for (let second = 1; second < 8; second++) {
    stage.write(`\x1b7\x1b[1;1H\x1b[2K⠋ waiting ${second}s${"─".repeat(60)}\x1b8`);
    await stage.pass(130);
  }
  stage.resize(100, 30);
  stage.write(menu(1));
  await stage.pass(600);
  assert.equal(stage.opened.length, 1);
  assert.ok(stage.isOpen);
});

test("the same dialog for another command is another prompt", async () => {
  const stage = new Stage(listens);
  stage.write(menu(0, "touch a.txt"));
  await stage.pass(300);
  stage.type("1");
  stage.write(menu(0, "rm -rf build"));
  await stage.pass(300);
  assert.equal(stage.opened.length, 2);
  assert.notEqual(stage.opened[0]?.fingerprint, stage.opened[1]?.fingerprint);
  assert.match(stage.opened[1]?.excerpt ?? "", /rm -rf build/);
});

test("a numbered menu takes its digit, one without numbers arrows from the row that is highlighted", async () => {
  const numbered = new Stage(listens);
  numbered.write(menu(0));
  await numbered.pass(300);
  assert.deepEqual(numbered.opened[0]?.choices.map(({ keys, declines }) => [keys, declines]), [["1", false], ["2", false], ["3", true]]);
  const plain = new Stage(listens);
  plain.write(list(1));
  await plain.pass(300);
  assert.deepEqual(plain.opened[0]?.choices.map(({ label, keys }) => [label, keys]), [["red", "\x1b[A\r"], ["green", "\r"], ["No, cancel", "\x1b[B\r"]]);
});

test("an option that opens a text field and says that Esc stops is answered with Esc", async () => {
  const stage = new Stage(listens);
  stage.write("\x1b[2J\x1b[H\x1b[?25l Do you want to run this command?\r\n\r\n❯ 1. Yes\r\n  2. No, and tell Copilot what to do differently (Esc to stop)\r\n\r\n↑/↓ to navigate · enter to select · esc to cancel");
  await stage.pass(300);
  assert.deepEqual(stage.opened[0]?.choices.map(({ keys, declines }) => [keys, declines]), [["1", false], ["\x1b", true]]);
});

test("the row without a number that submits several answers is a choice, reached from the highlighted row", async () => {
  const screen = (picked: number) => ["❯ 1. [ ] Logging", "         Structured logs", "  2. [ ] Metrics", "  3. [ ] Type something", "     Submit", "─".repeat(80), "  4. Chat about this"].map((row, index) => (index === picked ? `❯${row.slice(1)}` : row.replace("❯", " "))).join("\r\n");
  for (const [picked, keys] of [[0, "\x1b[B\x1b[B\x1b[B\r"], [2, "\x1b[B\x1b[B\r"], [4, "\r"], [6, "\x1b[A\r"]] as const) {
    const stage = new Stage(listens);
    stage.write(`\x1b[2J\x1b[H\x1b[?25lWhich features do you want?\r\n\r\n${screen(picked)}\r\n\r\nEnter to select · ↑/↓ to navigate · Esc to cancel`);
    await stage.pass(300);
    assert.deepEqual(stage.opened[0]?.choices.map(({ label }) => label), ["Logging", "Metrics", "Type something", "Submit", "Chat about this"]);
    assert.equal(stage.opened[0]?.choices[3]?.keys, keys);
  }
});

test("a window of another width keeps the question, though its words wrap elsewhere; a folder's name is part of its label", async () => {
  const dialog = (cols: number) => {
    const rows = cols > 60
      ? ["Bash command that makes a file in the folder of the project", "touch made.txt", "Do you want to proceed?", "❯ 1. Yes", "  2. Yes, and always allow access to \x1b[1m/home/ada/projects/tool\x1b[m from here", "  3. No"]
      : ["Bash command that makes a file in the", "folder of the project", "touch made.txt", "Do you want to proceed?", "❯ 1. Yes", "  2. Yes, and always allow access to", "     \x1b[1m/home/ada/projects/tool\x1b[m from here", "  3. No"];
    return `\x1b[2J\x1b[H\x1b[?25l${"─".repeat(cols)}\r\n${rows.join("\r\n")}\r\n\r\nEsc to cancel`;
  };
  const stage = new Stage(listens);
  stage.write(dialog(80));
  await stage.pass(1000);
  stage.resize(50, 24);
  stage.write(dialog(50));
  await stage.pass(3000);
  assert.deepEqual(stage.changes.map(({ event }) => event), ["open"]);
  const label = "Yes, and always allow access to /home/ada/projects/tool from here";
  assert.deepEqual([stage.opened[0]?.choices[1]?.label, (await stage.standing())?.choices[1]?.label], [label, label]);
});

const permission = (command: string, labels: readonly string[]) => `\x1b[2J\x1b[H\x1b[?25l${"─".repeat(20)}\r\n Bash command\r\n ${command}\r\n Do you want to proceed?\r\n${labels.map((label, index) => ` ${index === 0 ? "❯" : " "} ${index + 1}. ${label}`).join("\r\n")}\r\n\r\n Esc to cancel`;
const whole = ["Yes", "Yes, and always allow access to /home/ada/tool", "No, and tell Claude why"];

test("whatever width the window gets, labels that are cut off for it do not ask again; another command does", async () => {
  const step = fc.record({ cols: fc.integer({ min: 24, max: 160 }), cuts: fc.tuple(fc.integer({ min: 3, max: 50 }), fc.integer({ min: 3, max: 50 })), mark: fc.constantFrom("", "…") });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
      const stage = new Stage(listens, { cols: 120, rows: 40 });
      stage.write(permission("touch a.txt", whole));
      await stage.pass(1000);
      for (const { cols, cuts, mark } of steps) {
        stage.resize(cols, 40);
        await stage.pass(1000);
        stage.write(permission("touch a.txt", whole.map((label, index) => (label.length > (cuts[index - 1] ?? 50) ? `${label.slice(0, cuts[index - 1]).trimEnd()}${mark}` : label))));
        await stage.pass(1000);
      }
      assert.deepEqual(stage.changes.map(({ event }) => event), ["open"]);
      stage.write(permission("rm -rf build", whole));
      await stage.pass(1000);
      assert.deepEqual(stage.changes.map(({ event }) => event), ["open", "close", "open"]);
    }),
    { numRuns: 40 },
  );
});

test("a label goes on in the row below in the look in which it breaks off; what an option means, in a look of its own, is not part of it", async () => {
  const stage = new Stage(listens, { cols: 40, rows: 24 });
  const dim = (text: string) => `\x1b[2m${text}\x1b[m`;
  const rows = ["Do you want to proceed?", "❯ 1. Yes", `  2. Yes, and switch ${dim("to the auto mode")}`, `     ${dim("that handles these prompts for")}`, `     ${dim("you")}`, "  3. Yes, but only for this one session", `     ${dim("Files are kept")}`, "  4. No"];
  stage.write(`\x1b[2J\x1b[H\x1b[?25l${"─".repeat(40)}\r\n${rows.join("\r\n")}\r\n\r\nEsc to cancel`);
  await stage.pass(1000);
  assert.deepEqual(stage.opened[0]?.choices.map(({ label }) => label), ["Yes", "Yes, and switch to the auto mode that handles these prompts for you", "Yes, but only for this one session", "No"]);
});

/** What an agent writes while its window's title turns a spinner: nothing that shows. */
const turning = (frame: number) => `\x1b]0;${"⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"[frame % 10]} work\x07\x1b[?2026h\x1b[1;1H\x1b[?2026l`;

test("a dialog is asked though the title turns on beside it, once; and it is over once it went", async () => {
  for (const dialog of [menu(0), list(0)]) {
    const stage = new Stage(listens);
    stage.write(dialog);
    for (let frame = 0; frame < 60; frame++) {
      stage.write(turning(frame));
      await stage.pass(80);
    }
    assert.deepEqual(stage.changes.map(({ event }) => event), ["open"]);
    stage.type("1");
    stage.write("\x1b[2J\x1b[HRunning");
    await stage.pass(400);
    assert.deepEqual(stage.changes.map(({ event }) => event), ["open", "close"]);
  }
});

test("a list beside which a spinner turns on the screen is not asked about, nor a dialog that a busy program shows for less than a second, nor one that nobody reads for", async () => {
  const spun = new Stage(listens);
  for (let frame = 0; frame < 60; frame++) {
    spun.write(`${list(0)}\r\n${"⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"[frame % 10]} installing`);
    await spun.pass(80);
  }
  const brief = new Stage(listens);
  brief.write(menu(0));
  for (let frame = 0; frame < 40; frame++) {
    if (frame === 8) brief.write("\x1b[2J\x1b[HRunning");
    brief.write(turning(frame));
    await brief.pass(80);
  }
  const working = new Stage(works);
  working.write(menu(0));
  for (let frame = 0; frame < 40; frame++) {
    working.write(turning(frame));
    await working.pass(80);
  }
  assert.deepEqual([spun, brief, working].map(({ opened }) => opened.length), [0, 0, 0]);
});

test("an agent's transcript and the input box that it leaves on the screen when it ends are no list", async () => {
  const stage = new Stage(listens, { cols: 100, rows: 40 });
  const edge = "─".repeat(100);
  stage.write(`❯ make a.txt\r\n\r\n● Bash(touch a.txt)\r\n  ⎿  Done\r\n\r\n● All done.\r\n\r\n${edge}\r\n❯ and now b.txt\r\n${edge}\r\n  ? for shortcuts      Failed to install · Will retry on next startup\r\n\r\nResume this session with:\r\nagent --resume ef69f5b5${"\r\n".repeat(15)}`);
  await stage.pass(1000);
  assert.deepEqual(stage.opened, []);
});

test("a dialog that is taller than the screen is shown from the screen's first row", async () => {
  const diff = Array.from({ length: 17 }, (_, index) => ` ${index + 40} +new line ${index}`);
  const stage = new Stage(listens);
  stage.write(`\x1b[?1049h\x1b[2J\x1b[H\x1b[?25l${diff.join("\r\n")}\r\n${"╌".repeat(80)}\r\n Do you want to make this edit to notes.txt?\r\n ❯ 1. Yes\r\n   2. No\r\n ↑ 40 more lines\r\n Esc to cancel · Tab to amend`);
  await stage.pass(1000);
  assert.match(stage.opened[0]?.excerpt ?? "", /^ 40 \+new line 0\n[\s\S]*↑ 40 more lines/);
});

test("what stands is told with keys for the row that is highlighted by now", async () => {
  const stage = new Stage(listens);
  stage.write(list(0));
  await stage.pass(300);
  stage.type("\x1b[B\x1b[B");
  stage.write(list(2));
  const standing = await stage.standing();
  assert.equal(standing?.fingerprint, stage.opened[0]?.fingerprint);
  assert.deepEqual(standing?.choices.map(({ keys }) => keys), ["\x1b[A\x1b[A\r", "\x1b[A\r", "\r"]);
});

test("half-typed keys of an answer leave the question standing, its end does not", async () => {
  const stage = new Stage(readsLine);
  stage.write("Overwrite? [y/N] ");
  await stage.pass(200);
  stage.type("y");
  stage.write("y");
  assert.equal((await stage.standing())?.fingerprint, stage.opened[0]?.fingerprint);
  stage.type("\r");
  stage.write("\r\nwritten\r\n");
  assert.equal(await stage.standing(), undefined);
});

test("a program that works is not asked about, whatever its last line says", async () => {
  const stage = new Stage(works);
  stage.write("Continue? [Y/n] ");
  await stage.pass(20_000);
  assert.deepEqual(stage.opened, []);
});

test("a server that would take a line asks by words at the cursor alone", async () => {
  const serves = { ...listens, icanon: true, echo: true };
  for (const [said, expected] of [
    ["Continue? [Y/n] ", ["yes_no"]],
    ["What is your name? ", ["free_text"]],
    ["Continue? [Y/n]\r\n", []],
    ["Listening on:\r\n", []],
    ["Waiting for changes: ", []],
    ["myapp> ", []],
    ["ready", []],
  ] as const) {
    const stage = new Stage(serves);
    stage.write(said);
    await stage.pass(20_000);
    assert.deepEqual(stage.opened.map(({ type }) => type), expected, said);
  }
});

test("an unknown question is raised by silence after the set time, with the last layer's 0.60", async () => {
  const stage = new Stage(readsLine);
  stage.write("the gate is ajar\r\n");
  await stage.pass(1999);
  assert.equal(stage.opened.length, 0);
  await stage.pass(1);
  assert.deepEqual(stage.opened.map(({ layer, confidence }) => [layer, confidence]), [["stall", 0.6]]);
});

test("an answer to what silence raised is typed while that still stands, and not once the screen moved on", async () => {
  const stage = new Stage(readsLine);
  stage.write("state your business ");
  await stage.pass(2000);
  const [raised] = stage.opened;
  assert.ok(raised !== undefined);
  assert.equal((await stage.standing())?.fingerprint, raised.fingerprint);
  stage.type("tra");
  stage.write("tra");
  assert.equal((await stage.standing())?.fingerprint, raised.fingerprint);
  stage.write("\r\nfriend or foe ");
  assert.notEqual((await stage.standing())?.fingerprint, raised.fingerprint);
});

test("what silence raised on a loading screen closes when something else is drawn, and its dialog is seen", async () => {
  const stage = new Stage(listens);
  stage.write("\x1b[?1049h\x1b[2J\x1b[HLoading the workspace\x1b[24;1Hready soon");
  await stage.pass(3000);
  assert.equal(stage.opened[0]?.layer, "stall");
  stage.write("\x1b[1;1H\x1b[2KThe workspace is here\x1b[24;11H");
  await stage.pass(500);
  assert.deepEqual(stage.changes.map(({ event }) => event), ["open", "close"]);
  stage.write(menu(0));
  await stage.pass(500);
  assert.equal(stage.opened[1]?.layer, "pattern");
});

test("silence without the kernel's word is a prompt only behind an open line", async () => {
  const open = new Stage();
  open.write("state your business ");
  await open.pass(3000);
  assert.equal(open.opened[0]?.layer, "stall");
  const ended = new Stage();
  ended.write("Listening on port 3000\r\n");
  await ended.pass(10_000);
  assert.deepEqual(ended.opened, []);
});

test("the kernel is asked in silence only, and a screen at rest needs no looks", async () => {
  const stage = new Stage(works);
  for (let line = 0; line < 100; line++) {
    stage.write(`line ${line}\r\n`);
    await stage.pass(50);
  }
  assert.equal(stage.asked, 0);
  const still = new Stage(readsLine);
  assert.equal(still.detector.dueAt(), undefined);
  still.write("Continue? [Y/n] ");
  await still.pass(5000);
  assert.equal(still.detector.dueAt(), undefined);
});

test("of a flood only the newest 256 KB are read, and what follows is seen", async () => {
  const stage = new Stage(readsLine);
  const block = "all work and no play makes a dull log\r\n".repeat(2000);
  for (let index = 0; index < 200; index++) stage.write(block);
  stage.write("Really stop? [y/N] ");
  await stage.pass(200);
  assert.equal(stage.opened[0]?.question, "Really stop?");
});

test("a question that was answered is over in the midst of the flood that its answer sets off", async () => {
  const stage = new Stage(readsLine);
  const block = "all work and no play makes a dull log\r\n".repeat(2000);
  stage.write("Build it all? [Y/n] ");
  await stage.pass(500);
  assert.ok(stage.isOpen);
  stage.type("y\r");
  for (let blocks = 0; blocks < 300; blocks++) {
    stage.write(block);
    await stage.pass(20);
  }
  assert.ok(!stage.isOpen);
});

test("a child that reads without a word is noticed when its start is known", async () => {
  const { Detector } = await import("../../src/detector/detector.ts");
  const detector = new Detector([], { cols: 80, rows: 24, stuckMs: 2000, startedAt: 0 });
  const opened = [];
  for (let due = detector.dueAt(); due !== undefined && due <= 2000; due = detector.dueAt()) opened.push(...(await detector.look(due, () => readsLine)));
  assert.equal(opened.length, 1);
});

test("a full-screen program that has drawn nothing yet is starting, not waiting", async () => {
  const stage = new Stage(listens);
  stage.write("\x1b[?1049h\x1b[2J");
  await stage.pass(30_000);
  assert.equal(stage.opened.length, 0);
  stage.write("\x1b[HPick one of these\r\n");
  await stage.pass(5_000);
  assert.equal(stage.opened.length, 1);
});

test("buttons in a panel come with all that the panel says, and another command is another prompt", async () => {
  const panel = (file: string) => `\x1b[?1049h\x1b[2J\x1b[H\x1b[?25l  ← Write ${file}\r\n\r\n  ┃\r\n  ┃  △ Permission required\r\n  ┃    → Edit ${file}\r\n  ┃\r\n  ┃  1 + hello\r\n${"  ┃\r\n".repeat(8)}  ┃   \x1b[7mAllow once\x1b[0m   Allow always   Reject     ctrl+f fullscreen  ⇆ select  enter confirm\r\n  ┃`;
  const stage = new Stage(listens, { cols: 100, rows: 30 });
  stage.write(panel("one.txt"));
  await stage.pass(3_000);
  stage.write(panel("two.txt"));
  await stage.pass(3_000);
  assert.deepEqual(stage.opened.map(({ excerpt }) => /→ Edit \S+[\s\S]*1 \+ hello/.exec(excerpt)?.[0].split("\n")[0]), ["→ Edit one.txt", "→ Edit two.txt"]);
  assert.ok(!stage.opened[0]?.excerpt.includes("← Write"));
  assert.deepEqual(stage.opened[0]?.choices.map(({ label }) => label), ["Allow once", "Allow always", "Reject"]);
});

test("what arrives while the kernel is asked is read before anything is raised", async () => {
  const { Detector } = await import("../../src/detector/detector.ts");
  const detector = new Detector(packagedPatterns(), { cols: 80, rows: 24, stuckMs: 2000 });
  const opened: string[] = [];
  const look = async (until: number, evidence: () => Evidence) => {
    for (let due = detector.dueAt(); due !== undefined && due <= until; due = detector.dueAt())
      for (const change of await detector.look(due, evidence)) if (change.event === "open") opened.push(change.detection.question);
  };
  detector.feed(Buffer.from("Enter old passphrase: "), 0);
  await look(500, () => readsSecret);
  detector.typed(Buffer.from("abc\r"), 1000);
  detector.feed(Buffer.from("\r\n"), 1010);
  // The key is being tried; then the next question is read before its words have come.
  await look(1150, () => works);
  await look(1300, () => {
    detector.feed(Buffer.from("Enter new passphrase: "), 1290);
    return readsSecret;
  });
  await look(3000, () => readsSecret);
  assert.deepEqual(opened, ["Enter old passphrase:", "Enter new passphrase:"]);
});

test("a menu below a picture that moves is one, whichever row is highlighted beside the value that is set", async () => {
  const stage = new Stage(listens);
  const labels = ["✔ Auto \x1b[2m(match terminal)\x1b[22m", "  Dark mode", "  Light mode"];
  const screen = (picked: number, picture: string) => `\x1b[2J\x1b[H\x1b[?25l${picture}\r\n\r\n Choose the text style\r\n\r\n${labels.map((label, index) => ` ${index === picked ? "❯" : " "} ${label}`).join("\r\n")}\r\n\r\n Syntax theme: x`;
  stage.write(screen(0, "  ██▓▓░   *\r\n ██▄█▄██"));
  await stage.pass(2_000);
  for (const picked of [1, 2, 1, 0]) {
    stage.type("\x1b[B");
    stage.write(screen(picked, "  ░▒▒░\r\n ██▄█▄██  *"));
    await stage.pass(2_000);
  }
  assert.deepEqual(stage.opened.map(({ choices }) => choices.map(({ label }) => label)), [["Auto (match terminal)", "Dark mode", "Light mode"]]);
  assert.doesNotMatch(stage.opened[0]?.excerpt ?? "", /█/);
});

test("a label keeps its last word where only the blank before it was skipped", async () => {
  const stage = new Stage(listens);
  const row = (picked: boolean) => (picked ? "\x1b[2K\r\x1b[3G\x1b[34m❯\x1b[5GNo\x1b[8G(\x1b[1mrecommended\x1b[22m)\x1b[39m" : "\x1b[2K\r\x1b[5GNo\x1b[8G(\x1b[1mrecommended\x1b[22m)");
  const other = (picked: boolean) => (picked ? "\x1b[3G\x1b[34m❯\x1b[5GYes\x1b[39m" : "\x1b[5GYes");
  const screen = (picked: number) => `\x1b[2J\x1b[H\x1b[?25l  Do you want to use this API key?\r\n\r\n${other(picked === 0)}\r\n${row(picked === 1)}\r\n\r\n  Enter to confirm · Esc to cancel`;
  stage.write(screen(1));
  await stage.pass(2_000);
  stage.type("\x1b[A");
  stage.write(screen(0));
  await stage.pass(2_000);
  assert.deepEqual(stage.opened.map(({ choices }) => choices.map(({ label }) => label)), [["Yes", "No (recommended)"]]);
});

test("what is shown of an edit names its file, though the transcript says it", async () => {
  const stage = new Stage(listens);
  stage.write("\x1b[2J\x1b[H• I will write it.\r\n\r\n• Added hello.txt (+2 -0)\r\n    1 +hello\r\n    2 +world\r\n\r\n  Would you like to make the following edits?\r\n\r\n› 1. Yes, proceed (y)\r\n  2. No, and tell Codex what to do differently (esc)\r\n\r\n  Press enter to confirm or esc to cancel\x1b[?25l");
  await stage.pass(1000);
  assert.equal(stage.opened[0]?.question, "Would you like to make the following edits?");
  assert.match(stage.opened[0]?.excerpt ?? "", /^• Added hello\.txt/);
  assert.doesNotMatch(stage.opened[0]?.excerpt ?? "", /I will write it/);
});

test("what an option means, drawn in a look of its own, is none of its label, a wrapped label is whole", async () => {
  const stage = new Stage(listens, { cols: 28, rows: 24 });
  stage.write("\x1b[2J\x1b[HWhich database should\r\nthe project use?\r\n\r\n❯ 1. PostgreSQL the server\r\n     \x1b[2mWhat PostgreSQL brings\x1b[m\r\n  2. SQLite, one file beside\r\n     the others\r\n     \x1b[2mWhat SQLite brings\x1b[m\r\n\r\nEnter to select\x1b[?25l");
  await stage.pass(1000);
  assert.deepEqual(stage.opened[0]?.choices.map(({ label }) => label), ["PostgreSQL the server", "SQLite, one file beside the others"]);
});

test("the next dialog in the place of the one before is another prompt, though a sign or a number is all that differs", async () => {
  for (const [first, next] of [["rm -rf tmp/", "rm -rf /tmp"], ["rm -r a b", "rm -r ab"], ["sleep 5m", "sleep 50m"], ["cat a|b", "cat a b"]] as const) {
    const stage = new Stage(listens);
    stage.write(menu(0, first));
    await stage.pass(300);
    stage.type("1");
    stage.write(menu(0, next));
    assert.notEqual((await stage.standing())?.fingerprint, stage.opened[0]?.fingerprint, next);
    await stage.pass(300);
    assert.equal(stage.opened.length, 2, next);
  }
});

test("a question that went by is not the next one, though a number is all that differs", async () => {
  const stage = new Stage(readsLine);
  stage.write("Restore the backup of 5 m ago? [y/n] ");
  await stage.pass(300);
  stage.write("\r\nRestore the backup of 10 m ago? [y/n] ");
  await stage.pass(300);
  assert.equal(stage.opened.length, 2);
});

/** A loop that asks about one thing after the other, in the same words. */
for (const [what, between] of [
  ["goes by in silence", "\r\ntimed out\r\nDeploy to production\r\n"],
  ["is erased with the screen", "\x1b[2J\x1b[HDeploy to production\r\n"],
] as const) {
  test(`a question that ${what} is not the next one, though its words are the same`, async () => {
    const stage = new Stage(readsLine);
    stage.write("\x1b[2J\x1b[HDeploy to staging\r\nContinue? [y/n] ");
    await stage.pass(300);
    const [staging] = stage.opened;
    stage.write(`${between}Continue? [y/n] `);
    assert.notEqual((await stage.standing())?.fingerprint, staging?.fingerprint, "not even before the next look");
    await stage.pass(300);
    assert.deepEqual(stage.changes.map(({ event }) => event), ["open", "close", "open"]);
    assert.notEqual(stage.opened[1]?.fingerprint, staging?.fingerprint);
    assert.equal((await stage.standing())?.fingerprint, stage.opened[1]?.fingerprint);
  });

  test(`a question that is answered by a key, where the one before ${what}, is a new one`, async () => {
    for (const [answer, echo] of [["y\r", "y"], ["y", ""]] as const) {
      const stage = new Stage(readsLine);
      stage.write("\x1b[2J\x1b[HDeploy to staging\r\nContinue? [y/n] ");
      await stage.pass(300);
      stage.type(answer);
      stage.write(`${echo}${between}Continue? [y/n] `);
      assert.notEqual((await stage.standing())?.fingerprint, stage.opened[0]?.fingerprint);
      await stage.pass(300);
      assert.equal(stage.opened.length, 2, JSON.stringify(answer));
    }
  });
}

for (const [what, again] of [
  ["counts down on line after line", "\r\nRebooting in 9 s. Cancel? [y/n] "],
  ["is drawn again where it stood", "\r\x1b[KRebooting in 9 s. Cancel? [y/n] "],
  ["is drawn again below a line of a log", "\r\x1b[Knginx: stopped\r\nRebooting in 9 s. Cancel? [y/n] "],
  ["is drawn again on an empty screen", "\x1b[2J\x1b[HThe updates are in.\r\nRebooting in 9 s. Cancel? [y/n] "],
] as const) {
  test(`a question that ${what} stays one`, async () => {
    const stage = new Stage(readsLine);
    stage.write("The updates are in.\r\nRebooting in 10 s. Cancel? [y/n] ");
    await stage.pass(300);
    for (let second = 0; second < 3; second++) {
      stage.write(again);
      await stage.pass(700);
    }
    assert.deepEqual(stage.changes.map(({ event }) => event), ["open"]);
    assert.equal((await stage.standing())?.fingerprint, stage.opened[0]?.fingerprint);
  });
}

test("a question stands, and is asked once, while log lines are written above it, more than the emulator keeps", async () => {
  const stage = new Stage(listens);
  stage.write("Deploy to staging\r\nContinue? [y/n] ");
  await stage.pass(1_000);
  for (let number = 0; number < 300; number++) {
    stage.write(`\r\x1b[0Jlog line ${number} is here\r\nContinue? [y/n] `);
    await stage.pass(number % 10 === 0 ? 700 : 20);
  }
  assert.deepEqual(stage.changes.map(({ event }) => event), ["open"]);
});

test("a question that is wider than the window is asked once, however often it is drawn anew from its first row", async () => {
  const question = "Do you want to continue with the deployment of all the services to the production cluster now? [y/n] ";
  const stage = new Stage(listens);
  stage.write(`begin\r\n${question}`);
  await stage.pass(1_000);
  for (const word of ["one", "two", "three"]) {
    stage.write(`\x1b[1A\r\x1b[0Jlog line ${word}\r\n${question}`);
    await stage.pass(1_000);
  }
  assert.deepEqual(stage.changes.map(({ event }) => event), ["open"]);
});

test("a question below which the person cleared the screen is not asked again", async () => {
  const stage = new Stage(listens);
  stage.write("Deploy to staging\r\nContinue? [y/n] ");
  await stage.pass(1_000);
  stage.type("\x0c");
  stage.write("\x1b[H\x1b[2JContinue? [y/n] ");
  await stage.pass(1_000);
  assert.deepEqual(stage.changes.map(({ event }) => event), ["open"]);
});

test("a resize long ago does not make the next dialog the one before", async () => {
  const stage = new Stage(listens);
  stage.write(menu(0, "rm -rf tmp/"));
  await stage.pass(1_000);
  stage.resize(70, 24);
  stage.write(menu(0, "rm -rf tmp/"));
  await stage.pass(1_000);
  stage.type("1");
  stage.write(menu(0, "rm -rf /tmp"));
  await stage.pass(1_000);
  assert.deepEqual(stage.opened.map(({ excerpt }) => excerpt.includes("rm -rf /tmp")), [false, true]);
});

test("a dialog beside a turning title is asked though a composer stands that nobody used, or another dialog", async () => {
  for (const first of ["demo:~$ ", menu(0, "first.sh")]) {
    const stage = new Stage(listens);
    stage.write(first);
    await stage.pass(1_500);
    stage.write(menu(0, "second.sh"));
    for (let frame = 0; frame < 60; frame++) {
      stage.write(turning(frame));
      await stage.pass(80);
    }
    assert.deepEqual(stage.changes.map(({ event }) => event), ["open", "close", "open"]);
  }
});
