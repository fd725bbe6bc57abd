import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readClaude } from "../../../src/detector/structured/claude.ts";
import type { Inquiry, Taken } from "../../../src/detector/structured/inquiry.ts";
import type { Json } from "../../../src/prompt/event.ts";

const json = fc.jsonValue({ maxDepth: 4 }).map((value): Json => JSON.parse(JSON.stringify(value)));
const word = fc.string({ maxLength: 20 });
const question = fc.record({ question: word, header: word, multiSelect: fc.boolean(), options: fc.array(fc.record({ label: word, description: word }), { maxLength: 4 }) });
const suggestion = fc.oneof(json, fc.record({ type: fc.constantFrom("addRules", "addDirectories", "setMode", "removeRules"), mode: word, directories: fc.array(word), rules: fc.array(fc.record({ toolName: word })), behavior: fc.constantFrom("allow", "deny"), destination: fc.constantFrom("session", "localSettings", "elsewhere") }));
const request = fc.record({
  hook_event_name: fc.constant("PermissionRequest"),
  tool_name: fc.oneof(fc.constantFrom("Bash", "Edit", "Write", "AskUserQuestion", "ExitPlanMode", "mcp__demo__deploy"), word),
  tool_input: fc.oneof(fc.dictionary(word, json), fc.record({ questions: fc.array(fc.oneof(question, json), { maxLength: 3 }) }), fc.record({ plan: fc.oneof(word, json) })),
  permission_suggestions: fc.array(suggestion, { maxLength: 3 }),
});

function behaviour(taken: Taken): unknown {
  return "reply" in taken ? Object(taken.reply).hookSpecificOutput?.decision?.behavior : "asks on";
}

function inquiryIn(event: Json): Inquiry | undefined {
  const notice = readClaude(event);
  return notice?.is === "asks" ? notice.inquiry : undefined;
}

test("whatever a hook is told, it is read or left to the screen, without a break", () => {
  fc.assert(fc.property(fc.oneof(json, request), (event) => void readClaude(event)), { numRuns: 3000 });
});

test("only a choice that says so allows: one that declines never does, and words never allow a tool or a plan", () => {
  let asked = 0;
  fc.assert(
    fc.property(request, word, (event, text) => {
      const inquiry = inquiryIn(event);
      if (inquiry === undefined) return;
      asked += 1;
      inquiry.asked.choices.forEach(({ declines }, choice) => {
        if (declines) assert.equal(behaviour(inquiry.take({ choice })), "deny");
      });
      assert.ok(inquiry.asked.choices.some(({ declines }) => declines), "there is always a way to decline");
      if (event.tool_name !== "AskUserQuestion") assert.equal(behaviour(inquiry.take({ text })), "deny");
    }),
    { numRuns: 3000 },
  );
  assert.ok(asked > 1000, `${asked} of 3000 asked something`);
});

test("no part of what a tool would get is left out of what is shown", () => {
  const input = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^[A-Za-z0-9 ]{1,40}$/), { minKeys: 1 });
  fc.assert(
    fc.property(fc.constantFrom("Bash", "Edit", "Write", "WebFetch", "NotebookEdit", "mcp__a__b"), input, (tool_name, tool_input) => {
      const inquiry = inquiryIn({ hook_event_name: "PermissionRequest", tool_name, tool_input, permission_suggestions: [] });
      for (const value of Object.values(tool_input)) assert.ok(inquiry?.asked.excerpt.includes(value.trim()), `${value} is missing`);
    }),
  );
});
