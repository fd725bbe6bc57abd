import assert from "node:assert/strict";
import { cpSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { installLine, Prefix, root } from "./prefix.ts";

test("the README's install line is: set up, build, pack, install globally", () => {
  assert.deepEqual(installLine(), ["npm ci", "npm run build", "npm pack", "npm install --global ./aegis-*.tgz"]);
});

test("the packed file, installed globally, runs a program, and holds only what runs", async (context) => {
  using prefix = new Prefix();
  const { file, paths } = await prefix.pack();

  await context.test("it holds the bundle, the patterns, SECURITY.md, and what npm always adds", () => {
    const others = paths.filter((path) => !/^(dist\/|patterns\/[\w-]+\.toml$)/.test(path));
    assert.deepEqual(others.sort(), ["LICENSE", "README.md", "SECURITY.md", "package.json"]);
    assert.deepEqual(paths.filter((path) => /\.(ts|map)$|test|tsconfig/.test(path)), []);
  });

  // Compiled once in this checkout is enough: `npm run test:install` does it with scripts, on three versions of Node.
  const { stderr } = await prefix.run("npm", ["install", "--global", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", file]);
  assert.doesNotMatch(stderr, /deprecated/);
  const built = join(root, "node_modules/better-sqlite3/build");
  if (existsSync(built)) cpSync(built, join(prefix.installed, "node_modules/better-sqlite3/build"), { recursive: true });

  await context.test("every command starts without a warning", async () => {
    for (const words of [["--version"], ["--help"], ["status"], ["config", "show"], ["run", "--channel", "none", "echo", "it runs"]]) {
      const { stdout, stderr } = await prefix.run("aegis", words);
      assert.notEqual(stdout, "");
      assert.doesNotMatch(stderr, /Warning|DEP\d+/, words.join(" "));
    }
  });

  await context.test("doctor finds its natives and patterns", async () => {
    const { findings } = JSON.parse((await prefix.run("aegis", ["doctor", "--json"])).stdout);
    for (const id of ["node", "native.better-sqlite3", "native.node-pty", "patterns", "log"]) {
      assert.equal(findings.find((finding: { id: string }) => finding.id === id)?.is, "good", id);
    }
  });

  await context.test("npm takes it away again", async () => {
    await prefix.run("npm", ["uninstall", "--global", "aegis"]);
    assert.deepEqual(readdirSync(join(prefix.folder, "bin")), []);
  });
});
