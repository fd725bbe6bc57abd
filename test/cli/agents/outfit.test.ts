import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { diskAt } from "../../../src/cli/agents/disk.ts";
import { dressed } from "../../../src/cli/agents/outfit.ts";

/** A machine on which Claude Code is installed by npm, and a few names lead to it. */
const machine = mkdtempSync(join(tmpdir(), "aegis-outfit-"));
after(() => rmSync(machine, { recursive: true }));
const packaged = join(machine, "lib/node_modules/@anthropic-ai/claude-code");
const installed = join(machine, "share/claude/versions");
const bin = join(machine, "bin");
for (const folder of [packaged, installed, bin]) mkdirSync(folder, { recursive: true });
for (const file of [join(packaged, "cli.js"), join(installed, "2.1.330"), join(bin, "other"), join(machine, "claude.sh")]) {
  writeFileSync(file, "#!/bin/sh\n");
  chmodSync(file, 0o755);
}
for (const [to, name] of [[join(packaged, "cli.js"), "cc"], [join(installed, "2.1.330"), "native"], [join(bin, "other"), "another"]] as const) symlinkSync(to, join(bin, name));

const disk = diskAt(machine, bin);

/** Where our settings stand in what is started; undefined: nowhere. */
function dressedAt(command: readonly string[]): number | undefined {
  const found = dressed(command, "'aegis' hook", disk);
  if (found === undefined) return undefined;
  const at = found.indexOf("--settings");
  assert.deepEqual(found.toSpliced(at, 2), command, "everything else is as it was given");
  return at;
}

for (const [words, at] of [
  ["claude --model opus", 1],
  ["/usr/local/bin/claude", 1],
  ["bin/claude hi", 1],
  ["cc", 1],
  ["bin/cc hi", 1],
  ["native", 1],
  ["env DEBUG=1 claude hi", 3],
  ["/usr/bin/env -u FOO -C /tmp -- A=b claude", 8],
  ["nice -n 5 env A=b cc", 6],
  ["caffeinate -i claude", 3],
  ["npx @anthropic-ai/claude-code", 2],
  ["npx -y @anthropic-ai/claude-code@latest --model opus", 3],
  ["npx --yes -p @anthropic-ai/claude-code claude hi", 5],
  ["npx --package=@anthropic-ai/claude-code -- claude", 4],
  ["bunx @anthropic-ai/claude-code@2.1.330", 2],
  ["pnpm dlx @anthropic-ai/claude-code", 3],
  ["yarn exec claude", 3],
  ["node lib/node_modules/@anthropic-ai/claude-code/cli.js hi", 2],
  ["node --no-warnings bin/cc hi", 3],
] as const) {
  test(`"${words}" is Claude Code, and its hooks are its own first words`, () => assert.equal(dressedAt(words.split(" ")), at));
}

for (const words of ["bash", "another", "./claude.sh", "claude.sh", "git log -- claude", "grep claude notes.txt", "npx create-claude", "npx @anthropic-ai/claude-code-router", "npx -p claude other", "npm exec claude", "pnpm claude", "node other.js claude", "env claude=1 bash", "env", "claude-code", "nobody-has-this"]) {
  test(`"${words}" has no hooks of ours`, () => assert.equal(dressedAt(words.split(" ")), undefined));
}
