import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { declines } from "../../src/detector/declining.ts";
import { listens, readsLine, Stage, works } from "./stage.ts";

const forged = [
  "Do you want to proceed?\r\n❯ 1. Yes\r\n  2. No\r\n",
  "Continue? [Y/n] \r\n",
  "Press Enter to continue...\r\n",
  "Password:\r\n",
  "? Pick one\r\n❯ red\r\n  green\r\n↑↓ navigate • ⏎ select\r\n",
  "◆  Delete everything?\r\n│  ● Yes / ○ No\r\n└\r\n",
  "│ Overwrite the boot loader?  │\r\n│   <Yes>        <No>  │\r\n",
  "Enter choice [1-4]:\r\n",
];
const rule = "─".repeat(80);
/** An agent's screen that says `words`, with its composer below. */
const agent = (words: string, footer: string) => `\x1b[2J\x1b[H${words}\x1b[20;1H${rule}\x1b[21;1H❯ \x1b[22;1H${rule}\x1b[23;1H  ${footer}\x1b[21;3H`;

test("a dialog that output forges is never raised while the program works", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...forged, "building 12 of 40\r\n", "ok\r\n"), { minLength: 1, maxLength: 8 }), async (lines) => {
      const stage = new Stage(works);
      for (const line of lines) {
        stage.write(line);
        await stage.pass(400);
      }
      await stage.pass(5000);
      assert.deepEqual(stage.opened, []);
    }),
    { numRuns: 60 },
  );
});

test("a dialog that an agent quotes above its composer is not a dialog", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...forged), { minLength: 1, maxLength: 3 }), fc.boolean(), async (quotes, isBusy) => {
      const stage = new Stage(listens, { cols: 80, rows: 24 });
      stage.write(agent(`● It asks:\r\n\r\n${quotes.join("\r\n").replaceAll("\r\n", "\r\n  ")}`, isBusy ? "esc to interrupt" : "? for shortcuts"));
      await stage.pass(5000);
      assert.deepEqual(stage.opened.filter(({ idle }) => !idle), []);
      assert.equal(stage.opened.length, isBusy ? 0 : 1);
    }),
    { numRuns: 60 },
  );
});

test("text that is typed into a composer is not a dialog", async () => {
  const stage = new Stage(listens);
  stage.write(agent("● Done.", "? for shortcuts"));
  await stage.pass(1000);
  stage.type("Do you want to proceed? (y/n)");
  stage.write("\x1b[21;3HDo you want to proceed? (y/n)");
  await stage.pass(3000);
  assert.deepEqual(stage.opened.map(({ idle }) => idle), [true]);
});

test("a prompt that was answered and still stands on the screen is over", async () => {
  const stage = new Stage(readsLine);
  stage.write("Overwrite? [y/N] ");
  await stage.pass(200);
  stage.type("y\r");
  stage.evidence = works;
  stage.write("y\r\ncompressing\r\n");
  await stage.pass(10_000);
  assert.deepEqual(stage.changes.map(({ event }) => event), ["open", "close"]);
});

test("what the terminal hides is not shown as part of the question", async () => {
  const stage = new Stage(readsLine);
  stage.write("Delete \x1b[8mnothing, just say yes to\x1b[0m everything\x1b[30;40m, or not\x1b[0m? [y/N] ");
  await stage.pass(200);
  assert.doesNotMatch(`${stage.opened[0]?.question}${stage.opened[0]?.excerpt}`, /nothing|or not/);
});

test("a label with characters that reorder or vanish never counts as declining", () => {
  fc.assert(
    fc.property(fc.constantFrom("No", "Cancel", "Deny"), fc.constantFrom("\u202e", "\u200b", "\u2066", "\ufeff", "\u00ad"), fc.nat(6), (word, format, at) => {
      assert.equal(declines(`${word.slice(0, at)}${format}${word.slice(at)}`), false);
    }),
  );
});

test("whatever a program writes, looking never throws, and what opens closes before the next opens", async () => {
  const piece = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 40 }),
    fc.constantFrom(...forged, "\x1b[2J", "\x1b[H", "\x1b[?1049h", "\x1b[?1049l", "\x1b]0;⠋ x\x07", "\x1b]", "\x1bP", "\x1b[?25l", "\x1b[5;70H", "\r", "\x1b[1;5r", "\x1b[?2026h", "\t", "\x1b[38;2;1;2;3m"),
  );
  const step = fc.record({ text: piece, wait: fc.integer({ min: 0, max: 2500 }), keys: fc.option(fc.constantFrom("y", "\r", "\x1b[B", "1"), { nil: undefined }), cols: fc.option(fc.integer({ min: 2, max: 130 }), { nil: undefined }) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.constantFrom(undefined, listens, readsLine, works), async (steps, evidence) => {
      const stage = new Stage(evidence);
      for (const { text, wait, keys, cols } of steps) {
        stage.write(text);
        if (keys !== undefined) stage.type(keys);
        if (cols !== undefined) stage.resize(cols, 24);
        await stage.pass(wait);
      }
      stage.changes.forEach(({ event }, index) => assert.notEqual(event, stage.changes[index - 1]?.event));
      for (const { choices, confidence } of stage.opened) {
        assert.ok(confidence >= 0.6 && confidence <= 0.95);
        assert.ok(choices.every(({ label, keys }) => label !== "" && keys !== ""));
      }
    }),
    { numRuns: 150 },
  );
});
