import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Backlog } from "../../src/detector/backlog.ts";
import { readsLine, readsSecret, Stage } from "./stage.ts";

const readline = { echo: false, icanon: false, reading: "select", running: false } as const;

/** The last question, after `typed` was sent at what stood before it. */
async function asked(before: string, typed: string, after: string, evidence = readsLine, size = { cols: 80, rows: 24 }): Promise<string | undefined> {
  const stage = new Stage(evidence, size);
  stage.write(before);
  await stage.pass(1000);
  stage.type(typed);
  stage.write(after);
  await stage.pass(3000);
  return stage.opened.at(-1)?.question;
}

test("a command line that was sent belongs to no question below it", async () => {
  const list = '> pick(title="Data source?")\r\nData source?\r\n\r\n1: Use cache\r\n2: Download again\r\n\r\nSelection: ';
  assert.equal(await asked("> ", '> pick(title="Data source?")\r', list.slice(2), readline), "Data source?");
  assert.equal(await asked("1> ", "\x03", "\r\nBREAK: (a)bort (c)ontinue\r\n       (l)oaded\r\n"), "BREAK: (a)bort (c)ontinue (l)oaded");
});

test("a question behind one whose Enter showed nothing is asked alone", async () => {
  assert.equal(await asked("Password: ", "x\r", "Again: ", readsSecret), "Again:");
});

test("a password that is being tried is not asked again, but the next one is", async () => {
  const stage = new Stage({ ...readsSecret, reading: null });
  stage.write("Changing password for ada.\r\nCurrent password: ");
  await stage.pass(500);
  stage.type("wrong\r");
  stage.write("\r\n");
  await stage.pass(2500);
  assert.equal(stage.opened.length, 1);
  stage.write("Current password: ");
  await stage.pass(500);
  assert.deepEqual(stage.opened.map(({ question }) => question), ["Current password:", "Current password:"]);
});

test("where Enter brought nothing, the same is asked again", async () => {
  const stage = new Stage(readsLine);
  stage.write("Press ENTER to go on");
  await stage.pass(1000);
  stage.type("\r");
  stage.write("\r\n");
  await stage.pass(3000);
  assert.deepEqual(stage.opened.map(({ layer, question }) => [layer, question]), [["pattern", "Press ENTER to go on"], ["pattern", "Press ENTER to go on"]]);
});

test("a screen that was drawn anew keeps its question, on whichever of its rows Enter was pressed before", async () => {
  const next = "\x1b[HPick a shade of it.\x1b[K\r\n\x1b[K\r\n1. dark\r\n2. light\r\n\r\nChoice: ";
  assert.equal(await asked("\x1b[2J\x1b[H\r\nName: ", "red\r", next), "Pick a shade of it.");
});

test("where a line was sent is known after the screen scrolled and became narrower", async () => {
  const stage = new Stage(readsLine, { cols: 60, rows: 4 });
  stage.write(`${"Loading one of the many modules that it takes to start.\r\n".repeat(3)}1> `);
  await stage.pass(1000);
  stage.type("\x03");
  stage.resize(50, 4);
  stage.write("\r\nBREAK: (a)bort (c)ontinue\r\n       (l)oaded\r\n");
  await stage.pass(3000);
  assert.equal(stage.opened.at(-1)?.question, "BREAK: (a)bort (c)ontinue (l)oaded");
});

test("the backlog gives what came before a line was sent apart from what came after, however much of it was lost", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 6 }), fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 6 }), (before, after) => {
      const backlog = new Backlog(32);
      for (const piece of before) backlog.put(piece);
      backlog.sent();
      for (const piece of after) backlog.put(piece);
      const [first, second] = [Buffer.concat(before), Buffer.concat(after)];
      const kept = Buffer.concat([first, second]).subarray(-32);
      const one = backlog.take();
      const two = backlog.take();
      assert.deepEqual([one.isSent, two.isSent], [true, false]);
      assert.deepEqual(Buffer.concat([one.bytes, two.bytes]), kept);
      assert.equal(two.bytes.length, Math.min(32, second.length));
      assert.ok(backlog.isEmpty);
    }),
  );
});
