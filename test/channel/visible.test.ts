import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { blotted, visible, visibleLine } from "../../src/channel/visible.ts";

const hiding = [
  0x00, 0x07, 0x08, 0x0b, 0x0d, 0x1b, 0x7f, 0x85, 0x9b, 0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x180b, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029,
  0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069, 0x206a, 0x206f, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xfff9,
  0xfffb, 0xd800, 0xdfff, 0x1bca0, 0x1d173, 0xe0001, 0xe0020, 0xe0041, 0xe007f, 0xe0100, 0xe01ef, 0xffff, 0x378,
];
for (const code of hiding) {
  const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  test(`${name} is written out`, () => assert.equal(visible(`a${String.fromCodePoint(code)}b`), `a‹${name}›b`));
}

const plain = ["", "plain text\n\tof two lines", "❯ 1. Yes", "naïve café – “quoted” …", "日本語 한국어 العربية עברית", "│ ╭─╮ ▌█ ⠋ ✔ ☐ →", "👍🏽 👩‍💻 ❤️ 🏳️‍🌈", "e\u0301 n\u0303"];
for (const text of plain) test(`${JSON.stringify(text)} stays as it is`, () => assert.equal(visible(text), text));

const lookAlikes: [string, string][] = [
  ["\u0430pt install", "‹U+0430›pt install"],
  ["rm \u2010rf \u2013x", "rm ‹U+2010›rf ‹U+2013›x"],
  ["curl p\u0430yp\u0430l.com", "curl p‹U+0430›yp‹U+0430›l.com"],
  ["chm\u03BFd", "chm‹U+03BF›d"],
  ["s\uFF55do", "s‹U+FF55›do"],
  ["s\u{1D42E}do", "s‹U+1D42E›do"],
  ["\u2215etc\u2044passwd", "‹U+2215›etc‹U+2044›passwd"],
  ["a\u037E b", "a‹U+037E› b"],
];
for (const [text, shown] of lookAlikes) test(`what passes for ASCII is written out: ${shown}`, () => assert.equal(visible(text), shown));

for (const text of ["Привет, мир: роса", "Ωμέγα και άλφα", "３０円、ＯＫです", "Δx = 5 μm", "naïve – café — “ok”…"]) test(`at home in its own script: ${text}`, () => assert.equal(visible(text), text));

test("marks heaped upon one letter are written out from the fifth on", () => {
  assert.equal(visible(`Z${"\u0301".repeat(6)}`), `Z${"\u0301".repeat(4)}‹U+0301›‹U+0301›`);
});

test("what is made visible stays so, and a line of it keeps to its length and splits no character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.integer({ min: 1, max: 60 }), (text, max) => {
      const shown = visible(text);
      assert.equal(visible(shown), shown);
      const line = visibleLine(text, max);
      assert.ok(line.length <= max && !/[\n\p{Cs}]/u.test(line));
    }),
  );
});

test("cells keep their number when they are blotted", () => {
  assert.equal(blotted("a\u202Eb\u{E0041}c日"), "a\uFFFDb\uFFFDc日");
});
