import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, test } from "node:test";
import { startDesk, type Desk } from "./desk.ts";
import type { Terminal } from "./terminal.ts";

const agent = resolve(import.meta.dirname, "../../fixtures/children/hooked-agent.mjs");
const request = { hook_event_name: "PermissionRequest", tool_name: "Bash", tool_input: { command: "touch a" } };

const allow = '{"hookSpecificOutput":{"hookEventName":"PermissionRequest","decision":{"behavior":"allow"}}}';

/** An agent that is called "claude", so that it is given our hook. */
function runsAgent(desk: Desk, env: NodeJS.ProcessEnv, event: unknown = request): Terminal {
  const file = join(desk.cwd, "claude");
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${agent}' "$@"\n`);
  chmodSync(file, 0o755);
  return desk.run([file], { env: { AGENT_EVENT: typeof event === "string" ? event : JSON.stringify(event), ...env } });
}

test("a tap answers by the hook, and nothing is typed", async () => {
  await using desk = await startDesk();
  await using terminal = runsAgent(desk, {});
  const asked = await desk.api.message(({ text }) => text.includes("told by the program"));
  await desk.ada.taps("Yes");
  assert.equal(await terminal.exit(), 0);
  assert.ok(terminal.output.includes(`by the hook: ${allow}`));
  assert.equal(desk.api.messages.filter(({ text }) => text.includes(" asks\n")).length, 1);
  await desk.api.edited(({ id, text }) => id === asked.id && text.includes("Yes, by Ada"));
});

describe("the dialog is asked from the screen", { concurrency: 3 }, () => {
  for (const [title, env, event] of [
    ["the bearer is gone", { AGENT_FAULT: "no_bearer" }, request],
    ["the bearer is another one", { AGENT_FAULT: "other_bearer" }, request],
    ["the socket is gone", { AGENT_FAULT: "no_socket" }, request],
    ["the socket is another's, who never answers", { AGENT_FAULT: "deaf_socket" }, request],
    ["the socket is another's, who answers with something else", { AGENT_FAULT: "lying_socket", AGENT_LIE: `{"reply":${allow},"and":1}\n` }, request],
    ["the socket is another's, who breaks off", { AGENT_FAULT: "lying_socket", AGENT_LIE: `{"reply":${allow}` }, request],
    ["the event is no JSON", {}, "touch a"],
    ["the event is none that is known", {}, { ...request, hook_event_name: "Permission" }],
    ["the event is larger than a message may be", { AGENT_PADDING: "2000000" }, request],
  ] as const) {
    test(`when ${title}`, async () => {
      await using desk = await startDesk();
      await using terminal = runsAgent(desk, env, event);
      await desk.api.message(({ text }) => text.includes("seen on the screen") && text.includes("touch a"));
      await desk.ada.taps("Yes");
      assert.equal(await terminal.exit(), 0);
      assert.match(terminal.text, /by key 1/);
      assert.equal(desk.api.messages.filter(({ text }) => text.includes(" asks\n")).length, 1);
    });
  }
});

test("what is asked comes whole, were it half a million characters", async () => {
  await using desk = await startDesk();
  await using terminal = runsAgent(desk, { AGENT_PADDING: "500000" });
  await desk.ada.taps("No");
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.output, /by the hook: .*"behavior":"deny"/);
  const file = desk.api.messages.find(({ document }) => document !== undefined)?.document;
  assert.match(file?.bytes.toString() ?? "", /\$ touch a #x{500000}\n/);
});

test("with --no-hooks an agent is given no settings of ours", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(["--no-hooks", "sh", "-c", 'echo "words: $#"', "claude"]);
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /words: 0/);
});
