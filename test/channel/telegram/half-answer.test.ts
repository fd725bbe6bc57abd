import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

test("answers that break off lose no tap, and a message that may have arrived comes once more, marked", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", join(import.meta.dirname, "half-answer.child.ts")]);
  assert.deepEqual(JSON.parse(stdout), [{ choice: 1 }, ["packages asks", "(again) packages asks"]]);
});
