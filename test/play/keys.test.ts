import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { Detection } from "../../src/prompt/detection.ts";
import { Player } from "./player.ts";
import { programs, type Played } from "./programs.ts";

const { PATH = "" } = process.env;
const isThere = (command: string) => spawnSync("bash", ["-c", `command -v ${command}`]).status === 0;

function missing({ needs }: Played): string | undefined {
  const absent = needs.filter((command) => !isThere(command));
  return absent.length === 0 ? undefined : `${absent.join(", ")} is not installed`;
}

/** Plays the program up to its question and answers with `label`, until the terminal shows that it was taken. */
async function play({ setup, script, before = [], took }: Played, label: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "play-"));
  const env = { PATH, HOME: folder, TERM: "xterm-256color", LC_ALL: "C.UTF-8", GIT_CONFIG_NOSYSTEM: "1", EDITOR: "cat" };
  try {
    if (setup !== undefined) assert.equal(spawnSync("bash", ["-c", setup], { cwd: folder, env }).status, 0, "its folder could not be prepared");
    await using player = new Player(["bash", "-c", script], { cwd: folder, env });
    for (const keys of before) await player.answer(keys);
    const choiceIn = ({ choices }: Detection) => choices.findIndex((choice) => choice.label === label);
    const prompt = await player.asked((detection) => choiceIn(detection) >= 0);
    const injected = await player.give(prompt, { choice: choiceIn(prompt) });
    // A program that helps asks the same again: that cannot be confirmed.
    assert.notEqual(injected.is, "not_delivered", JSON.stringify(injected));
    await player.program.until(took[label] ?? /^$/);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

test("a reply takes the place of what a line editor was given to start from", async () => {
  await using player = new Player(["bash", "--norc", "-c", `read -e -i default.txt -p 'Save as: ' x; echo "took <$x>"`], { cwd: tmpdir(), env: { PATH, TERM: "xterm-256color", LC_ALL: "C.UTF-8" } });
  const prompt = await player.asked();
  assert.deepEqual([prompt.type, prompt.question, prompt.default], ["free_text", "Save as:", "default.txt"]);
  assert.equal((await player.give(prompt, { text: "other name.txt" })).is, "delivered");
  await player.program.until(/took <other name\.txt>/);
});

describe("every choice's keys land on it in the real program", { concurrency: 3 }, () => {
  for (const program of programs) {
    for (const label of Object.keys(program.took)) test(`${program.title}: ${label}`, { skip: missing(program) }, () => play(program, label));
  }
});
