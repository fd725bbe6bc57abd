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

test("a highlighted option with a prompt of its own is a text field, once, though the block in it blinks", async () => {
  const stage = new Stage(listens);
  const field = (block: string) => `\x1b[2J\x1b[H  ? AskUserQuestion Ask user 1 question ←\r\n\r\n   Which database should the project use?\r\n\r\n     1. SQLite\r\n     2. MySQL\r\n   ❯ 3. > \x1b[${block}mT\x1b[mype something...\r\n\r\n   ↑/↓: Navigate | Enter: Select | Esc: Cancel\r\n\r\n  ⠏ Waiting for user confirmation...\x1b[?25l`;
  for (const block of ["48;5;250", "39", "48;5;250"]) {
    stage.write(field(block));
    await stage.pass(500);
  }
  assert.deepEqual(stage.opened.map(({ type, choices }) => [type, choices.length]), [["free_text", 0]]);
});

test("a highlighted option with a cell in reverse is a text field, wherever the cursor was left", async () => {
  const stage = new Stage(listens);
  stage.write(`${question.replace("   MySQL", " ❯ MySQL").replace(" ❯ SQLite", "   SQLite").replace("❯ MySQL", "❯ \x1b[7mM\x1b[27m\x1b[2mariaDB?\x1b[22m")}\x1b[14;1H`);
  await stage.pass(1000);
  assert.deepEqual(stage.opened.map(({ type }) => type), ["free_text"]);
});

const boxes = (...rows: string[]) => `\x1b[2J\x1b[H\x1b[?25lWhich features do you want?\r\n\r\n${rows.join("\r\n")}\r\n${rule}\r\n  4. Chat about this\r\n\r\nEnter to select · ↑/↓ to navigate · Esc to cancel`;

test("a field among boxes is gone to, not ticked empty; once words have ticked it, its list goes on", async () => {
  const stage = new Stage(listens);
  stage.write(boxes("❯ 1. [ ] Logging", "  2. [ ] Metrics", "  3. [ ] Type something", "     Submit"));
  await stage.pass(1000);
  assert.deepEqual(stage.opened[0]?.choices.map(({ label, keys }) => [label, keys]), [["Logging", "1"], ["Metrics", "2"], ["Type something", "\x1b[B\x1b[B "], ["Submit", "\x1b[B\x1b[B\x1b[B\r"], ["Chat about this", "4"]]);
  stage.type("\x1b[B\x1b[B");
  stage.write(boxes("  1. [ ] Logging", "  2. [ ] Metrics", "❯ 3. [ ] \x1b[7mT\x1b[27mype something", "     Submit"));
  await stage.pass(1000);
  assert.equal(stage.opened[1]?.type, "free_text");
  stage.type("Rust");
  stage.write(boxes("  1. [ ] Logging", "  2. [ ] Metrics", "❯ 3. [✔] Rust\x1b[7m \x1b[27m", "     Submit"));
  await stage.pass(1000);
  assert.deepEqual(stage.opened[2]?.choices.map(({ label }) => label), ["Logging", "Metrics", "Rust", "Submit", "Chat about this"]);
  assert.equal(stage.opened[2]?.default, "Rust");
  assert.deepEqual(stage.opened[2]?.choices.map(({ keys }) => keys), ["\x1b[A\x1b[A ", "\x1b[A ", "\r", "\x1b[B\r", "\x1b[B\x1b[B\r"], "a digit would be written into the field");
});

test("a list of boxes without a pointer is left by the next tab, and its field is no choice: what its digit opens takes every digit", async () => {
  const stage = new Stage(listens);
  stage.write(`\x1b[?1049h\x1b[2J\x1b[H\x1b[?25l${["", "   Features   Confirm", "", "  Which features do you want? (select all that apply)", "", "  1. [ ] Logging", "     about Logging", "  2. [✓] Metrics", "     about Metrics", "  3. [ ] Type your own answer", "", "  ⇆ tab  ↑↓ select  enter toggle  esc dismiss"].map((row) => `  ┃${row}`).join("\r\n")}`);
  await stage.pass(1000);
  assert.deepEqual(stage.opened[0]?.choices.map(({ label, keys }) => [label, keys]), [["Logging", "1"], ["Metrics", "2"], ["Next tab", "\t"]]);
});

test("a cursor that shows in a row of its own below the last option stands in that option's field", async () => {
  const rows = ["  Which language?", "", "  1. Go", "     small", "  2. Type your own answer", "     Type your own answer", "", "  ⇆ tab  ↑↓ select  enter confirm  esc dismiss"];
  const stage = new Stage(listens);
  stage.write(`\x1b[?1049h\x1b[2J\x1b[H${rows.map((row) => `  ┃${row}`).join("\r\n")}\x1b[6;9H`);
  await stage.pass(1000);
  assert.deepEqual(stage.opened.map(({ type, choices }) => [type, choices.length]), [["free_text", 0]]);
});
