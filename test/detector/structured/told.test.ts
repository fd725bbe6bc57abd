import assert from "node:assert/strict";
import { test } from "node:test";
import type { StructuredEvent } from "../../../src/detector/structured.ts";
import { listens, Stage } from "../stage.ts";

const rule = "─".repeat(80);
const clear = "\x1b[2J\x1b[H\x1b[?25l";
const dialog = (command: string) => `${clear}${rule}\r\n Bash command\r\n\r\n   ${command}\r\n\r\n Do you want to proceed?\r\n ❯ 1. Yes\r\n   2. Yes, and don't ask again\r\n   3. No\r\n\r\n Esc to cancel\r\n`;
const working = `${clear}● Running…\r\n\r\n✻ Cooking… (3s · esc to interrupt)\r\n`;
const composer = `${clear}● Done.\r\n\r\n${rule}\r\n❯ \r\n${rule}\r\n  ? for shortcuts\x1b[4;3H\x1b[?25h`;

/** A terminal with an agent that tells of its questions. */
class Told extends Stage {
  constructor() {
    super(listens);
  }

  tell(event: StructuredEvent): void {
    this.changes.push(...this.detector.structured(event, this.now));
  }

  asks(id: string, step = 0): void {
    this.tell({ is: "asked", id, step, source: "claude.permission", asked: { type: "yes_no", question: "Proceed?", excerpt: `call ${id}`, choices: [{ label: "Yes", keys: "", declines: false }], default: undefined, secret: false } });
  }

  /** "open LAYER" and "close WHY", in order. */
  get story(): string[] {
    return this.changes.map((change) => (change.event === "open" ? `open ${change.detection.idle ? "composer" : change.detection.layer}` : `close ${change.why}`));
  }
}

test("a question that is told and the dialog drawn for it are one", async () => {
  const stage = new Told();
  stage.write(working);
  stage.asks("1");
  await stage.pass(400);
  stage.write(dialog("touch a"));
  await stage.pass(60_000);
  assert.deepEqual(stage.story, ["open structured"]);
  assert.equal(stage.changes[0]?.event === "open" && stage.changes[0].detection.confidence, 1);
  assert.equal(stage.detector.told, "1");
});

test("a dialog that was drawn before it was told is folded in too", async () => {
  const stage = new Told();
  stage.write(dialog("touch a"));
  await stage.pass(300);
  stage.asks("1");
  await stage.pass(1_000);
  assert.deepEqual(stage.story, ["open pattern", "close the program itself tells of it", "open structured"]);
  stage.type("1");
  stage.write(working);
  await stage.pass(1_000);
  assert.equal(stage.story.at(-1), "close answered");
});

test("answered at the terminal, it closes with its dialog", async () => {
  for (const after of [working, composer]) {
    const stage = new Told();
    stage.asks("1");
    stage.write(dialog("touch a"));
    await stage.pass(300);
    stage.type("1");
    stage.write(after);
    await stage.pass(400);
    assert.deepEqual(stage.story.slice(0, 2), ["open structured", "close answered"]);
    assert.equal(stage.detector.told, undefined);
  }
});

test("answered from afar, its dialog is no question of its own while it goes", async () => {
  const stage = new Told();
  stage.asks("1");
  stage.write(dialog("touch a"));
  await stage.pass(300);
  stage.tell({ is: "answered", id: "1" });
  assert.equal((await stage.standing())?.layer, "structured");
  await stage.pass(500);
  stage.write(working);
  await stage.pass(5_000);
  assert.equal(await stage.standing(), undefined);
  assert.ok(!stage.story.includes("open pattern"));
});

test("answered before its dialog was drawn, the composer that follows is seen at once", async () => {
  const stage = new Told();
  stage.asks("1");
  stage.tell({ is: "answered", id: "1" });
  stage.write(composer);
  await stage.pass(1_000);
  assert.deepEqual(stage.story, ["open structured", "close its turn is over", "open composer"]);
});

test("answered before its dialog was drawn, the dialog that shows for a moment is no question of its own", async () => {
  const stage = new Told();
  stage.asks("1");
  stage.tell({ is: "answered", id: "1" });
  await stage.pass(200);
  stage.write(dialog("touch a"));
  await stage.pass(800);
  assert.equal((await stage.standing())?.layer, "structured");
  stage.write(composer);
  await stage.pass(1_000);
  assert.deepEqual(stage.story, ["open structured", "close its turn is over", "open composer"]);
});

