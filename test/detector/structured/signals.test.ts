import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { listens, readsLine, Stage, works } from "../stage.ts";

const selects = { echo: false, icanon: false, reading: "select", running: false } as const;
const menu = "\x1b[2J\x1b[HWould you like to run the following command?\r\n\r\n  $ touch a\r\n\r\n› 1. Yes, proceed (y)\r\n  2. No, and tell Codex what to do differently (esc)\r\n\r\n  Press enter to confirm or esc to cancel\x1b[?25l";
const notified = "\x1b]9;Approval requested: touch a\x07";
const calls = [notified, "\x1b]777;notify;Gemini CLI;Approval required\x07", "\x1b]99;;Approval required\x1b\\", "\x07", "\x1b]0;[ ! ] Action Required | demo\x07", "\x1b]2;✋  Action Required (demo)   \x07"];

/** Something else on the screen moves every 80 ms for so long. */
async function stirring(stage: Stage, ms: number): Promise<void> {
  for (let spent = 0; spent < ms; spent += 80) {
    stage.write(`\x1b[24;1H${"⠋⠙⠹⠸"[(spent / 80) % 4]} \x1b[9;1H`);
    await stage.pass(80);
  }
}

test("a dialog beside which the screen never rests is asked when its program calls for a person", async () => {
  for (const call of calls) {
    const stage = new Stage(listens);
    stage.write(menu + call);
    await stirring(stage, 2400);
    assert.deepEqual(stage.opened.map(({ question, choices }) => [question, choices.length]), [["Would you like to run the following command?", 2]], JSON.stringify(call));
  }
  const uncalled = new Stage(listens);
  uncalled.write(menu);
  // Every look must see it for a second then.
  await stirring(uncalled, 960);
  assert.deepEqual(uncalled.opened, []);
});

test("where the kernel can't be asked, a call for a person shortens the wait for a dialog", async () => {
  for (const call of calls) {
    const stage = new Stage();
    stage.write(menu + call);
    await stage.pass(400);
    assert.equal(stage.opened.length, 1, JSON.stringify(call));
  }
  const uncalled = new Stage();
  uncalled.write(menu);
  await uncalled.pass(400);
  assert.equal(uncalled.opened.length, 0);
});

test("a full-screen program that calls for a person is not left to the stall layer's patience", async () => {
  const stage = new Stage(listens);
  stage.write(`\x1b[?1049h\x1b[2J\x1b[HSomething that no pattern knows${notified}`);
  await stage.pass(700);
  assert.deepEqual(stage.opened.map(({ layer, choices }) => [layer, choices.length]), [["stall", 0]]);
});

test("a notification alone, whoever forges it, asks nothing: its words are at most told", async () => {
  for (const evidence of [works, listens, selects, undefined]) {
    const stage = new Stage(evidence);
    stage.write(`\x1b]9;Approval requested: allow everything? [y/n] 1. Yes 2. No\x07\x1b]777;notify;Do you want to proceed?;1. Yes\x07\r\ndone\r\n`);
    await stage.pass(10_000);
    assert.deepEqual(stage.opened, []);
    assert.equal(stage.detector.takeUnasked(), "Do you want to proceed?: 1. Yes");
    assert.equal(stage.detector.takeUnasked(), undefined);
  }
});

test("signs that output forges raise no dialog while the program works", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...calls, menu, "\x1b]133;B\x07", "ok\r\n"), { minLength: 1, maxLength: 8 }), async (pieces) => {
      const stage = new Stage(works);
      for (const piece of pieces) {
        stage.write(piece);
        await stage.pass(300);
      }
      await stirring(stage, 1200);
      await stage.pass(5000);
      assert.deepEqual(stage.opened, []);
    }),
    { numRuns: 40 },
  );
});

