import assert from "node:assert/strict";
import { test } from "node:test";
import { Screen } from "../../src/detector/screen.ts";
import type { Detection } from "../../src/prompt/detection.ts";
import { withContext } from "../../src/relay/context.ts";
import { detectionOf } from "../prompt/detection.ts";

function detection(question: string, given: Partial<Detection> = {}): Detection {
  return detectionOf({ question, excerpt: question, choices: [{ label: "Yes", keys: "y\r", declines: false }], ...given });
}

async function excerptOf(output: string, asked: Detection, earlier?: Detection): Promise<string> {
  const screen = new Screen(60, 30);
  await screen.write(Buffer.from(output.replaceAll("\n", "\r\n")), false);
  return withContext(asked, screen.read(), earlier).excerpt;
}

const hunk = "@@ -1 +1,2 @@\n one\n+two\n(1/1) Stage this hunk [y,n,q]? ";

test("a question in a line is shown with the words above it", async () => {
  assert.equal(await excerptOf(hunk, detection("(1/1) Stage this hunk [y,n,q]?")), "@@ -1 +1,2 @@\n one\n+two\n(1/1) Stage this hunk [y,n,q]?");
});

test("what was shown with the question before is not shown again", async () => {
  const output = "old news\nremove a.txt? y\nremoved a.txt\nremove b.txt? ";
  assert.equal(await excerptOf(output, detection("remove b.txt?"), detection("remove a.txt?")), "removed a.txt\nremove b.txt?");
});

test("a menu was found with its body and stays as it is", async () => {
  const menu = detection("Pick one", { choices: [{ label: "A", keys: "\x1b[B\r", declines: false }] });
  assert.equal(await excerptOf("log line\nPick one", menu), "Pick one");
});

test("a menu that was found with the question before it above itself is shown without that", async () => {
  const menu = detection("#?", { excerpt: "the plan\nName: Ada\nhello Ada\n1) red\n2) blue\n#?", choices: [{ label: "red", keys: "1\r", declines: false }, { label: "blue", keys: "2\r", declines: false }] });
  assert.equal(await excerptOf(menu.excerpt, menu, detection("Name:")), "hello Ada\n1) red\n2) blue\n#?");
  assert.equal(await excerptOf(menu.excerpt, menu, detection("blue")), menu.excerpt, "what offers the answers stays");
});

test("at most 24 lines above are shown", async () => {
  const output = `${Array.from({ length: 28 }, (_, line) => `line ${line}`).join("\n")}\nGo on? `;
  const lines = (await excerptOf(output, detection("Go on?"))).split("\n");
  assert.equal(lines.length, 25);
  assert.equal(lines[0], "line 4");
});

test("an agent's composer keeps to its own words", async () => {
  assert.equal(await excerptOf("text\n> ", detection(">", { idle: true, choices: [] })), ">");
});
