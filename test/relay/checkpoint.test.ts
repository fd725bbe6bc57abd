import assert from "node:assert/strict";
import { test } from "node:test";
import { checkpointLine, checkpointNote, isDue, isDueAtEnd, readCheckpoint, type Checkpoint } from "../../src/relay/checkpoint.ts";

const hash = "9f3a".repeat(16);
const checkpoint: Checkpoint = { seq: 1042, hash, install: "6d0f3c52-0a6e-4a53-9f51-2f1e5a3c7b10", at: Date.parse("2026-11-21T10:42:07.250Z") };

test("a hundred entries that nobody outside has seen are a checkpoint's worth, ninety-nine are not", () => {
  assert.deepEqual([isDue(99, 0), isDue(100, 0), isDue(299, 200), isDue(300, 200), isDue(5, 7)], [false, true, false, true, false]);
});

test("the end of a session is shown if it asked anything and its end was not shown already", () => {
  assert.ok(isDueAtEnd({ end: 9, witnessed: 8, prompts: 1 }));
  assert.ok(!isDueAtEnd({ end: 9, witnessed: 8, prompts: 0 }));
  assert.ok(!isDueAtEnd({ end: 9, witnessed: 9, prompts: 3 }));
  assert.ok(!isDueAtEnd({ end: 9, witnessed: 12, prompts: 3 }));
});

test("people are shown log, time, number and the whole hash, silently", () => {
  assert.deepEqual(checkpointNote(checkpoint), {
    text: `Checkpoint of the audit log 6d0f3c52-0a6e-4a53-9f51-2f1e5a3c7b10, 2026-11-21 10:42:07 UTC:\n#1042·${hash}`,
    isSilent: true,
  });
  assert.match(checkpointNote({ ...checkpoint, install: undefined }).text, /^Checkpoint of the audit log, 2026/);
});

test("programs get one line of four words, whether the log's name is known or not", () => {
  assert.equal(checkpointLine(checkpoint), `v1 6d0f3c52-0a6e-4a53-9f51-2f1e5a3c7b10 1042 ${hash}`);
  assert.equal(checkpointLine({ ...checkpoint, install: undefined }), `v1 - 1042 ${hash}`);
});

test("what people and programs were told is read back, and nothing else", () => {
  const { seq, install } = checkpoint;
  for (const given of [checkpoint, { ...checkpoint, install: undefined }])
    for (const text of [checkpointNote(given).text, checkpointLine(given)]) assert.deepEqual(readCheckpoint(text), { seq, hash, install: given.install }, text);
  for (const text of ["", `v2 ${install} 1042 ${hash}`, `v1 ${install} 0 ${hash}`, `v1 ${install} 1042 ${hash.slice(1)}`, `${checkpointNote(checkpoint).text} or so`, `#1042·${hash}`])
    assert.equal(readCheckpoint(text), undefined, text);
});
