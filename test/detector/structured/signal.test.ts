import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Screen } from "../../../src/detector/screen.ts";
import { KittyNotice } from "../../../src/detector/structured/kitty-notice.ts";
import { readOsc133, readOsc777, readOsc9 } from "../../../src/detector/structured/signal.ts";

const progress = (works: boolean) => ({ is: "progress", works });
const notice = (text: string) => ({ is: "notice", text });

test("OSC 9 is a notification, or one of ConEmu's numbered commands", () => {
  assert.deepEqual(readOsc9("Approval requested: touch a"), notice("Approval requested: touch a"));
  assert.deepEqual(readOsc9("4 tests failed"), notice("4 tests failed"));
  assert.deepEqual(["4;1;50", "4;3", "4;3;"].map(readOsc9), [progress(true), progress(true), progress(true)]);
  assert.deepEqual(["4;0;", "4;2;80", "4;4", "4"].map(readOsc9), [progress(false), progress(false), progress(false), progress(false)]);
  assert.deepEqual(["9;/home/demo", "12", "2;a message box", "", " ", "…"].map(readOsc9), [undefined, undefined, undefined, undefined, undefined, undefined]);
});

test("a notification's words are one short line without what does not print", () => {
  assert.deepEqual(readOsc9("say\u202e it\u0007\t now"), notice("say it now"));
  assert.deepEqual(readOsc9("x".repeat(4000)), notice(`${"x".repeat(300)}…`));
});

test("OSC 777 notifies with a title and a body, and does nothing else", () => {
  assert.deepEqual(readOsc777("notify;Gemini CLI needs your attention;Approval required"), notice("Gemini CLI needs your attention: Approval required"));
  assert.deepEqual(readOsc777("notify;;body; with more"), notice("body: with more"));
  assert.deepEqual(["notify", "precmd", "eval;rm"].map(readOsc777), [undefined, undefined, undefined]);
});

test("OSC 133 marks a shell's prompt, its command line and its commands", () => {
  assert.deepEqual(["A", "B;k=s", "C", "D;1"].map((data) => readOsc133(data)), ["prompt", "input", "runs", "ended"].map((phase) => ({ is: "shell", phase })));
  assert.deepEqual(["", "P;k=i", "AB", "L"].map(readOsc133), [undefined, undefined, undefined, undefined]);
});

test("OSC 99 puts a notification together from its pieces", () => {
  const kitty = new KittyNotice();
  assert.deepEqual(["i=1:d=0:p=title;Claude Code", "i=1:d=0:p=body;needs your permission", "i=1:d=1:a=focus;"].map((data) => kitty.read(data)), [undefined, undefined, notice("Claude Code: needs your permission")]);
  assert.deepEqual(kitty.read(";Hello"), notice("Hello"));
  assert.deepEqual(kitty.read(`e=1;${Buffer.from("Ünïcode").toString("base64")}`), notice("Ünïcode"));
  assert.deepEqual(["i=7:p=?;", "i=7:p=close;", "i=7:p=alive;", "no metadata"].map((data) => kitty.read(data)), [undefined, undefined, undefined, undefined]);
  for (let piece = 0; piece < 10_000; piece++) assert.equal(kitty.read(`i=2:d=0;${"y".repeat(1000)}`), undefined);
  assert.deepEqual(kitty.read("i=3;Another one"), notice("Another one"));
});

test("however the bytes are cut, the same is heard", async () => {
  const bytes = Buffer.from("a\x1b]0;⠋ work\x07\x1b]9;Approval requested: touch ä\x1b\\\x1b]99;i=1:d=0;One\x1b\\\x1b]99;i=1:p=body;Two\x1b\\\x1b]133;A\x07$ \x1b]133;B\x07");
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 20 }), async (sizes) => {
      const screen = new Screen(40, 5);
      let at = 0;
      for (const size of [...sizes, bytes.length]) {
        await screen.write(bytes.subarray(at, at + size), false, 1);
        at += size;
      }
      screen.signals.looked(10_000);
      assert.deepEqual([screen.title, screen.signals.takeUnasked(), screen.read().isAtShell], ["⠋ work", "One: Two", true]);
    }),
  );
});

test("a notification of 20 MB is as good as its beginning", async () => {
  const screen = new Screen(40, 5);
  const piece = Buffer.alloc(64 * 1024, "z");
  await screen.write(Buffer.from("\x1b]9;big "), false, 1);
  for (let sent = 0; sent < 20 * 1024 * 1024; sent += piece.length) await screen.write(piece, false, 1);
  await screen.write(Buffer.from("\x07after"), false, 1);
  screen.signals.looked(10_000);
  assert.match(screen.signals.takeUnasked() ?? "", /^big z{296}…$/);
  assert.equal(screen.read().lines[0]?.text, "after");
});
