import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import Database from "better-sqlite3";
import { troubleOf } from "../../src/store/trouble.ts";
import { TemporaryFolder } from "../temporary-folder.ts";

function openedWith(nativeBinding: string): unknown {
  try {
    return new Database(":memory:", { nativeBinding });
  } catch (error) {
    return error;
  }
}

test("a native module that this Node cannot load is told of in one line, with what mends it", () => {
  using folder = new TemporaryFolder();
  const unfit = folder.at("unfit.node");
  writeFileSync(unfit, "built for something else");
  for (const binding of [unfit, folder.at("missing.node")]) {
    const { message } = troubleOf(openedWith(binding), "aegis.db");
    assert.match(message, /^SQLite cannot be loaded: .* another Node\.js than v\d+.*"npm rebuild better-sqlite3"/);
    assert.doesNotMatch(message, /\n/);
  }
});
