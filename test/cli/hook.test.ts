import assert from "node:assert/strict";
import { test } from "node:test";
import { startDesk } from "../e2e/desk.ts";

const event = JSON.stringify({ hook_event_name: "PermissionRequest", tool_name: "Bash", tool_input: { command: "touch a" } });

for (const [title, words, input, env] of [
  ["no session around it", ["hook", "claude"], event, {}],
  ["a session that has ended", ["hook", "claude"], event, { AEGIS_SESSION: "abcdef" }],
  ["a session that is no name", ["hook", "claude", "--session", "../../etc"], event, {}],
  ["an agent that it does not know", ["hook", "emacs", "--session", "abcdef"], event, {}],
  ["words that are no JSON", ["hook", "claude", "--session", "abcdef"], "allow", {}],
  ["nothing at all", ["hook", "claude", "--session", "abcdef"], "", {}],
] as const) {
  test(`a hook with ${title} is silent and exits 0`, async () => {
    await using desk = await startDesk();
    assert.deepEqual(await desk.aegis(words, { input, env }), { code: 0, stdout: "", stderr: "" });
  });
}
