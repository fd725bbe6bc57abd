import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { witnessPrograms, type ProgramParts } from "../../src/cli/witness-programs.ts";

const line = `v1 - 7 ${"ab".repeat(32)}`;

interface Scene extends Disposable {
  readonly folder: string;
  readonly parts: ProgramParts;
  readonly troubles: string[];
}

function scene(command: string | undefined, journal = ""): Scene {
  const folder = mkdtempSync(join(tmpdir(), "aegis-witness-"));
  const troubles: string[] = [];
  const report: ProgramParts["report"] = { trouble: (message) => void troubles.push(message), log: () => undefined };
  const environment = { PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}` };
  return { folder, troubles, parts: { command, journal, environment, folder, report }, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

test("a witness command gets the line on stdin", async () => {
  using stage = scene("cat > heard");
  const [program, ...others] = witnessPrograms(stage.parts);
  assert.deepEqual([program?.source, others], ["command", []]);
  assert.equal(await program?.tell(line), true);
  assert.equal(readFileSync(join(stage.folder, "heard"), "utf8"), `${line}\n`);
  assert.deepEqual(stage.troubles, []);
});

test("a witness command that reads nothing is a witness, one that fails is none, and that is told", async () => {
  using deaf = scene("exec 0<&-; true");
  assert.equal(await witnessPrograms(deaf.parts)[0]?.tell(line.repeat(10_000)), true);
  using failing = scene("cat; exit 3");
  assert.equal(await witnessPrograms(failing.parts)[0]?.tell(line), false);
  assert.match(failing.troubles.join(), /witness_command failed/);
});

test("the journal is told through logger, if there is a journal", async () => {
  using stage = scene(undefined, join(tmpdir(), "aegis-no-journal"));
  assert.deepEqual(witnessPrograms(stage.parts), []);
  const logger = join(stage.folder, "logger");
  // A logger of our own: what it is told would else end in the journal of whoever runs the tests.
  writeFileSync(logger, '#!/bin/sh\nprintf "%s\\n" "$@" > heard\n');
  chmodSync(logger, 0o700);
  const [program] = witnessPrograms({ ...stage.parts, journal: stage.folder });
  assert.equal(program?.source, "journal");
  assert.equal(await program.tell(line), true);
  assert.deepEqual(readFileSync(join(stage.folder, "heard"), "utf8").split("\n"), ["-t", "aegis-audit", "--", line, ""]);
});

test("a logger that is missing makes no witness and no trouble", async () => {
  using stage = scene(undefined, tmpdir());
  const [program] = witnessPrograms({ ...stage.parts, environment: { PATH: stage.folder } });
  assert.equal(await program?.tell(line), false);
  assert.deepEqual([stage.troubles, existsSync(join(stage.folder, "heard"))], [[], false]);
});
