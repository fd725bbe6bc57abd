import assert from "node:assert/strict";
import { test } from "node:test";
import { dressClaude } from "../../../src/cli/agents/claude.ts";
import type { Disk } from "../../../src/cli/agents/disk.ts";

const noFile = (path: string): string => {
  throw new Error(`there is no ${path}`);
};
const diskWith = (read: Disk["read"]): Disk => ({ read, program: (name) => name, file: (name) => name });

function dressed(words: readonly string[], read = noFile): { words: readonly string[]; settings: { hooks: Record<string, unknown[]>; [key: string]: unknown } } | undefined {
  const found = dressClaude(words, "'aegis' hook", diskWith(read));
  if (found === undefined) return undefined;
  const at = found.indexOf("--settings");
  return { words: found.filter((_, index) => index !== at && index !== at + 1), settings: JSON.parse(found[at + 1] ?? "") };
}

const ours = (timeout: number) => ({ hooks: [{ type: "command", command: "'aegis' hook", timeout }] });

test("claude is given our hook for one run, before the person's own words", () => {
  const words = ["--model", "opus", "fix --settings"];
  const found = dressed(words);
  assert.deepEqual(found?.words, words);
  assert.deepEqual(found?.settings, { hooks: { PermissionRequest: [ours(604_800)], Stop: [ours(10)] } });
});

test("settings that the person gives keep everything of theirs", () => {
  const given = { model: "opus", hooks: { Stop: [{ hooks: [] }], PreToolUse: [1] } };
  const files = (path: string): string => (path === "mine.json" ? JSON.stringify(given) : noFile(path));
  for (const words of [["--settings", JSON.stringify(given), "hi"], ["--settings", "mine.json", "hi"], ["--settings=mine.json", "hi"]]) {
    const found = dressed(words, files);
    assert.deepEqual(found?.words, ["hi"]);
    assert.deepEqual(found?.settings, { model: "opus", hooks: { PermissionRequest: [ours(604_800)], Stop: [{ hooks: [] }, ours(10)], PreToolUse: [1] } });
  }
});

test("words after -- are the person's instruction, whatever they look like", () => {
  assert.deepEqual(dressed(["--", "-p", "--settings"])?.words, ["--", "-p", "--settings"]);
});

for (const words of [["-p", "hi"], ["mcp", "list"], ["--version"], ["attach", "k3v9"], ["--settings", "missing.json"], ["--settings", "{broken"], ["--settings", "[1]"]]) {
  test(`"claude ${words.join(" ")}" is left as it is`, () => assert.equal(dressClaude(words, "hook", diskWith(noFile)), undefined));
}
