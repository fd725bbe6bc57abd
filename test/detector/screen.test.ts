import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Backlog } from "../../src/detector/backlog.ts";
import { Screen } from "../../src/detector/screen.ts";
import { StringGuard } from "../../src/detector/string-guard.ts";
import { textOf } from "../../src/detector/view.ts";
import { waitingOf } from "../../src/detector/waiting.ts";

async function shown(bytes: string, columns = 20, rows = 6) {
  const screen = new Screen(columns, rows);
  await screen.write(Buffer.from(bytes), false);
  return screen.read();
}

const drawn: readonly [what: string, bytes: string, text: string][] = [
  ["words placed by cursor moves keep their gaps", "\x1b[1;1HAllow\x1b[1;9Honce", "Allow   once"],
  ["a repaint leaves what it did not touch", "Password:\x1b[1;1Hp", "password:"],
  ["wide characters take two cells", "承認\x1b[1;6Hx", "承認 x"],
  ["a line that the terminal wrapped is one", "abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz"],
  ["concealed text is not there", "pin\x1b[8m1234\x1b[0m:", "pin    :"],
  ["text in its own background's colour is not there", "a\x1b[31;41mb\x1b[0mc", "a c"],
  ["a scroll region keeps what is outside it", "top\x1b[2;4r\x1b[4;1H1\r\n2\r\n3\r\n4\x1b[r", "top\n2\n3\n4"],
];
for (const [what, bytes, text] of drawn)
  test(what, async () => assert.equal(textOf(await shown(bytes)), text));

test("a terminal that says it is enormous is read within what memory can hold", async () => {
  const view = await shown("Sure? [y/n]", 3_000, 3_000);
  assert.equal(textOf(view), "Sure? [y/n]");
  assert.deepEqual([view.columns, view.rows], [1_000, 1_000]);
});

test("the window holds the newest 4,096 bytes of text, and the line that crosses the border", async () => {
  const view = await shown(Array.from({ length: 300 }, (_, line) => `line ${line} ${"x".repeat(60)}`).join("\r\n"), 80, 24);
  const bytes = Buffer.byteLength(textOf(view));
  assert.ok(bytes >= 4096 && bytes < 4096 + 80, String(bytes));
  assert.match(view.lines.at(-1)?.text ?? "", /^line 299 /);
});

test("the cursor stands where the next character goes, also behind blanks and wide characters", async () => {
  assert.deepEqual((await shown("承 ? ")).cursor, { line: 0, column: 4, visible: true });
  assert.equal((await shown("\x1b[?25lx")).cursor.visible, false);
});

test("title, screen and modes are known", async () => {
  const view = await shown("\x1b]0;⠋ work\x07\x1b[?1049h\x1b[?2004h\x1b[?1hx");
  assert.deepEqual([view.title, view.isFullScreen, view.bracketsPaste, view.sendsApplicationKeys], ["⠋ work", true, true, true]);
});

test("a string sequence longer than 4,096 bytes is cut, however it is chunked, and what follows shows", () => {
  const long = Buffer.from(`a\x1b]0;${"t".repeat(20_000)}\x07b\x1bP${"q".repeat(9000)}\x1b\\c`);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 20 }), (sizes) => {
      const guard = new StringGuard();
      const kept: Buffer[] = [];
      let at = 0;
      for (const size of [...sizes, long.length]) {
        kept.push(Buffer.from(guard.pass(long.subarray(at, at + size))));
        at += size;
      }
      const text = Buffer.concat(kept).toString();
      assert.ok(text.length < 9000);
      assert.ok(text.startsWith("a\x1b]0;") && text.includes("\x07b\x1bP") && text.endsWith("\x1b\\c"));
    }),
  );
});

test("the backlog keeps the newest bytes, whatever their pieces were", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 }), (pieces) => {
      const backlog = new Backlog(32);
      for (const piece of pieces) backlog.put(piece);
      const all = Buffer.concat(pieces);
      const { bytes, dropped } = backlog.take();
      assert.deepEqual(Buffer.from(bytes), all.subarray(Math.max(0, all.length - 32)));
      assert.equal(dropped, all.length > 32);
      assert.ok(backlog.isEmpty);
    }),
  );
});

const evidence = (echo: boolean, icanon: boolean, reading: "read" | "poll" | "select" | "epoll" | null, running = false) => waitingOf({ echo, icanon, reading, running });
test("the kernel's words amount to what was measured", () => {
  assert.equal(evidence(true, true, "read"), "line");
  assert.equal(evidence(false, true, "read"), "secret");
  assert.equal(evidence(false, false, "read"), "key");
  assert.equal(evidence(false, false, "epoll"), "listens");
  assert.equal(evidence(true, true, "epoll"), "aside");
  assert.equal(evidence(true, true, null), "no");
  assert.equal(evidence(false, false, null), "hidden");
  assert.equal(waitingOf(undefined), "unknown");
  assert.equal(waitingOf({ echo: true, icanon: true, reading: undefined, running: undefined }), "unknown");
});

test("a line without an end is read no further than the window, and a question at its end is seen", async () => {
  const screen = new Screen(80, 24);
  await screen.write(Buffer.from(`${"....progress....".repeat(2000)} Continue? [Y/n] `), false);
  const { lines, cursor } = screen.read();
  assert.equal(lines.length, 1);
  assert.ok((lines[0]?.text.length ?? 0) <= 4096 + 2 * 80);
  assert.match(lines[0]?.text.slice(0, cursor.column) ?? "", /Continue\? \[Y\/n\] ?$/);
});
