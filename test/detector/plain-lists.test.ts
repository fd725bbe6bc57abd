import assert from "node:assert/strict";
import { test } from "node:test";
import type { Evidence } from "../../src/prompt/evidence.ts";
import { listens, readsLine, Stage } from "./stage.ts";

const readsKey: Evidence = { ...listens, reading: "read" };

/** Type, question and choices with their keys of what asks once the screen shows `text`. */
async function asked(text: string, evidence: Evidence = readsKey): Promise<(string | readonly string[])[][]> {
  const stage = new Stage(evidence);
  stage.write(text);
  await stage.pass(1000);
  return stage.opened.map(({ type, question, choices }) => [type, question, choices.map(({ label, keys }) => `${label}=${keys}`)]);
}

test("rows in reverse below the line that searches in them are a list (fzy)", async () => {
  assert.deepEqual(await asked("branch> \r\n\x1b[7malpha\x1b[27m\r\nbeta\r\ngamma\x1b[1;9H"), [["multiple_choice", "branch>", ["alpha=\r", "beta=\x1b[B\r", "gamma=\x1b[B\x1b[B\r"]]]);
});

test("a command that a shell completes below itself, and a table with its head in reverse, are no lists", async () => {
  assert.deepEqual(await asked("\x1b[?2004h$ git checkout \x1b[K\r\n\x1b[7mmain\x1b[27m\r\ndevelop\r\n\x1b[1;16H", { ...listens, reading: "select" }), []);
  assert.deepEqual(await asked("top - 23:35:47\r\n\r\n\x1b[7m  PID USER      PR  NI\x1b[27m\r\n   14 root      20   0\r\n   15 root      20   0\x1b[2;1H"), []);
});

test("a row in reverse behind which the cursor hides is the highlighted one (Term::Choose)", async () => {
  assert.deepEqual(await asked("Which fruit do you want?\r\napple\r\n\x1b[7mbanana\x1b[27m\r\ncherry\x1b[3;7H\x1b[?25l"), [["multiple_choice", "Which fruit do you want?", ["apple=\x1b[A\r", "banana=\r", "cherry=\x1b[B\r"]]]);
});

test("words between a list and its counter, on another ground, ask and are no option (fzf --header)", async () => {
  const screen = "\x1b[48;5;236m \x1b[49m develop\r\n\x1b[48;5;236m\x1b[31m>\x1b[39m main\x1b[49m\r\n  \x1b[36mChoose the branch to delete\x1b[39m\r\n  2/2 ─────\r\n> ";
  assert.deepEqual(await asked(screen), [["multiple_choice", "Choose the branch to delete", ["develop=\x1b[A\r", "main=\r"]]]);
});

test("buttons with a frame of their own are buttons (newt)", async () => {
  const box = ["┌──────┤ Bootloader ├───────┐", "│                           │", "│ Install GRUB to the disk? │", "│                           │", "│   ┌─────┐      ┌────┐     │", "│   │ \x1b[7mYes\x1b[27m │      │ No │     │", "│   └─────┘      └────┘     │", "└───────────────────────────┘"];
  assert.deepEqual(await asked(`\x1b[?1049h\x1b[2J${box.map((row, at) => `\x1b[${at + 5};20H${row}`).join("")}\x1b[10;26H`, { ...listens, reading: "select" }), [["yes_no", "Install GRUB to the disk?", ["Yes=\r", "No=\x1b[C\r"]]]);
});

test("a list of buttons is told by their words (urwid)", async () => {
  assert.deepEqual((await asked("\x1b[?1049h\x1b[2J\x1b[H  Which profile should be loaded?\r\n\r\n  \x1b[7m< Minimal     >\x1b[27m\r\n  < Desktop     >\x1b[3;5H"))[0]?.[2], ["Minimal=\r", "Desktop=\x1b[B\r"]);
});

test("fields one below the other, each behind its name, take words and no blank (Enquirer's form)", async () => {
  assert.deepEqual(await asked("? Please provide the following:\r\n⊙  First Name : Jon\r\n⊙   Last Name : Doe\x1b[1;32H\x1b[?25l", listens), [["free_text", "Please provide the following:", []]]);
});

test("a key in each of the lines above a question answers it (visudo)", async () => {
  const screen = "What now? ?\r\nOptions are:\r\n  (e)dit sudoers file again\r\n  e(x)it without saving changes\r\n  (Q)uit and save changes (DANGER!)\r\n\r\nWhat now? ";
  const keys = ["edit sudoers file again=e\r", "exit without saving changes=x\r", "Quit and save changes (DANGER!)=Q\r"];
  for (const text of [screen, screen.replace("\r\n\r\n", "\r\n")]) assert.deepEqual((await asked(text, readsLine)).map(([, question, choices]) => [question, choices]), [["What now?", keys]]);
});

test("of the answers that a pattern names those are offered whose letters the line holds", async () => {
  const labels = ["Overwrite=y\r", "Overwrite all=a\r", "Show the differences=d\r", "Abort=x\r", "Help=h\r"];
  assert.deepEqual((await asked("? Conflict on package.json (Yadxh) ", listens))[0]?.[2], labels);
});

test("names of files that begin with one letter or number are no answers", async () => {
  for (const names of ["  a.txt\r\n  b.txt", "1.txt\r\n2.txt"]) assert.deepEqual(await asked(`These will be overwritten:\r\n${names}\r\n\r\nProceed? `, readsLine), [["yes_no", "Proceed?", ["Yes=y\r", "No=n\r"]]], names);
});

test("the line that searches in a counted list belongs to it, whatever it says (fzf --prompt)", async () => {
  assert.deepEqual((await asked("  b.log\r\n> a.log\r\n  2/2 (0) ─────\r\nDelete> "))[0]?.[2], ["b.log=\x1b[A\r", "a.log=\r"]);
});