test("a notification for which a question came or stood already, or after which a key was typed, is not told", async () => {
  const asked = new Stage(listens);
  asked.write(notified + menu);
  await asked.pass(5000);
  assert.equal(asked.detector.takeUnasked(), undefined);
  // Claude Code notifies 6 s after it drew its dialog.
  asked.write(notified);
  await asked.pass(5000);
  assert.equal(asked.detector.takeUnasked(), undefined);
  const typed = new Stage(works);
  typed.write(`${notified}building\r\n`);
  await typed.pass(200);
  typed.type("x");
  await typed.pass(5000);
  assert.equal(typed.detector.takeUnasked(), undefined);
});

test("a program that says it works is not taken to wait: by its progress, or by a title that spins", async () => {
  for (const sign of ["\x1b]9;4;3;\x07", "\x1b]9;4;1;40\x07", "\x1b]0;⠹ demo\x07", "\x1b]0;◐ demo\x07"]) {
    const stage = new Stage(listens);
    stage.write(`\x1b[?1049h\x1b[2J\x1b[HReading the sources${sign}`);
    await stage.pass(14_000);
    assert.deepEqual(stage.opened, [], JSON.stringify(sign));
    // It may have died over it: after 15 s nobody believes it.
    await stage.pass(3_000);
    assert.equal(stage.opened.length, 1, JSON.stringify(sign));
  }
});

test("what says it works closes a composer that shows, and ended work gives it back", async () => {
  const rule = "─".repeat(80);
  const stage = new Stage(listens);
  stage.write(`\x1b[2J\x1b[H● Hello.\x1b[20;1H${rule}\x1b[21;1H❯ \x1b[22;1H${rule}\x1b[21;3H`);
  await stage.pass(1000);
  stage.write("\x1b]9;4;3;\x07");
  await stage.pass(1000);
  assert.deepEqual(stage.changes.map(({ event }) => event), ["open", "close"]);
  stage.write("\x1b]9;4;0;\x07");
  await stage.pass(1000);
  assert.deepEqual(stage.changes.map(({ event }) => event), ["open", "close", "open"]);
});

test("progress does not silence a question that is asked, nor a read that the kernel saw", async () => {
  const drawn = new Stage(listens);
  drawn.write(`\x1b]9;4;3;\x07${menu}`);
  await drawn.pass(1000);
  assert.equal(drawn.opened.length, 1);
  const reads = new Stage(readsLine);
  reads.write("\x1b]9;4;3;\x07Name of the release ");
  await reads.pass(4000);
  assert.equal(reads.opened.length, 1);
});

test("what a shell marks as its command line waits for a command, however its prompt is worded", async () => {
  const stage = new Stage(selects);
  stage.write("\x1b]133;D;0\x07\x1b]133;A\x07Shall we go on? [y/n] \x1b]133;B\x07");
  await stage.pass(3000);
  assert.deepEqual(stage.opened.map(({ idle, choices, pattern }) => [idle, choices.length, pattern]), [[true, 0, "shell.command-line"]]);
  // While a command is written, it is the same line.
  stage.type("rm -i a");
  stage.write("rm -i a");
  await stage.pass(3000);
  assert.equal(stage.changes.length, 1);
  stage.type("\r");
  stage.evidence = readsLine;
  stage.write("\r\n\x1b]133;C\x07rm: remove regular file 'a'? ");
  await stage.pass(1000);
  assert.deepEqual(stage.opened.map(({ idle }) => idle), [true, false]);
});

test("what a shell asks below its command line is a question", async () => {
  const stage = new Stage(selects);
  stage.write("\x1b]133;A\x07$ \x1b]133;B\x07ls a");
  await stage.pass(1000);
  stage.type("\t\t");
  stage.write("\r\nDisplay all 120 possibilities? (y or n)");
  await stage.pass(1000);
  assert.deepEqual(stage.opened.map(({ idle, type }) => [idle, type]), [[true, "free_text"], [false, "yes_no"]]);
});

test("a shell's next prompt ends what the program before it said", async () => {
  const stage = new Stage(selects);
  stage.write("\x1b]0;⠋ agent\x07\x1b]9;4;3;\x07Killed\r\n\x1b]133;D;137\x07\x1b]133;A\x07$ \x1b]133;B\x07");
  await stage.pass(1000);
  assert.deepEqual(stage.opened.map(({ idle }) => idle), [true]);
});
