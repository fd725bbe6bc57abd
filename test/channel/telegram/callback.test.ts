import assert from "node:assert/strict";
import { randomBytes, randomInt } from "node:crypto";
import { test } from "node:test";
import { callbackData, parseCallback } from "../../../src/channel/telegram/callback.ts";
import { keyboardFor } from "../../../src/channel/telegram/keyboard.ts";
import type { PromptType } from "../../../src/prompt/detection.ts";
import { NonceKey } from "../../../src/prompt/nonce.ts";
import { checkedMarkup } from "../../botapi/markup.ts";
import { askOf } from "../ask.ts";

const types: readonly PromptType[] = ["yes_no", "confirm_enter", "multiple_choice", "free_text", "unknown"];
const counts = [1, 2, 3, 4, 9, 10, 11, 26, 99, 100, 101, 250, 1_000];

for (const type of types) {
  for (const count of counts) {
    test(`every button of a ${type} with ${count} choices fits, and comes back as its choice`, () => {
      const choices = Array.from({ length: count }, (_, index) => ({ label: `${index + 1}. choice`, keys: "x", declines: index === count - 1 && count > 1 }));
      const ask = askOf({ type, choices });
      const keyboard = keyboardFor(ask, "telegram:9007199254740991", String);
      const { buttons } = checkedMarkup(keyboard);
      assert.equal(buttons.length, Math.min(count, 100));
      for (const { text, data } of buttons) {
        assert.ok(data !== undefined && Buffer.byteLength(data) <= 64);
        const press = parseCallback(data);
        const choice = choices.findIndex(({ label }) => label === text);
        assert.deepEqual(press, { promptId: ask.prompt.id, nonce: ask.nonceFor(choice, "telegram:9007199254740991"), choice });
      }
      if (count > 1) assert.equal(buttons.at(-1)?.text, choices.at(-1)?.label);
    });
  }
}

test("a prompt that takes no choice from afar has no buttons", () => {
  assert.equal(keyboardFor(askOf({}, { offer: { choices: false, text: true } }), "telegram:42", String), undefined);
});

test("labels keep their number, lose what hides, and are cut in sight", () => {
  const labels = ["2. Yes, and don't ask again for commands in this folder or in any folder below it", "a\u202Eb", " \n ", "N\u200Bo"];
  const ask = askOf({ choices: labels.map((label) => ({ label, keys: "x", declines: false })) });
  const shown = keyboardFor(ask, "telegram:42", String)?.inline_keyboard.map(([button]) => button?.text);
  assert.deepEqual(shown, ["2. Yes, and don't ask again for commands in this folder or in…".slice(0, 59).trimEnd() + "…", "a‹U+202E›b", "Choice 3", "N‹U+200B›o"]);
});

test("what would not fit, or not come back, is not put on a button", () => {
  const nonce = "A".repeat(22);
  for (const [promptId, choice] of [["too-long-for-an-id", 0], ["short", 0], ["abcdefghij", -1], ["abcdefghij", 1_000], ["ABCDEFGHIJ", 0], ["abcdefghij", 0.5]] as const) {
    assert.throws(() => callbackData({ promptId, nonce, choice }), RangeError);
  }
});

test("of a million payloads that no button carries, none is taken for a button's", () => {
  const keyOf = new NonceKey(randomBytes(32));
  const promptId = "abcdefghij";
  const true_ = [0, 1, 2].map((choice) => callbackData({ promptId, nonce: keyOf.nonceFor(promptId, choice, "telegram:42"), choice }));
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:\u0000 é🙂";
  let accepted = 0;
  for (let round = 0; round < 1_000_000; round++) {
    const original = true_[round % 3] ?? "";
    const at = randomInt(original.length);
    const letter = alphabet.charAt(randomInt(alphabet.length));
    const kind = round % 5;
    const forged =
      kind === 0 ? original.slice(0, at) + letter + original.slice(at + 1)
      : kind === 1 ? original.slice(0, at) + letter + original.slice(at)
      : kind === 2 ? original.slice(0, at) + original.slice(at + 1)
      : kind === 3 ? `ans:${promptId}:${original.slice(15, 37)}:${(round % 3) + 1}`
      : `ans:${promptId}:${randomBytes(17).toString("base64url").slice(0, 22)}:${round % 3}`;
    if (true_.includes(forged)) continue;
    const press = parseCallback(forged);
    if (press !== undefined && press.promptId === promptId && press.nonce === (true_[press.choice] ?? "").slice(15, 37)) accepted += 1;
  }
  assert.equal(accepted, 0);
});
