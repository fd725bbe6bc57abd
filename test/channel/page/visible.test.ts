import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { blotted, visible } from "../../../src/channel/page/visible.ts";

const cases: readonly [string, string][] = [
  ["plain text\nand a second line", "plain text\nand a second line"],
  ["│ ❯ 1. Yes ─╯ żółć 日本語 עברית", "│ ❯ 1. Yes ─╯ żółć 日本語 עברית"],
  ["rm\u202Etxt.exe", "rm‹U+202E›txt.exe"],
  ["a\u200Bb\uFEFFc\u2066d\u00ADe", "a‹U+200B›b‹U+FEFF›c‹U+2066›d‹U+00AD›e"],
  ["tag \u{E0041}", "tag ‹U+E0041›"],
  ["\x1b[31m\x07\t\r", "‹U+001B›[31m‹U+0007›‹U+0009›‹U+000D›"],
  ["Hangul filler \u3164|", "Hangul filler ‹U+3164›|"],
  ["lone \uD800", "lone ‹U+D800›"],
  ["👩‍💻 ❤️ work", "👩‍💻 ❤️ work"],
  ["a\u200Db", "a‹U+200D›b"],
  ["e\u0301\u0301\u0301\u0301\u0301\u0301", "e\u0301\u0301\u0301\u0301‹U+0301›‹U+0301›"],
];
for (const [text, shown] of cases) {
  test(`${JSON.stringify(text)} shows as ${JSON.stringify(shown)}`, () => assert.equal(visible(text), shown));
}

test("whatever the child prints, nothing invisible is left of it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assert.doesNotMatch(visible(text), /(?!\n)[\p{Cc}\u202A-\u202E\u2066-\u2069\u200B\u200E\u200F\uFEFF\p{Zl}\p{Zp}]|[\u{E0000}-\u{E0FFF}]/u);
    }),
  );
});

test("cells keep their number when they are blotted", () => {
  assert.equal(blotted("a\u202Eb\u{E0041}c"), "a\uFFFDb\uFFFDc");
});
