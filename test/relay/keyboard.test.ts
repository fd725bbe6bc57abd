import assert from "node:assert/strict";
import { test } from "node:test";
import type { Detection } from "../../src/prompt/detection.ts";
import { Keyboard } from "../../src/relay/keyboard.ts";
import { detectionOf } from "../prompt/detection.ts";

function detection(...keys: string[]): Detection {
  return detectionOf({ choices: keys.map((key) => ({ label: key, keys: key, declines: false })) });
}

const line = detection("y\r", "n\r");
const menu = detection("\r", "\x1b[B\r");
const text = detection();

function after(...typed: string[]): Keyboard {
  const keyboard = new Keyboard();
  for (const keys of typed) keyboard.typed(Buffer.from(keys), 10);
  keyboard.screenRead(11);
  return keyboard;
}

const table: ReadonlyArray<readonly [string, Keyboard, Detection, boolean]> = [
  ["nothing was typed: nothing is in the way", after(), line, false],
  ["a line that was begun would mix with the answer", after("n"), line, true],
  ["a line that was begun would mix with a text", after("hel"), text, true],
  ["a line that was ended is gone", after("n", "\r"), line, false],
  ["a line that was cleared by Ctrl-U is gone", after("no\x15"), line, false],
  ["a line begun after Enter counts", after("a\rb"), line, true],
  ["a key that switches a mode leaves the line as it was", after("hel", "\x1b[Z"), text, true],
  ["a key that switches a mode begins no line", after("\x1b[Z"), text, false],
  ["a menu's highlight was read with the screen", after("\x1b[B"), menu, false],
];

for (const [title, keyboard, shown, contested] of table) {
  test(title, () => {
    assert.equal(keyboard.contests(shown), contested);
  });
}

test("a digit that answered a menu is not in the way of the next text", () => {
  const keyboard = after("1");
  assert.equal(keyboard.contests(text), true);
  keyboard.questionClosed();
  assert.equal(keyboard.contests(text), false);
});

test("keys that the screen was not read after are always in the way", () => {
  const keyboard = new Keyboard();
  keyboard.typed(Buffer.from("\x1b[B"), 10);
  assert.equal(keyboard.contests(menu), true);
  keyboard.screenRead(9);
  assert.equal(keyboard.contests(menu), true, "a look that began before the key does not know it");
  keyboard.screenRead(10);
  assert.equal(keyboard.contests(menu), false);
});

test("somebody is at the desk for a minute after a key", () => {
  const keyboard = new Keyboard();
  assert.equal(keyboard.isAtDesk(0), false);
  keyboard.typed(Buffer.from("x"), 1_000);
  assert.equal(keyboard.isAtDesk(60_999), true);
  assert.equal(keyboard.isAtDesk(61_000), false);
});

test("keys that left the line empty are not in the way, once it was seen so", () => {
  const keyboard = after("\x1b", "\x1b[B");
  assert.equal(keyboard.contests(text), true);
  keyboard.lineSeenEmpty(9);
  assert.equal(keyboard.contests(text), true, "a look that began before the keys does not know them");
  keyboard.lineSeenEmpty(11);
  assert.equal(keyboard.contests(text), false);
});
