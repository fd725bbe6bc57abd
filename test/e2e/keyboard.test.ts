import assert from "node:assert/strict";
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { startDesk } from "./desk.ts";

const ask = ["bash", "-c", 'read -p "Sure? [y/n] " a; echo "got <$a>"'];

test("an answer at the keyboard settles the message, and the program goes on at once", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(ask);
  const message = await desk.api.message();
  terminal.type("n\r");
  assert.equal(await terminal.exit(), 0);
  const settled = await desk.api.edited(({ id }) => id === message.id);
  assert.match(settled.text, /answered at the keyboard/i);
  assert.deepEqual(settled.buttons, []);
  assert.match(terminal.text, /got <n>/);
});

test("a line begun at the keyboard is not mixed with a tap: the tap is refused, said so, and asked again", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(ask);
  const message = await desk.api.message();
  const yes = message.button("Yes");
  terminal.type("n");
  await terminal.shows(/\[y\/n\] n/);
  desk.ada.presses(yes, message);
  const settled = await desk.api.edited(({ id }) => id === message.id);
  assert.match(settled.text, /not delivered.*typed at the keyboard/i);
  const again = await desk.api.message(({ id }) => id > message.id);
  assert.equal(again.buttons.length, 2);
  terminal.type("\r");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /got <n>/);
});

test("with somebody at the desk the phone is given time, and stays quiet when the answer comes there", async () => {
  await using desk = await startDesk();
  desk.configure({ desk_seconds: 600 });
  await using terminal = desk.run(["bash", "-c", 'read -p "First? [y/n] " a; read -p "Second? [y/n] " b; echo "got <$a$b>"']);
  await desk.api.message(({ text }) => text.includes("First?"));
  terminal.type("n\r");
  await terminal.shows(/Second\?/);
  terminal.type("y\r");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /got <ny>/);
  assert.equal(desk.api.messages.filter(({ isSilent }) => !isSilent).length, 1);
});

test("in a menu the keyboard may move the highlight: the tap still takes the row that it names", async () => {
  await using desk = await startDesk();
  const menu = join(desk.cwd, "menu.mjs");
  writeFileSync(menu, `
    const rows = ["apple", "banana", "cherry"];
    let at = 0;
    const draw = (first) => process.stdout.write((first ? "? Which fruit?\\n" : "\\x1b[" + rows.length + "A") + rows.map((row, i) => "\\x1b[2K" + (i === at ? "❯ " : "  ") + row + "\\n").join(""));
    process.stdin.setRawMode(true).resume().on("data", (data) => {
      for (const key of String(data).match(/\\x1b\\[[AB]|[^]/g)) {
        if (key === "\\x1b[A") at = (at + 2) % 3;
        else if (key === "\\x1b[B") at = (at + 1) % 3;
        else if (key === "\\r") { console.log("took " + rows[at]); process.exit(0); }
        draw(false);
      }
    });
    draw(true);
  `);
  await using terminal = desk.run([process.execPath, menu]);
  const message = await desk.api.message(({ text }) => text.includes("Which fruit?"));
  assert.deepEqual(message.buttons.map(({ text }) => text), ["apple", "banana", "cherry"]);
  terminal.type("\x1b[B");
  await terminal.shows(/❯ banana/);
  await desk.ada.taps("cherry");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /took cherry/);
  assert.match((await desk.api.edited()).text, /cherry, by Ada at .*\. Delivered/);
});

test("a box is ticked by a tap, and the question is asked again until it is submitted", async () => {
  await using desk = await startDesk();
  const form = join(desk.cwd, "form.mjs");
  writeFileSync(form, `
    const rows = ["Logging", "Metrics"];
    const on = new Set();
    const draw = (first) => process.stdout.write((first ? "Which features do you want?\\n" : "\\x1b[6A") + rows.map((row, i) => "\\x1b[2K" + (i === 0 ? "❯ " : "  ") + (i + 1) + ". [" + (on.has(i) ? "✔" : " ") + "] " + row + "\\n         What " + row + " brings\\n").join("") + "\\x1b[2K\\nEnter to select · Tab to submit · Esc to cancel\\n");
    process.stdin.setRawMode(true).resume().on("data", (data) => {
      for (const key of String(data)) {
        if (key === "1" || key === "2") { on.has(key - 1) ? on.delete(key - 1) : on.add(key - 1); draw(false); }
        if (key === "\\t") { console.log("took " + [...on].map((i) => rows[i])); process.exit(0); }
      }
    });
    draw(true);
  `);
  await using terminal = desk.run([process.execPath, form]);
  const first = await desk.api.message(({ text }) => text.includes("Which features"));
  await desk.ada.taps("Metrics");
  assert.match((await desk.api.edited(({ id }) => id === first.id)).text, /Delivered/);
  const again = await desk.api.message(({ id }) => id > first.id);
  assert.match(again.text, /\[✔\] Metrics/);
  terminal.type("\t");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /took Metrics/);
});
