import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { widthOf } from "../../src/cli/printable.ts";
import { tableLines } from "../../src/cli/table.ts";

const rows = [
  ["SESSION", "STARTED", "STATE", "COMMAND"],
  ["k3v9tq", "11-21 10:42:07", "exit 0", "bash -c 'read -p \"Ship it?\" answer'"],
  ["m2w8ab", "11-21 10:40:59", "exit 130", "深圳部署: ./deploy.sh"],
];

test("where there is room each row is a line, and only what is too long for it is cut", () => {
  assert.deepEqual(tableLines(rows, 60), [
    ["SESSION  STARTED         STATE     COMMAND"],
    ["k3v9tq   11-21 10:42:07  exit 0    bash -c 'read -p \"Ship i…"],
    ["m2w8ab   11-21 10:40:59  exit 130  深圳部署: ./deploy.sh"],
  ]);
});

test("on narrow paper a row takes several lines, and times and states are whole", () => {
  assert.deepEqual(tableLines(rows, 36), [
    ["SESSION  STARTED         STATE", "  COMMAND"],
    ["k3v9tq   11-21 10:42:07  exit 0", "  bash -c 'read -p \"Ship it?\" answe…"],
    ["m2w8ab   11-21 10:40:59  exit 130", "  深圳部署: ./deploy.sh"],
  ]);
  assert.deepEqual(tableLines(rows, 28)[1], ["k3v9tq   11-21 10:42:07", "  exit 0", "  bash -c 'read -p \"Ship it…"]);
});

test("whatever the cells hold, no line is wider than the paper", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", "日", " ", "é"), maxLength: 40 });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 5 }), fc.integer({ min: 24, max: 120 }), (rows, paper) => {
      for (const line of tableLines(rows, paper).flat()) assert.ok(widthOf(line) <= paper, `${paper}: ${line}`);
    }),
  );
});
