import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, chmodSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { contentDigest, link, maxLineBytes, noHash, readEntry, type Entry } from "../../src/audit/chain.ts";
import { readFrame } from "../../src/audit/frame.ts";
import { KeptLog, kindsOf } from "./kept-log.ts";

/** Written by version 0.1. A later version must read it. */
const firstLog = fileURLToPath(new URL("../../fixtures/audit/v1.log", import.meta.url));

const entry: fc.Arbitrary<Entry> = fc.record({
  ts: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("9999-12-31") }).map((date) => date.toISOString()),
  mono: fc.nat(),
  boot: fc.string({ unit: "binary" }),
  sid: fc.option(fc.string({ unit: "binary" })),
  pid: fc.nat(),
  type: fc.string({ unit: "binary" }),
  data: fc.dictionary(fc.string({ unit: "binary" }), fc.oneof(fc.string({ unit: "binary", maxLength: 9_000 }), fc.integer(), fc.constant(null), fc.array(fc.boolean()))),
});

function placesOf(line: Buffer): object {
  const { seq, prev, hash, ts } = readFrame(line) ?? {};
  return { seq, prev, hash, ts };
}

test("a line is one line of JSON that says what was put in, whatever it was", () => {
  fc.assert(
    fc.property(entry, (given) => {
      const { line, seq, hash } = link(undefined, given);
      assert.ok(!line.includes("\n") && Buffer.byteLength(line) <= maxLineBytes);
      const bytes = Buffer.from(line);
      assert.deepEqual(placesOf(bytes), { seq: 1, prev: noHash, hash, ts: given.ts });
      const frame = readFrame(bytes);
      assert.ok(frame?.carries(contentDigest(bytes)) && frame.follows("\0".repeat(32)));
      const read = readEntry(line);
      if (!line.includes('"tooLong"')) assert.deepEqual({ ...read }, JSON.parse(JSON.stringify({ v: 1, seq, ...given, prev: noHash, hash })));
    }),
  );
});

test("each line links to the one before by its hash and number", () => {
  const given: Entry = { ts: "2026-11-21T12:00:00.000Z", mono: 1, boot: "", sid: null, pid: 1, type: "note", data: {} };
  const first = link(undefined, given);
  const second = link(first, given);
  assert.deepEqual(placesOf(Buffer.from(second.line)), { seq: 2, prev: first.hash, hash: second.hash, ts: given.ts });
  const frame = readFrame(Buffer.from(second.line));
  assert.ok(frame?.follows(contentDigest(Buffer.from(first.line))));
  assert.equal(frame?.follows(contentDigest(Buffer.from(second.line))), false);
});

test("a line can be checked with head and sha256sum alone", () => {
  for (const line of readFileSync(firstLog, "utf8").trim().split("\n")) {
    const body = line.slice(0, line.lastIndexOf(',"hash":"'));
    assert.ok(execFileSync("sha256sum", { input: body, encoding: "utf8" }).startsWith(readEntry(line)?.hash ?? "none"));
  }
});

test("a log of version 0.1 is read and goes on", async () => {
  using kept = new KeptLog();
  copyFileSync(firstLog, kept.log);
  chmodSync(kept.log, 0o600);
  assert.deepEqual(kindsOf(await kept.verify()), ["replica-unreadable @0"]);
  await kept.append(1);
  const found = await kept.verify();
  assert.deepEqual([kindsOf(found), found.head?.seq], [[], 12]);
});
