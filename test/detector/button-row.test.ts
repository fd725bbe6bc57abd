import assert from "node:assert/strict";
import { test } from "node:test";
import { listens, Stage } from "./stage.ts";

const panel = (buttons: string) => `\x1b[?1049h\x1b[48;5;233m\x1b[2J\x1b[H\x1b[?25l\x1b[3;1H  ┃  △ Always allow\x1b[4;1H  ┃\x1b[5;1H  ┃  - touch *\x1b[6;1H  ┃\x1b[7;1H  ┃   ${buttons}                    ⇆ select  enter confirm`;
const picked = (label: string) => `\x1b[48;5;75;38;5;16m ${label} \x1b[48;5;233;39m`;
const plain = (label: string) => `\x1b[38;5;245m ${label} \x1b[39m`;

test("of two buttons that are both coloured, the one off the panel's background is picked", async () => {
  for (const [buttons, wanted] of [[`${picked("Confirm")} ${plain("Cancel")}`, ["\r", "\x1b[C\r"]], [`${plain("Confirm")} ${picked("Cancel")}`, ["\x1b[D\r", "\r"]]] as const) {
    const stage = new Stage(listens);
    stage.write(panel(buttons));
    await stage.pass(1000);
    assert.deepEqual(stage.opened.map(({ pattern, choices }) => [pattern, choices.map(({ keys }) => keys)]), [["opencode.always", wanted]]);
  }
});

test("tabs above a review are no buttons: it is confirmed or dismissed", async () => {
  const stage = new Stage(listens);
  stage.write(`\x1b[?1049h\x1b[48;5;233m\x1b[2J\x1b[H\x1b[?25l\x1b[3;1H  ┃  ${plain("Database")} ${plain("Runtime")} ${picked("Confirm")}\x1b[5;1H  ┃  Review\x1b[7;1H  ┃  Database: MySQL\x1b[9;1H  ┃  ⇆ tab  enter submit  esc dismiss`);
  await stage.pass(1000);
  assert.match(stage.opened[0]?.excerpt ?? "", /Database: MySQL/);
  assert.deepEqual(stage.opened.map(({ pattern, choices }) => [pattern, choices.map(({ label, keys }) => [label, keys])]), [["opencode.review", [["Confirm", "\r"], ["Dismiss", "\x1b"]]]]);
});

test("a status of several words in a row of them is no button", async () => {
  const stage = new Stage(listens);
  stage.write(`\x1b[2J\x1b[H${"─".repeat(78)}\r\n workspace          sandbox              /model\r\n ~/project          \x1b[38;5;203mno sandbox\x1b[39m           Auto\r\n`);
  await stage.pass(1500);
  assert.deepEqual(stage.opened.filter(({ idle }) => !idle), []);
});
