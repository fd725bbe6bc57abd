import assert from "node:assert/strict";
import { test } from "node:test";
import { Screen } from "../../src/detector/screen.ts";

async function picture(output: string): Promise<ReturnType<Screen["picture"]>> {
  const screen = new Screen(20, 3);
  await screen.write(Buffer.from(output), false);
  return screen.picture();
}

test("a picture has the colours and attributes of its cells, and no blanks at the end of a row", async () => {
  const { columns, rows } = await picture("a \x1b[1;31mred\x1b[0m  \r\n\x1b[48;2;1;2;3m \x1b[0m");
  assert.equal(columns, 20);
  assert.deepEqual(rows, [
    [
      { text: "a ", columns: 2 },
      { text: "red", columns: 3, fg: 1, bold: true },
    ],
    [{ text: " ", columns: 1, bg: "#010203" }],
    [],
  ]);
});

test("a wide character, or one with marks, stands alone, and concealed ones do not show", async () => {
  const { rows } = await picture("日本\x1b[8mpw\x1b[0m!e\u0301a");
  assert.deepEqual(rows[0]?.map(({ text, columns }) => [text, columns]), [["日", 2], ["本", 2], ["  !", 3], ["e\u0301", 1], ["a", 1]]);
});

test("a hidden cursor is nowhere", async () => {
  assert.deepEqual((await picture("ab")).cursor, { row: 0, column: 2 });
  assert.equal((await picture("ab\x1b[?25l")).cursor, undefined);
});
