import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { kept, readme, resultsIn, tableOf, withTable } from "./table.ts";

test("the README's table of agents is what the last full run found", () => {
  const text = readFileSync(readme, "utf8");
  assert.equal(text, withTable(text, tableOf(resultsIn(readFileSync(kept, "utf8")))));
});

test("a dialog takes one row, with each answer once", () => {
  const result = { agent: "claude", version: "2.1.330", dialog: "edit", seen: "hook" } as const;
  const table = tableOf([{ ...result, answered: '"Yes"' }, { ...result, answered: '"No"' }, { ...result, answered: '"Yes"' }, { ...result, seen: "screen", answered: '"Yes"' }]);
  assert.deepEqual(table.split("\n").slice(2), ['| Claude Code | 2.1.330 | edit | hook | "Yes", "No" |', '| Claude Code | 2.1.330 | edit | screen | "Yes" |']);
});
