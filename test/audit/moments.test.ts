import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { KeptLog, kindsOf } from "./kept-log.ts";
import { bundled, withModules } from "./writer-programs.ts";

const verifications = Number(process.env["AEGIS_STORM_VERIFICATIONS"] ?? 60);
const writers = 8;

test("a log is good at every moment while eight writers append", async () => {
  using kept = await KeptLog.of(2);
  const program = await bundled(new URL("storm-writer.ts", import.meta.url), kept.folder);
  const children = Array.from({ length: writers }, () => spawn(process.execPath, [program, kept.database, kept.log], { stdio: ["ignore", "pipe", "inherit"], env: withModules }));
  const ended = children.map((child) => once(child, "close"));
  try {
    await Promise.all(children.map((child) => once(child.stdout, "data")));
    for (const child of children) child.stdout.resume();
    let before = 0;
    for (let round = 0; round < verifications; round++) {
      const found = await kept.verify({ patienceMs: 250 });
      assert.deepEqual(kindsOf(found), [], `round ${round}`);
      assert.ok(found.entries >= before);
      before = found.entries;
    }
  } finally {
    for (const child of children) child.kill("SIGKILL");
    await Promise.all(ended);
  }
});
