import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { systemClock } from "../../src/async/clock.ts";
import { Recorder } from "../../src/cli/recorder.ts";
import { TemporaryFolder } from "../temporary-folder.ts";

test("a password is not recorded though its program shows again what is typed by the time that the kernel is asked", () => {
  using folder = new TemporaryFolder();
  const file = folder.at("session.cast");
  {
    using recorder = new Recorder(file, { size: { cols: 80, rows: 24 }, command: ["sudo", "true"], clock: systemClock });
    const line = { icanon: true, reading: "read", running: false } as const;
    recorder.evidence({ ...line, echo: false });
    recorder.keys(Buffer.from("hunter2\r"));
    recorder.evidence({ ...line, echo: true });
    recorder.keys(Buffer.from("yes\r"));
  }
  const typed = readFileSync(file, "utf8").split("\n").flatMap((line) => /^\[[\d.]+,"i",(.*)\]$/.exec(line)?.slice(1) ?? []);
  assert.deepEqual(typed, ['"\\r"', '"yes\\r"']);
});

test("a secret in the command is none in the recording", () => {
  using folder = new TemporaryFolder();
  const file = folder.at("session.cast");
  new Recorder(file, { size: { cols: 80, rows: 24 }, command: ["mysql", "-u", "ada", "--password", "hunter2"], clock: systemClock })[Symbol.dispose]();
  const [head = ""] = readFileSync(file, "utf8").split("\n");
  assert.match(head, /"command":"mysql -u ada --password [^"]+"/);
  assert.doesNotMatch(head, /hunter2/);
});
