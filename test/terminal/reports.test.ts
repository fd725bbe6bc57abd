import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Reports } from "../../src/terminal/reports.ts";

const bytes = (text: string) => Buffer.from(text, "latin1");

/** What the terminal says by itself. */
const reports: Readonly<Record<string, string>> = {
  "focus in": "\x1b[I",
  "focus out": "\x1b[O",
  "SGR mouse press": "\x1b[<0;12;7M",
  "SGR mouse release": "\x1b[<0;12;7m",
  "X10 mouse": "\x1b[M !\xff",
  "urxvt mouse": "\x1b[32;10;20M",
  "cursor position": "\x1b[24;80R",
  "extended cursor position": "\x1b[?24;80R",
  "primary attributes": "\x1b[?62;22c",
  "secondary attributes": "\x1b[>41;354;0c",
  "device status": "\x1b[0n",
  "colour scheme": "\x1b[?997;1n",
  "private mode": "\x1b[?2026;2$y",
  "window size in cells": "\x1b[8;24;80t",
  "kitty keyboard flags": "\x1b[?5u",
  "release of a key": "\x1b[97;1:3u",
  "release of an arrow": "\x1b[1;1:3A",
  "foreground colour": "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
  "background colour": "\x1b]11;rgb:0000/0000/0000\x07",
  "terminal version": "\x1bP>|xterm(380)\x1b\\",
  "termcap answer": "\x1bP1+r544e=787465726d\x1b\\",
  "graphics answer": "\x1b_Gi=31;OK\x1b\\",
};

const keys: Readonly<Record<string, string>> = {
  letter: "y",
  "letter beyond ASCII": "\xc3\xa9",
  Enter: "\r",
  "Ctrl-C": "\x03",
  Escape: "\x1b",
  "arrow down": "\x1b[B",
  "arrow down, application mode": "\x1bOB",
  "Shift with arrow": "\x1b[1;2B",
  "Shift with F3": "\x1b[1;2R",
  F5: "\x1b[15~",
  "Shift-Tab": "\x1b[Z",
  "Alt with a letter": "\x1bx",
  "Alt with ]": "\x1b]",
  "Alt with P": "\x1bP",
  "Alt with _": "\x1b_",
  "Alt with [": "\x1b[",
  "kitty's Enter": "\x1b[13u",
  "kitty's Ctrl-C": "\x1b[99;5u",
  paste: "\x1b[200~hello\x1b[201~",
  "two keys after Escape": "\x1b\x1b[A",
};

describe("what the terminal reports", () => {
  for (const [name, text] of Object.entries(reports)) test(`${name} was not typed`, () => assert.equal(new Reports().typed(bytes(text)), false));
  for (const [name, text] of Object.entries(keys)) test(`${name} was typed`, () => assert.equal(new Reports().typed(bytes(text)), true));

  test("a key beside reports was typed", () => {
    assert.equal(new Reports().typed(bytes("\x1b[I\x1b[<35;1;1My\x1b[O")), true);
  });

  test("reports in one read, cut anywhere, were not typed, and the key after them was", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.values(reports)), { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.integer({ min: 4, max: 40 })), (said, sizes) => {
        const reader = new Reports();
        const text = said.join("");
        // A read of fewer than three bytes that begins a report could be a person's Alt with a key.
        for (let at = 0; at < text.length; ) {
          let end = at + (sizes.next().value ?? 4);
          while (/\x1b.?$/s.test(text.slice(at, end)) && end < text.length) end += 1;
          assert.equal(reader.typed(bytes(text.slice(at, end))), false, JSON.stringify(text.slice(at, end)));
          at = end;
        }
        assert.equal(reader.typed(bytes("y")), true);
      }),
    );
  });

  test("an unfinished report does not hide typing for long", () => {
    const reader = new Reports();
    reader.typed(bytes("\x1b]52;c;"));
    assert.equal(reader.typed(bytes("yes\r")), true);
  });
});
