import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { keystrokesFor, maxInstructionBytes, maxReplyBytes, refuseReply, refuseText } from "../../src/prompt/keystrokes.ts";

const cases: ReadonlyArray<readonly [string, readonly string[]]> = [
  ["y\r", ["y", "\r"]],
  ["\x1b[B\x1b[B\r", ["\x1b[B", "\x1b[B", "\r"]],
  ["\x1bOB\r", ["\x1bOB", "\r"]],
  ["\x1b", ["\x1b"]],
  ["\x1b[1;5C ", ["\x1b[1;5C", " "]],
  ["ja\u{1F642}\r", ["j", "a", "\u{1F642}", "\r"]],
  ["", []],
];

for (const [keys, wanted] of cases) {
  test(`${JSON.stringify(keys)} is typed as ${wanted.length} keys`, () => {
    assert.deepEqual(keystrokesFor(keys), wanted);
  });
}

test("splitting into keys loses and adds nothing", () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom("\x1b", "[", "O", "B", "1", ";", "\r", "y", "é", "🙂") }), (keys) => keystrokesFor(keys).join("") === keys));
});

test("no control character gets into a reply", () => {
  for (let code = 0; code < 0xa0; code += 1) {
    if (code >= 0x20 && code < 0x7f) continue;
    assert.notEqual(refuseReply(`a${String.fromCodePoint(code)}b`), undefined, `U+${code.toString(16)}`);
  }
});

for (const [what, text] of [
  ["a bidi override", "rm \u202Etxt.exe"],
  ["a zero-width space", "a\u200Bb"],
  ["a tag character", "a\u{E0041}"],
  ["a line separator", "a\u2028b"],
  ["two lines", "a\nb"],
  ["a lone surrogate", "a\uD800"],
  ["nothing but blanks", "   "],
] as const) {
  test(`a reply with ${what} is refused`, () => {
    assert.notEqual(refuseReply(text), undefined);
  });
}

for (const text of ["yes", "Größe 10 %", "日本語で", "👩‍👩‍👧 ok", "⚠️", "x".repeat(maxReplyBytes)]) {
  test(`${JSON.stringify(text.slice(0, 20))} is a reply`, () => {
    assert.equal(refuseReply(text), undefined);
  });
}

test("a reply longer than its bytes is refused, whatever its characters", () => {
  assert.match(refuseReply("é".repeat(maxReplyBytes / 2 + 1)) ?? "", /longer than 1024 bytes/);
});

test("an instruction may have several lines of printable characters, an answer one", () => {
  const composer = { idle: true, layer: "pattern" } as const;
  const told = { idle: false, layer: "structured" } as const;
  const question = { idle: false, layer: "pattern" } as const;
  for (const taking of [composer, told]) {
    assert.equal(refuseText("first\n\n  second", taking), undefined);
    assert.equal(refuseText("x".repeat(maxInstructionBytes), taking), undefined);
    for (const text of ["\n", "a\rb", "a\x1b[201~b", "a\u202Eb", "x".repeat(maxInstructionBytes + 1)]) assert.notEqual(refuseText(text, taking), undefined);
  }
  assert.match(refuseText("first\nsecond", question) ?? "", /more than one line/);
});
