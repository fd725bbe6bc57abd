import assert from "node:assert/strict";
import { test } from "node:test";
import { listens, Stage } from "./stage.ts";

const rule = "─".repeat(80);
const question = `\x1b[?1049h\x1b[2J\x1b[H Copilot needs information.\r\n Which database should the project use?\r\n\r\n   PostgreSQL\r\n ❯ SQLite\r\n   MySQL\r\n   Other (type your answer)\r\n\r\n ↑/↓ select · enter accept · ctrl+d decline · esc cancel\r\n${rule}\x1b[?25l`;

test("a hidden cursor left behind the highlighted option is no text field: a program that draws what changed stops anywhere", async () => {
  const stage = new Stage(listens);
  stage.write(`${question}\x1b[5;10H`);
  await stage.pass(1000);
  assert.deepEqual(stage.opened.map(({ type, choices }) => [type, choices.map(({ label }) => label)]), [["multiple_choice", ["PostgreSQL", "SQLite", "MySQL", "Other (type your answer)"]]]);
});

test("a highlighted option whose cursor is drawn as a block is a text field", async () => {
  const stage = new Stage(listens);
  stage.write(`${question}\x1b[5;4HMariaDB\x1b[7m \x1b[27m\x1b[5;11H`);
  await stage.pass(1000);
  assert.deepEqual(stage.opened.map(({ type }) => type), ["free_text"]);
});

test("a highlighted option in which the cursor shows is a text field", async () => {
  const stage = new Stage(listens);
  stage.write(`${question}\x1b[5;4H\x1b[?25h`);
  await stage.pass(1000);
  assert.deepEqual(stage.opened.map(({ type }) => type), ["free_text"]);
});
