import assert from "node:assert/strict";
import { test } from "node:test";
import { listens, Stage } from "./stage.ts";

/** Type, question and choices with their keys of what asks once the screen shows `rows`. */
async function asked(rows: readonly string[], cols = 80): Promise<(string | readonly string[])[][]> {
  const stage = new Stage(listens, { cols, rows: 24 });
  stage.write(`${rows.join("\r\n")}\x1b[?25l`);
  await stage.pass(1000);
  return stage.opened.map(({ type, question, choices }) => [type, question, choices.map(({ label, keys }) => `${label}=${keys}`)]);
}

test("a frame in ASCII is a frame (clack where TERM is linux)", async () => {
  const before = ["T  create-thing", "|", "o  Where should we create it?", "|  x", "|"];
  const dim = (text: string) => `\x1b[2m${text}\x1b[22m`;
  assert.deepEqual(await asked([...before, "*  Pick a type", "|  > TypeScript", "|    JavaScript", "—", ""]), [["multiple_choice", "Pick a type", ["TypeScript=\r", "JavaScript=\x1b[B\r"]]]);
  assert.deepEqual(await asked([...before, "*  Select tools.", `|  [•] Prettier`, `|  ${dim("[+]")} ${dim("ESLint")}`, "—", ""]), [["multiple_choice", "Select tools.", ["Prettier= ", "ESLint=\x1b[B ", "Done=\r"]]]);
  assert.deepEqual(await asked([...before, "*  Install it?", "|    Yes / > No", "—", ""]), [["yes_no", "Install it?", ["Yes=y", "No=n"]]]);
  assert.deepEqual(await asked(["*  an item of a list", "|  and a table", "", "—", ""]), []);
});

test("words that a program cut at the last column are its option's, and hide none (Inquirer)", async () => {
  const rows = ["? Which of these files shoul", "d be committed?", "❯◉ src/index.ts (modified, 1", "2 lines)", " ◯ README.md", "", "space select • ⏎ submit"];
  assert.deepEqual((await asked(rows, 28))[0]?.[2], ["src/index.ts (modified, 12 lines)= ", "README.md=\x1b[B ", "Submit=\r"]);
});

test("an option's words that go on at the left edge part no list", async () => {
  const rows = ["? Select the type of change: (Use arrow keys)", "❯ feat: A new feature", "  style: Changes that do not affect the meaning", "of the code", "  fix: A bug fix"];
  assert.deepEqual((await asked(rows, 48))[0]?.[2], ["feat: A new feature=\r", "style: Changes that do not affect the meaning of the code=\x1b[B\r", "fix: A bug fix=\x1b[B\x1b[B\r"]);
});

test("names set flush right are one list (bumpp)", async () => {
  const rows = ["? Current version 1.2.3 ›", "        major 2.0.0", "❯        next 1.2.4", "    pre-patch 1.2.4-beta.1", "       custom ..."];
  assert.deepEqual((await asked(rows))[0]?.[2], ["major 2.0.0=\x1b[A\r", "next 1.2.4=\r", "pre-patch 1.2.4-beta.1=\x1b[B\r", "custom ...=\x1b[B\x1b[B\r"]);
});

test("arrows count from the box of a group, and not over the names of columns (pnpm)", async () => {
  const rows = ["? Choose which packages to update …", "❯ ○ dependencies", "\x1b[90m    ○ Package      Current   Target\x1b[39m", "    ○ is-odd       1.0.0 ❯ 3.0.1", "    ○ ms           1.0.0 ❯ 2.1.3", "", "Enter to start updating."];
  assert.deepEqual((await asked(rows))[0]?.[2], ["dependencies= ", "is-odd=\x1b[B ", "ms=\x1b[B\x1b[B ", "Done=\r"]);
});

test("what can't be picked is no option", async () => {
  const rows = ["? Which package manager? (Use arrow keys)", "❯ npm", "  yarn", "  - bun (not installed)"];
  assert.deepEqual((await asked(rows))[0]?.[2], ["npm=\r", "yarn=\x1b[B\r"]);
});

test("a hint that goes with the first key is none of the question", async () => {
  const stage = new Stage(listens);
  stage.write("? Which one (Use arrow keys)\r\n❯ npm\r\n  yarn\x1b[?25l");
  await stage.pass(400);
  stage.type("\x1b[B");
  stage.write("\x1b[1;1H\x1b[J? Which one\r\n  npm\r\n❯ yarn");
  await stage.pass(400);
  assert.equal(stage.opened.length, 1);
  assert.ok(stage.isOpen);
});

test("a question below tasks of which one turns is asked, and the next one, too (listr2)", async () => {
  const stage = new Stage(listens);
  const frames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
  const turn = async (count: number, task: string, question: string) => {
    for (let frame = 0; frame < count; frame++) {
      stage.write(`\x1b[H\x1b[J${frames[frame % 10] ?? ""} ${task}\r\n◼ Roll out\r\n\r\n${question}\r\n\x1b[?25l`);
      await stage.pass(80);
    }
  };
  await turn(30, "Choose a target", "? Which cluster gets it? …\r\n\x1b[36m▸ blue\x1b[39m\r\n  green");
  stage.type("\r");
  await turn(30, "Ask for consent", "? Drain it first? ‣ no / \x1b[4myes\x1b[24m");
  stage.type("\r");
  await turn(30, "Write it down", "? Reason ‣ ");
  assert.deepEqual(stage.opened.map(({ type, question }) => [type, question]), [["multiple_choice", "Which cluster gets it?"], ["yes_no", "Drain it first?"], ["free_text", "Reason"]]);
});

test("a list below which work goes on was left there", async () => {
  const stage = new Stage(listens);
  for (let frame = 0; frame < 40; frame++) {
    stage.write(`\x1b[H\x1b[J? Which cluster gets it?\r\n❯ blue\r\n  green\r\n${"⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"[frame % 10] ?? ""} Rolling out\r\n\x1b[?25l`);
    await stage.pass(80);
  }
  assert.deepEqual(stage.opened, []);
});

test("a test runner's list of what passed and failed is none to pick from (Vitest)", async () => {
  const failed = ["", " ❯ a.test.js (2 tests | 1 failed) 257ms", "   ✓ asks whether to continue?", "   × asks again?", "", "press h to show help, press q to quit", ""];
  const passing = ["", " ❯ a.test.js 1/2", "   ✓ asks whether to continue?  605ms", "", "press h to show help, press q to quit", ""];
  for (const rows of [failed, passing]) assert.deepEqual(await asked(rows), [], rows.join("\n"));
});

test("words behind a spinner tell what is being done, however they end", async () => {
  for (const words of ["◒ Installing dependencies?...", "⠙ Which one is left?", "◓  Overwrite the file? (y/n)"]) assert.deepEqual(await asked([words]), [], words);
});

test("a list that can be searched is the program's own, not one that the person opened (Inquirer)", async () => {
  assert.deepEqual((await asked(["? Which country? (Use arrow keys or type to search)", "❯ Austria", "  Belgium"]))[0]?.[1], "Which country?");
});

test("a pointer before what heads a list of boxes begins its question (consola)", async () => {
  assert.deepEqual((await asked(["✔ Name of the module?", "x", "", "❯ Pick a runtime.", "● node", "○ deno", ""]))[0], ["multiple_choice", "Pick a runtime.", ["node=\r", "deno=\x1b[B\r"]]);
});
