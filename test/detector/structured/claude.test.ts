import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answer } from "../../../src/prompt/reply.ts";
import type { Json } from "../../../src/prompt/event.ts";
import { readClaude } from "../../../src/detector/structured/claude.ts";
import type { Inquiry } from "../../../src/detector/structured/inquiry.ts";

function inquiry(tool: string, input: { readonly [key: string]: Json }, suggestions: readonly Json[] = []): Inquiry {
  const notice = readClaude({ hook_event_name: "PermissionRequest", tool_name: tool, tool_input: input, permission_suggestions: suggestions, cwd: "/work", session_id: "s" });
  assert.equal(notice?.is, "asks");
  return notice.inquiry;
}

function labels({ asked }: Inquiry): string[] {
  return asked.choices.map(({ label }) => label);
}

/** Answers question after question; gives the decision. */
function decided(first: Inquiry, ...answers: readonly Answer[]): unknown {
  let at = first;
  for (const answer of answers) {
    const taken = at.take(answer);
    if ("reply" in taken) return Object(taken.reply).hookSpecificOutput.decision;
    at = taken.next;
  }
  return labels(at);
}

const edit = { file_path: "/work/notes.txt", old_string: "one\ntwo", new_string: "three" };
const database = { header: "Database", question: "Which database?", multiSelect: false, options: [{ label: "SQLite", description: "One file" }, { label: "MySQL" }] };
const extras = { header: "Extras", question: "Which extras?", multiSelect: true, options: [{ label: "Docker" }, { label: "CI" }] };

test("a permission shows the tool with its whole input, and is allowed, stopped, or denied with a reason", () => {
  const command = `for i in 1 2; do\n  echo $i\ndone && touch ${"x".repeat(5000)}`;
  const asks = inquiry("Bash", { command, description: "Count" });
  assert.ok(asks.asked.excerpt.includes(command));
  assert.deepEqual(labels(asks), ["Yes", "No"]);
  assert.deepEqual(asks.asked.choices.map(({ declines }) => declines), [false, true]);
  assert.deepEqual(decided(asks, { choice: 0 }), { behavior: "allow" });
  assert.deepEqual(decided(asks, { choice: 1 }), { behavior: "deny", message: "The user does not want this.", interrupt: true });
  assert.deepEqual(decided(asks, { text: "use mkdir" }), { behavior: "deny", message: "use mkdir" });
});

test("an edit shows as a diff, and no part of an input is left out", () => {
  assert.match(inquiry("Edit", { ...edit, replace_all: true }).asked.excerpt, /notes\.txt\n- one\n- two\n\+ three\nreplace_all: true/);
  assert.match(inquiry("mcp__demo__deploy", { region: "eu", dry: { run: [1] } }).asked.excerpt, /region: eu\ndry: \{\n  "run": \[\n    1/);
});

test("what Claude suggests to allow for longer is offered one by one and whole, and not at all when its meaning is not known", () => {
  const directories = { type: "addDirectories", directories: ["/tmp/x"], destination: "session" };
  const mode = { type: "setMode", mode: "acceptEdits", destination: "session" };
  const asks = inquiry("Write", { file_path: "/tmp/x/a", content: "a" }, [directories, mode, { type: "somethingNew" }, { ...mode, destination: "moon" }]);
  assert.deepEqual(labels(asks), ["Yes", "Yes, and allow access to /tmp/x for this session", "Yes, and switch to acceptEdits mode for this session", "No"]);
  assert.deepEqual(decided(asks, { choice: 2 }), { behavior: "allow", updatedPermissions: [mode] });
  assert.ok(asks.asked.excerpt.includes("“Yes, and allow access to /tmp/x for this session”"));
  const rules = { type: "addRules", behavior: "allow", destination: "localSettings", rules: [{ toolName: "Bash", ruleContent: "touch:*" }] };
  assert.equal(labels(inquiry("Bash", {}, [rules]))[1], "Yes, and allow Bash(touch:*) from now on in this folder");
  assert.deepEqual(labels(inquiry("Bash", {}, [{ ...rules, behavior: "deny" }])), ["Yes", "No"]);
});

test("questions are asked one after the other, and answered together", () => {
  const input = { questions: [database, extras] };
  const asks = inquiry("AskUserQuestion", input);
  assert.deepEqual(labels(asks), ["SQLite", "MySQL", "Decline to answer"]);
  assert.match(asks.asked.excerpt, /^1\/2 Database\nWhich database\?\n\nSQLite\n     One file\nMySQL$/);
  assert.deepEqual(decided(asks, { choice: 0 }), ["☐ Docker", "☐ CI", "Decline to answer"]);
  assert.deepEqual(decided(asks, { choice: 0 }, { choice: 1 }), ["☐ Docker", "☑ CI", "Submit", "Decline to answer"]);
  const answers = { "Which database?": "MariaDB, please", "Which extras?": "Docker, CI" };
  assert.deepEqual(decided(asks, { text: "MariaDB, please" }, { choice: 1 }, { choice: 0 }, { choice: 2 }), { behavior: "allow", updatedInput: { ...input, answers } });
  assert.deepEqual(decided(asks, { choice: 0 }, { choice: 0 }, { choice: 0 }), ["☐ Docker", "☐ CI", "Decline to answer"]);
  assert.equal(Object(decided(asks, { choice: 2 })).behavior, "deny");
});

test("a plan is approved with itself, refused, or sent back with words", () => {
  const input = { plan: "# Plan\n\n1. Do it", planFilePath: "/p.md" };
  const asks = inquiry("ExitPlanMode", input);
  assert.ok(asks.asked.excerpt.startsWith("# Plan\n\n1. Do it"));
  assert.deepEqual(decided(asks, { choice: 0 }), { behavior: "allow", updatedInput: input, updatedPermissions: [{ type: "setMode", mode: "acceptEdits", destination: "session" }] });
  assert.deepEqual(decided(asks, { choice: 1 }), { behavior: "allow", updatedInput: input, updatedPermissions: [{ type: "setMode", mode: "default", destination: "session" }] });
  assert.equal(Object(decided(asks, { choice: 2 })).interrupt, true);
  assert.deepEqual(decided(asks, { text: "Add a rollback" }), { behavior: "deny", message: "Add a rollback" });
});

test("the end of a turn brings its last words", () => {
  assert.deepEqual(readClaude({ hook_event_name: "Stop", last_assistant_message: "All done." }), { is: "turn_over", lastWords: "All done." });
});

for (const [title, event] of [
  ["no object", "PermissionRequest"],
  ["no input", { hook_event_name: "PermissionRequest", tool_name: "Bash" }],
  ["a question without options", { hook_event_name: "PermissionRequest", tool_name: "AskUserQuestion", tool_input: { questions: [] } }],
  ["an event that is not known", { hook_event_name: "PreToolUse", tool_name: "Bash", tool_input: {} }],
] as const) {
  test(`${title} is left to the screen`, () => assert.equal(readClaude(event), undefined));
}

test("a choice that was never on offer answers nothing", () => {
  assert.throws(() => inquiry("Bash", {}).take({ choice: 7 }), RangeError);
});
