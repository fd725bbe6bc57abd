import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { CommandProblem, findCommand } from "../../src/terminal/command.ts";

describe("finding a command", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "aegis-command-"));
    mkdirSync(join(folder, "first"));
    mkdirSync(join(folder, "second", "tool"), { recursive: true });
    mkdirSync(join(folder, "third"));
    writeFileSync(join(folder, "first", "tool"), "not a program");
    writeFileSync(join(folder, "third", "tool"), "#!/bin/sh\n");
    chmodSync(join(folder, "third", "tool"), 0o755);
    writeFileSync(join(folder, "third", "moved"), "#! /no/such/python -u\n", { mode: 0o755 });
  });
  after(() => rmSync(folder, { recursive: true }));

  const problem = (name: string, path: string) => {
    try {
      return findCommand(name, { path, cwd: folder });
    } catch (error) {
      assert.ok(error instanceof CommandProblem);
      return error.exitCode;
    }
  };

  test("passes over files that cannot be executed and folders", () => {
    assert.equal(findCommand("tool", { path: ["first", "second", "third"].map((name) => join(folder, name)).join(":"), cwd: "/" }), join(folder, "third", "tool"));
  });
  test("takes a name with a slash from the working directory, not from the path", () => {
    assert.equal(findCommand("third/tool", { path: "/bin", cwd: folder }), join(folder, "third", "tool"));
  });
  test("an empty part of the path is the working directory", () => {
    assert.equal(findCommand("tool", { path: "", cwd: join(folder, "third") }), join(folder, "third", "tool"));
  });
  test("without a path the system's default is searched", () => {
    assert.match(findCommand("sh", { path: undefined, cwd: folder }), /\/sh$/);
  });

  for (const [title, name, path, exitCode] of [
    ["a missing command", "no-such-command", "first:third", 127],
    ["a missing file", "./no-such-file", "", 127],
    ["an empty name", "", "third", 127],
    ["a file without its executable bit", "tool", "first", 126],
    ["a file without its executable bit, by its path", "./first/tool", "", 126],
    ["a folder", "./second", "", 126],
    ["a script whose interpreter has gone", "./third/moved", "", 126],
    ["a file below a file", "./first/tool/x", "", 127],
  ] as const) {
    test(`${title} is problem ${exitCode}`, () => assert.equal(problem(name, path), exitCode));
  }
});