test("a dialog that stays though its program was answered before it was drawn is asked from the screen", async () => {
  const stage = new Told();
  stage.asks("1");
  stage.tell({ is: "answered", id: "1" });
  stage.write(dialog("touch a"));
  await stage.pass(5_000);
  assert.deepEqual(stage.story, ["open structured", "close answered", "open pattern"]);
});

test("the dialog that shows after an early answer may be the next call's", async () => {
  const stage = new Told();
  stage.asks("1");
  stage.tell({ is: "answered", id: "1" });
  stage.write(dialog("touch b"));
  await stage.pass(500);
  stage.asks("2");
  await stage.pass(500);
  stage.type("1");
  stage.write(working);
  await stage.pass(500);
  assert.deepEqual(stage.story, ["open structured", "close the program itself tells of it", "open structured", "close answered"]);
});

test("answered in vain, its dialog is the screen's again", async () => {
  const stage = new Told();
  stage.asks("1");
  stage.write(dialog("touch a"));
  await stage.pass(300);
  stage.tell({ is: "answered", id: "1" });
  await stage.pass(10_000);
  assert.deepEqual(stage.story, ["open structured", "close answered", "open pattern"]);
});

test("when its hook goes, the dialog that stands is asked from the screen", async () => {
  const stage = new Told();
  stage.asks("1");
  stage.write(dialog("touch a"));
  await stage.pass(300);
  stage.tell({ is: "gone", id: "1", why: "the hook ended" });
  assert.deepEqual(stage.story, ["open structured", "close the hook ended", "open pattern"]);
  stage.tell({ is: "gone", id: "1", why: "again" });
  assert.equal(stage.story.length, 3);
});

test("the next call's dialog may take the place of the last one's", async () => {
  const stage = new Told();
  stage.asks("1");
  stage.write(dialog("touch a"));
  await stage.pass(300);
  stage.tell({ is: "answered", id: "1" });
  stage.asks("2");
  await stage.pass(200);
  stage.write(dialog("touch b"));
  await stage.pass(2_000);
  assert.deepEqual(stage.story, ["open structured", "close the program itself tells of it", "open structured"]);
  assert.equal(stage.detector.told, "2");
  stage.type("1");
  stage.write(working);
  await stage.pass(500);
  assert.equal(stage.story.at(-1), "close answered");
});

test("a second question of the same call keeps the dialog", async () => {
  const stage = new Told();
  stage.asks("1", 0);
  stage.write(dialog("touch a"));
  await stage.pass(300);
  stage.asks("1", 1);
  await stage.pass(300);
  stage.type("\x1b");
  stage.write(composer);
  await stage.pass(300);
  assert.deepEqual(stage.story.slice(0, 4), ["open structured", "close the program itself tells of it", "open structured", "close answered"]);
});

test("a composer that still stood when it was told says nothing, one that stays does", async () => {
  const stage = new Told();
  stage.write(composer);
  await stage.pass(1_000);
  stage.asks("1");
  stage.write(composer);
  await stage.pass(4_900);
  assert.equal(stage.detector.told, "1");
  await stage.pass(200);
  assert.deepEqual(stage.story.slice(-2), ["close its turn is over", "open composer"]);
});

test("answered at the terminal before it was told, a program that works on ends it", async () => {
  const stage = new Told();
  stage.write(dialog("touch a"));
  await stage.pass(300);
  stage.type("1");
  stage.write(working);
  await stage.pass(500);
  stage.asks("1");
  await stage.pass(6_000);
  assert.deepEqual(stage.story, ["open pattern", "close answered", "open structured", "close answered"]);
  assert.equal(stage.detector.told, undefined);
});

test("a dialog that is drawn late while the program still showed its work is folded in", async () => {
  const stage = new Told();
  stage.write(working);
  await stage.pass(500);
  stage.asks("1");
  await stage.pass(4_000);
  stage.write(dialog("touch a"));
  await stage.pass(60_000);
  assert.deepEqual(stage.story, ["open structured"]);
});

test("answered at the terminal before its dialog was seen, the composer that follows ends it at once", async () => {
  const stage = new Told();
  stage.asks("1");
  stage.type("1");
  stage.write(composer);
  await stage.pass(1_000);
  assert.deepEqual(stage.story, ["open structured", "close answered", "open composer"]);
});
