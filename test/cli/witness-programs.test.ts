import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { witnessPrograms, type ProgramParts } from "../../src/cli/witness-programs.ts";
import { TemporaryFolder } from "../temporary-folder.ts";

const line = `v1 - 7 ${"ab".repeat(32)}`;

/** A folder in which the programs are run, and before all others looked for. */
class Scene extends TemporaryFolder {
  readonly troubles: string[] = [];
  readonly parts: ProgramParts;

  constructor(command: string | undefined, journal = "") {
    super();
    const report: ProgramParts["report"] = { trouble: (message) => void this.troubles.push(message), log: () => undefined };
    const environment = { PATH: `${this.path}${delimiter}${process.env["PATH"] ?? ""}` };
    this.parts = { command, journal, environment, folder: this.path, report };
  }
}

test("a witness command gets the line on stdin", async () => {
  using stage = new Scene("cat > heard");
  const [program, ...others] = witnessPrograms(stage.parts);
  assert.deepEqual([program?.source, others], ["command", []]);
  assert.equal(await program?.tell(line), true);
  assert.equal(readFileSync(stage.at("heard"), "utf8"), `${line}\n`);
  assert.deepEqual(stage.troubles, []);
});

test("a witness command that reads nothing is a witness, one that fails is none, and that is told", async () => {
  using deaf = new Scene("exec 0<&-; true");
  assert.equal(await witnessPrograms(deaf.parts)[0]?.tell(line.repeat(10_000)), true);
  using failing = new Scene("cat; exit 3");
  assert.equal(await witnessPrograms(failing.parts)[0]?.tell(line), false);
  assert.match(failing.troubles.join(), /witness_command failed/);
});

test("the journal is told through logger, if there is a journal", async () => {
  using stage = new Scene(undefined, join(tmpdir(), "aegis-no-journal"));
  assert.deepEqual(witnessPrograms(stage.parts), []);
  const logger = stage.at("logger");
  // A logger of our own: what it is told would else end in the journal of whoever runs the tests.
  writeFileSync(logger, '#!/bin/sh\nprintf "%s\\n" "$@" > heard\n');
  chmodSync(logger, 0o700);
  const [program] = witnessPrograms({ ...stage.parts, journal: stage.path });
  assert.equal(program?.source, "journal");
  assert.equal(await program.tell(line), true);
  assert.deepEqual(readFileSync(stage.at("heard"), "utf8").split("\n"), ["-t", "aegis-audit", "--", line, ""]);
});

test("a logger that is missing makes no witness and no trouble", async () => {
  using stage = new Scene(undefined, tmpdir());
  const [program] = witnessPrograms({ ...stage.parts, environment: { PATH: stage.path } });
  assert.equal(await program?.tell(line), false);
  assert.deepEqual([stage.troubles, existsSync(stage.at("heard"))], [[], false]);
});
