import assert from "node:assert/strict";
import { test } from "node:test";
import type { View } from "../../src/detector/view.ts";
import { lastWords, parkedText, withLastWords } from "../../src/relay/last-words.ts";
import { detectionOf } from "../prompt/detection.ts";

/** A screen with the cursor in the line that begins with "@". */
function view(screen: string): Pick<View, "lines" | "cursor"> {
  const texts = screen.split("\n");
  const line = texts.findIndex((text) => text.startsWith("@"));
  const lines = texts.map((text) => ({ text: text.replace(/^@/, ""), runs: [], height: 1, breaks: [] }));
  return { lines, cursor: { line, column: 2, visible: true } };
}

for (const [agent, screen, words] of [
  ["Claude Code", "● Before.\n\n❯ fix the test                  \n\n● Ran 1 command\n\n● It is fixed.\n  Shall I commit?\n\n\n\n──────────\n@❯ \n──────────\n  ? for shortcuts", "● Ran 1 command\n\n● It is fixed.\n  Shall I commit?"],
  ["Codex", "› fix it\n\n• It is fixed.\n\n\n\n\n@› Ask Codex to do anything\n\n  gpt-5 default", "• It is fixed."],
  ["Gemini CLI", "▄▄▄▄\n > fix it\n▀▀▀▀\n✦ It is fixed.\n\n╭──────╮\n@│ > Type your message │\n╰──────╯", "✦ It is fixed."],
  ["a cursor parked below the footer", "> fix it\n\n● It is fixed.\n\n──────\n> \n──────\n  ? for shortcuts\n@", "● It is fixed."],
  ["a status at the right edge", `❯ fix it\n\n● It is fixed.\n\n${" ".repeat(60)}◐ medium · /effort\n──────\n@❯ \n──────`, "● It is fixed."],
  ["Claude Code's opening", ` ▐▛███▛█   Claude Code v2.1.330\n▝▜██████▀  Opus 5.5\n ▝▝   ▝▝   /work\n\n\n${" ".repeat(60)}◐ medium · /effort\n──────\n@❯ \n──────`, ""],
  ["Codex's opening", "╭──────╮\n│ >_ OpenAI Codex (v0.169.0) │\n╰──────╯\n\n@› Ask Codex to do anything", ""],
  ["an answer that shows a version, below what was said", " ▐▛███▛█   Claude Code v2.1.330\n\n❯ which version?\n\n● Claude Code v2.1.330\n\n@❯ ", "● Claude Code v2.1.330"],
  ["nothing but a composer", "──────\n@❯ \n──────", ""],
] as const) {
  test(`the words above the composer: ${agent}`, () => assert.equal(lastWords(view(screen)), words));
}

test("no more than 30 lines of them", () => {
  const screen = `${Array.from({ length: 100 }, (_, index) => `line ${index}`).join("\n")}\n@❯ `;
  assert.deepEqual(lastWords(view(screen)).split("\n").filter((_, index, all) => index === 0 || index === all.length - 1), ["line 70", "line 99"]);
});

for (const [title, composer, words, shown] of [
  ["its words stand for it", "───\n❯ \n───", "It is fixed.", "It is fixed."],
  ["without words, a bare composer says that", "───\n❯ \n───", "", "(nothing has been said yet)"],
  ["without words what stands in the composer is shown", "───\n❯ a draft\n───", "", "───\n❯ a draft\n───"],
] as const) {
  test(`an agent that waits: ${title}`, () => assert.equal(withLastWords(detectionOf({ question: "❯", excerpt: composer, idle: true }), words).excerpt, shown));
}

for (const [title, screen, text] of [
  ["what is below its rule may change", "● Done.\n\n──────\n> do it\n  now\n──────\n  ? for shortcuts   Thinking on\n@", "> do it\n  now"],
  ["nothing is written yet", "● Done.\n\n──────\n> \n──────\n  ? for shortcuts\n@", "> "],
  ["no composer is found", "Working\n\n@", "Working\n\n"],
] as const) {
  test(`a composer above a parked cursor: ${title}`, () => assert.equal(parkedText(view(screen)), text));
}
