import assert from "node:assert/strict";
import { test } from "node:test";
import type { Decision } from "../../src/prompt/reply.ts";
import { lastOutcome } from "../../src/relay/last-outcome.ts";
import type { PromptRow } from "../../src/store/store.ts";
import { adasChat, ada, noon, prompt } from "../store/workbench.ts";

const yes: Decision = { promptId: "p1", sessionId: "abcd", answer: { choice: 0 }, label: "Yes", by: ada, at: noon, nonce: "n", recipient: adasChat };
const text: Decision = { ...yes, answer: { text: "" }, label: "" };

function row(status: PromptRow["status"], given: Partial<PromptRow> = {}): PromptRow {
  return { prompt: prompt("p1"), status, decision: yes, why: undefined, closedAt: undefined, ...given };
}

for (const [title, killed, outcome] of [
  ["open: its session ended", row("open", { decision: undefined }), { is: "ended", exitCode: undefined }],
  ["decided: nothing was typed", row("decided"), { is: "not_delivered", decision: yes, why: "aegis was killed before it typed anything" }],
  ["about to be typed: nobody knows", row("injecting"), { is: "unknown", decision: yes }],
  ["delivered: that is told again", row("delivered"), { is: "delivered", decision: yes }],
  ["refused: that is told again, with its reason", row("not_delivered", { why: "keys were typed since" }), { is: "not_delivered", decision: yes, why: "keys were typed since" }],
  ["a text that was typed and erased: nothing to tell", row("delivered", { decision: text }), undefined],
  ["a text on its way: told", row("injecting", { decision: text }), { is: "unknown", decision: text }],
  ["superseded: told already", row("superseded", { decision: undefined }), undefined],
] as const) {
  test(`a killed session's prompt, ${title}`, () => assert.deepEqual(lastOutcome(killed), outcome));
}
