import assert from "node:assert/strict";
import { test } from "node:test";
import type { Detection } from "../../src/prompt/detection.ts";
import { withEnter } from "../../src/prompt/enter.ts";
import { offerFor, type Policy } from "../../src/prompt/routing.ts";
import { detectionOf } from "./detection.ts";

const policy: Policy = { freeText: true, secrets: "local" };
const yes = { label: "Yes", keys: "y\r", declines: false };

const table: ReadonlyArray<readonly [string, Partial<Detection>, Policy, { choices: boolean; text: boolean }]> = [
  ["a question with choices gets buttons and no text", { choices: [yes] }, policy, { choices: true, text: false }],
  ["a free-text question takes text", { type: "free_text" }, policy, { choices: false, text: true }],
  ["a menu never takes text, which would act on its highlighted row", { type: "multiple_choice", choices: [yes] }, policy, { choices: true, text: false }],
  ["a stall without choices takes text", { type: "unknown" }, policy, { choices: false, text: true }],
  ["a text with a button for Enter still takes text", { type: "free_text", choices: [{ label: "Enter", keys: "\r", declines: false }] }, policy, { choices: true, text: true }],
  ["a stall with choices takes only those", { type: "unknown", choices: [yes] }, policy, { choices: true, text: false }],
  ["what a program tells of itself takes a reason besides", { layer: "structured", choices: [yes] }, policy, { choices: true, text: true }],
  ["a password stays at the keyboard", { type: "free_text", secret: true }, policy, { choices: false, text: false }],
  ["a password is relayed where the person asked for it", { type: "free_text", secret: true }, { freeText: false, secrets: "relay" }, { choices: false, text: true }],
  ["text can be switched off", { type: "free_text" }, { freeText: false, secrets: "local" }, { choices: false, text: false }],
];

for (const [title, given, policy, wanted] of table) {
  test(title, () => {
    assert.deepEqual(offerFor(detectionOf(given), policy), wanted);
  });
}

test("a question for text gets a button for Enter that says what Enter gives", () => {
  const labels = (given: Partial<Detection>): string[] => withEnter(detectionOf(given)).choices.map(({ label }) => label);
  assert.deepEqual(labels({ type: "free_text", default: "shop" }), ["Enter: shop"]);
  assert.deepEqual(labels({ type: "free_text" }), ["Enter: leave it empty"]);
  assert.deepEqual(labels({ type: "unknown" }), ["Enter"]);
  assert.deepEqual(labels({ type: "free_text", secret: true }), []);
  assert.deepEqual(labels({ type: "free_text", idle: true }), []);
  assert.deepEqual(labels({ type: "yes_no", choices: [yes] }), ["Yes"]);
});
