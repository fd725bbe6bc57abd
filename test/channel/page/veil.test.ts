import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frame } from "../../../src/channel/page/frame.ts";
import { veiled } from "../../../src/channel/page/veil.ts";
import { secretSpans } from "../../../src/prompt/redact.ts";

const key = `sk-ant-api03-${"aB3dE5gH7j".repeat(6)}`;

function textsOf({ rows }: Frame): string[] {
  return rows.map((runs) => runs.map(({ text }) => text).join(""));
}

test("a secret is shaded cell for cell, whatever colours it has, and the rest keeps its look", () => {
  const frame: Frame = { columns: 120, rows: [[{ text: "key 日", columns: 6, bold: true }], [{ text: "is ", fg: 2 }, { text: key.slice(0, 20), fg: 1 }, { text: `${key.slice(20)} ok?`, inverse: true }]], cursor: undefined };
  const shown = veiled(frame, secretSpans);
  assert.deepEqual(shown.rows[0], frame.rows[0]);
  assert.deepEqual(shown.rows[1], [{ text: "is ", columns: 3, fg: 2 }, { text: "▒".repeat(key.length), columns: key.length }, { text: " ok?", columns: 4, inverse: true }]);
});

test("a secret that goes on in the next row is shaded in both", () => {
  const rows = [[{ text: `key ${key.slice(0, 26)}` }], [{ text: `${key.slice(26)} ok?` }]];
  assert.deepEqual(textsOf(veiled({ columns: 30, rows, cursor: undefined }, secretSpans)), [`key ${"▒".repeat(26)}`, `${"▒".repeat(key.length - 26)} ok?`]);
});

test("a screen without secrets is passed on as it is", () => {
  const frame: Frame = { columns: 80, rows: [[{ text: "nothing to hide" }]], cursor: { row: 0, column: 3 } };
  assert.equal(veiled(frame, secretSpans), frame);
});
