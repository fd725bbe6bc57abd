import assert from "node:assert/strict";
import { test } from "node:test";
import { Intake } from "../../src/relay/intake.ts";
import type { Tap } from "../../src/terminal/pump.ts";

/** Notes all that it is told. */
class Notebook implements Tap {
  readonly said: string[] = [];

  output(bytes: Uint8Array): void {
    this.said.push(`output ${Buffer.from(bytes).toString()}`);
  }

  keys(bytes: Uint8Array, typed: boolean): void {
    this.said.push(`keys ${Buffer.from(bytes).toString()} ${typed}`);
  }
}

const noTrouble = (message: string): never => assert.fail(message);

test("what passes before anybody listens is handed over in order, though every read uses the same buffer", () => {
  const intake = new Intake();
  const buffer = Buffer.alloc(16);
  const read = (text: string): Buffer => buffer.subarray(0, buffer.write(text));
  intake.output(read("Install it?"));
  intake.keys(read("q"), true);
  intake.output(read("[y/n] "));
  const notebook = new Notebook();
  intake.attach([notebook], noTrouble);
  intake.output(read("later"));
  assert.deepEqual(notebook.said, ["output Install it?", "keys q true", "output [y/n] ", "output later"]);
});

test("of a flood before anybody listens the newest 256 KB are kept", () => {
  const intake = new Intake();
  for (let block = 0; block < 300; block++) intake.output(Buffer.alloc(1024, `${block % 10}`));
  const notebook = new Notebook();
  intake.attach([notebook], noTrouble);
  assert.equal(notebook.said.length, 256);
});

test("a listener that throws is taken off, and the others hear on", () => {
  const intake = new Intake();
  const troubles: string[] = [];
  const notebook = new Notebook();
  const broken: Tap = {
    output: () => assert.fail("broken"),
    keys: () => undefined,
  };
  intake.attach([broken, notebook], (message) => troubles.push(message));
  intake.output(Buffer.from("a"));
  intake.output(Buffer.from("b"));
  assert.deepEqual(notebook.said, ["output a", "output b"]);
  assert.equal(troubles.length, 1);
});
