import assert from "node:assert/strict";
import { test } from "node:test";
import { questionWords } from "../../../src/relay/commands/overview.ts";
import { tallyWords } from "../../../src/relay/tally.ts";
import { detectionOf } from "../../prompt/detection.ts";

test("a question stands in one line, and where none is shown words say what is waited for", () => {
  assert.equal(questionWords(detectionOf({ question: "Delete it?\n  (3 files)" })), "Delete it? (3 files)");
  assert.equal(questionWords(detectionOf({ question: "" })), "waits for an answer");
  assert.equal(questionWords(detectionOf({ question: "", idle: true })), "waits for the next instruction");
});

test("one prompt is a prompt, and none or several are prompts", () => {
  assert.deepEqual([0, 1, 2].map((prompts) => tallyWords({ prompts, answered: 0 })), ["0 prompts, 0 answered from the phone", "1 prompt, 0 answered from the phone", "2 prompts, 0 answered from the phone"]);
});
