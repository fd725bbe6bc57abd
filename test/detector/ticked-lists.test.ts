import assert from "node:assert/strict";
import { test } from "node:test";
import { listens, Stage } from "./stage.ts";

/** What a program draws, as soon as it is at rest: each choice with its keys and whether it declines. */
async function offered(rows: readonly string[]): Promise<(readonly [string, string, boolean])[] | undefined> {
  const stage = new Stage(listens, { cols: 80, rows: 24 });
  stage.write(`\x1b[2J\x1b[H\x1b[?25l${"─".repeat(80)}\r\n${rows.join("\r\n")}`);
  await stage.pass(1000);
  return stage.opened[0]?.choices.map(({ label, keys, declines }) => [label, keys, declines] as const);
}

const head = ["  2 new MCP servers found in this project", "  Select any you wish to enable.", "", "  MCP servers may execute code.", ""];

test("a list that is ended by a row of its own is handed in there, and what its help calls Esc declines it whole", async () => {
  const choices = await offered([...head, "  ❯ [✔] demo", "    [✔] other", "        Enable selected", "", "  Space to select · Esc to reject all"]);
  assert.deepEqual(choices, [["demo", " ", false], ["other", "\x1b[B ", false], ["Enable selected", "\x1b[B\x1b[B\r", false], ["Reject all", "\x1b", true]]);
});

test("where Space picks and Enter ends, no row is answered with Enter, ticked or not", async () => {
  const choices = await offered([...head, "  ❯ demo ✔", "    other", "", "  Space to select · Enter to confirm · Esc to reject all"]);
  assert.deepEqual(choices, [["demo", " ", false], ["other", "\x1b[B ", false], ["Confirm", "\r", false], ["Reject all", "\x1b", true]]);
});

test("a list whose row declines needs no Esc besides", async () => {
  const choices = await offered(["  Use the server?", "", "  ❯ Use it", "    No", "", "  Enter to confirm · Esc to reject"]);
  assert.deepEqual(choices, [["Use it", "\r", false], ["No", "\x1b[B\r", true]]);
});

test("a banner in a frame, its name in a colour, is no window with a list; a row on a ground of its own makes it one", async () => {
  const frame = (first: string) => ["", "   ┌──────────────────┐", `   │ ${first} │`, "   │ API key | model  │", "   │ /home/ada/work   │", "   └──────────────────┘", "", "  Starting"];
  const full = async (first: string) => {
    const stage = new Stage(listens, { cols: 80, rows: 24 });
    stage.write(`\x1b[?1049h\x1b[2J\x1b[H\x1b[?25l${frame(first).join("\r\n")}`);
    await stage.pass(1000);
    return stage.opened.map(({ pattern }) => pattern);
  };
  assert.deepEqual(await full("\x1b[35mAgent (v1.2.3)  \x1b[m"), []);
  assert.deepEqual(await full("\x1b[7mAgent (v1.2.3)  \x1b[m"), ["generic.popup"]);
});

test("the question right above the list counts, whatever tabs and colon a form puts about it", async () => {
  const stage = new Stage(listens, { cols: 80, rows: 24 });
  const rows = ["Copilot needs information.", "Where shall it go?", "", " Where shall it go?  [Which extras do you want?]", "", "Which extras do you want?:", "❯ Logging", "  Metrics", "", "↑/↓ select · enter accept · shift+tab prev · esc cancel"];
  stage.write(`\x1b[2J\x1b[H\x1b[?25l${"─".repeat(80)}\r\n${rows.join("\r\n")}`);
  await stage.pass(1000);
  assert.equal(stage.opened[0]?.question, "Which extras do you want?");
});
