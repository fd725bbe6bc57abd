import assert from "node:assert/strict";
import { test } from "node:test";
import type { Evidence } from "../../src/prompt/evidence.ts";
import { listens, readsLine, Stage } from "./stage.ts";

const edits: Evidence = { ...listens, reading: "select" };
const readsKey: Evidence = { ...listens, reading: "read" };

/** What is asked, and what Enter would give, once the screen shows `text`. */
async function asked(text: string, evidence: Evidence): Promise<(string | undefined)[][]> {
  const stage = new Stage(evidence);
  stage.write(text);
  await stage.pass(1000);
  return stage.opened.map(({ type, question, default: preset }) => [type, question, preset]);
}

test("a line editor that was given an answer to start from asks, with that answer as the default", async () => {
  assert.deepEqual(await asked("\x1b[?2004hSave as: default.txt", edits), [["free_text", "Save as:", "default.txt"]]);
});

test("a bar in reverse on a full screen asks, with what stands in it as the default", async () => {
  assert.deepEqual(await asked("\x1b[?1049h\x1b[2J\x1b[Hhello\x1b[22;1H\x1b[7mFile Name to Write: note.txt", readsKey), [["free_text", "File Name to Write:", "note.txt"]]);
});

test("editing what stood in the line is the same question", async () => {
  const stage = new Stage(edits);
  stage.write("\x1b[?2004hSave as: default.txt");
  await stage.pass(500);
  for (const [key, echo] of [["\x7f", "\b \b"], ["\x7f", "\b \b"], ["s", "s"]] as const) {
    stage.type(key);
    stage.write(echo);
    await stage.pass(500);
  }
  assert.equal(stage.opened.length, 1);
  assert.equal(stage.isOpen, true);
});

test("a label with words behind it asks nothing where no line editor reads, and nothing on a full screen that is no bar", async () => {
  assert.deepEqual(await asked("Recording: on", listens), []);
  assert.deepEqual(await asked("\x1b[?2004h\x1b[?25lRecording: on", edits), []);
  assert.deepEqual(await asked("\x1b[?1049h\x1b[2J\x1b[Hname: Ada", readsKey), []);
});

test("what is being written at an interpreter's or a shell's prompt asks nothing", async () => {
  for (const line of ["In [1]: x", ">>> x: int", "demo@box:~/src$ echo a: b"]) assert.deepEqual(await asked(`\x1b[?2004h${line}`, edits), [], line);
});

test("an answer above a list is no question of the list below it", async () => {
  const stage = new Stage(readsLine);
  stage.write("Remote [origin]: ");
  await stage.pass(500);
  stage.type("\r");
  stage.write("\r\n1) alpha   2) beta\r\n?# ");
  await stage.pass(500);
  assert.deepEqual(stage.opened.map(({ question, choices }) => [question, choices.length]), [["Remote [origin]:", 0], ["?#", 2]]);
});
