import assert from "node:assert/strict";
import { test } from "node:test";
import { declines } from "../../src/detector/declining.ts";

for (const label of ["No", "no", "No, exit", "No, and tell Claude what to do differently (esc)", "No (recommended)", "Cancel", "Cancel operation", "Reject", "Deny", "No, keep planning", "Exit", "Don't trust", "Skip (esc or n)", "Quit", "No, suggest changes (esc)"])
  test(`"${label}" declines`, () => assert.equal(declines(label), true));

for (const label of ["Yes", "No, continue without sandbox", "No limits, run everything", "None of the above", "Continue without trusting (hooks won't run)", "Nothing else: approve", "No sandbox", "Exit plan mode", "Stop asking and allow", "Yes, and don't ask again", "No, always allow", "N\u200bo", "Don't ask again", "Skip tests", "Cancelled orders"])
  test(`"${label}" does not clearly decline`, () => assert.equal(declines(label), false));
