import assert from "node:assert/strict";
import { test } from "node:test";
import type { Detection } from "../../../src/prompt/detection.ts";
import { questionWords } from "../../../src/relay/commands/overview.ts";
import { tallyWords } from "../../../src/relay/tally.ts";

const detection: Detection = { type: "unknown", layer: "stall", pattern: "stall", confidence: 0.6, question: "", excerpt: "", choices: [], default: undefined, secret: false, idle: false, fingerprint: "f" };

test("a question stands in one line, and where none is shown words say what is waited for", () => {
  assert.equal(questionWords({ ...detection, question: "Delete it?\n  (3 files)" }), "Delete it? (3 files)");
  assert.equal(questionWords(detection), "waits for an answer");
  assert.equal(questionWords({ ...detection, type: "free_text", idle: true }), "waits for the next instruction");
});

test("one prompt is a prompt, and none or several are prompts", () => {
  assert.deepEqual([0, 1, 2].map((prompts) => tallyWords({ prompts, answered: 0 })), ["0 prompts, 0 answered from the phone", "1 prompt, 0 answered from the phone", "2 prompts, 0 answered from the phone"]);
});
