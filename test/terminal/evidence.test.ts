import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import type { Evidence } from "../../src/prompt/evidence.ts";
import { spawned } from "./spawned.ts";

const node = (script: string) => [process.execPath, "-e", `process.stdout.write("up");${script}`];
const python = (script: string) => ["python3", "-c", `import sys,time;sys.stdout.write("up");sys.stdout.flush()\n${script}`];
const sh = (script: string) => ["bash", "-c", `printf up; ${script}`];

const line = { echo: true, icanon: true };
const raw = { echo: false, icanon: false };

/** Programs at rest, and what the kernel says of each. */
const table: readonly (readonly [title: string, command: readonly string[], evidence: Partial<Evidence>])[] = [
  ["cat waits for a line", sh("exec cat"), { ...line, reading: "read", running: false }],
  ["bash read waits for a line", sh("read -p 'name? ' x"), { ...line, reading: "read", running: false }],
  ["bash read -s waits for a secret", sh("read -s -p 'password? ' x"), { echo: false, icanon: true, reading: "read" }],
  ["bash itself edits the line", ["bash", "--norc", "-i", "-c", "printf up; exec bash --norc -i"], { ...raw, reading: "select" }],
  ["python's input() waits for a line", python("input()"), { ...line, reading: "read" }],
  ["python's getpass opens /dev/tty", python("import getpass; getpass.getpass()"), { echo: false, icanon: true, reading: "read" }],
  ["a reader in a thread is seen", python("import threading; t=threading.Thread(target=lambda: sys.stdin.read(1)); t.start(); t.join()"), { ...line, reading: "read" }],
  ["python polls", python("import select; p=select.poll(); p.register(0, select.POLLIN); p.poll()"), { ...line, reading: "poll" }],
  ["python selects", python("import select; select.select([0],[],[])"), { ...line, reading: "select" }],
  ["python selects for something else", python("import select,os; r,w=os.pipe(); select.select([r],[],[])"), { ...line, reading: null }],
  ["node listens to keys", node("process.stdin.setRawMode(true).resume()"), { ...raw, reading: "epoll" }],
  ["node waits for a timer", node("setInterval(() => 0, 1e6)"), { ...line, reading: null }],
  ["sleep waits for nobody", sh("exec sleep 60"), { ...line, reading: null, running: false }],
  ["a shell that waits for its job waits for nobody", sh("sleep 60; true"), { ...line, reading: null, running: false }],
  ["a program's program is the one that counts", sh("bash -c 'read x'; true"), { ...line, reading: "read" }],
  ["a job in the background does not count", sh("set -m; cat & sleep 60"), { ...line, reading: null }],
  ["a program in a session of its own, as su starts it, counts where it reads this terminal", sh("setsid bash -c 'read x'; true"), { ...line, reading: "read" }],
  ["a busy loop runs", sh("while :; do :; done"), { ...line, reading: null, running: true }],
  ["script passes through what its own child does: waits", sh("exec script -qfc 'read x' /dev/null"), { ...line, reading: "read" }],
  ["script passes through what its own child does: works", sh("exec script -qfc 'sleep 60' /dev/null"), { ...line, reading: null }],
  ["script in script as well", sh(`exec script -qfc "script -qfc \\"bash -c 'read -s x'\\" /dev/null" /dev/null`), { echo: false, icanon: true, reading: "read" }],
];

test("a mode that changes without a byte is seen", { skip: process.platform !== "linux" && "only Linux tells" }, async () => {
  await using at = spawned(["bash", "-c", "read -p up x; read -s y"], { graceMs: 100 });
  await at.until(/up/);
  while (at.child.evidence()?.reading !== "read") await new Promise((resolve) => setImmediate(resolve));
  assert.equal(at.child.evidence()?.echo, true);
  await at.child.write("\r");
  while (at.child.evidence()?.echo !== false) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(at.child.evidence()?.echo, false);
});

describe("what the kernel says", { skip: process.platform !== "linux" && "only Linux tells" }, () => {
  for (const [title, command, expected] of table) {
    test(title, async () => {
      await using at = spawned(command, { graceMs: 100 });
      await at.until(/up/);
      // "up" comes a moment before the program rests; the table says where it then stays.
      let seen: Evidence | undefined;
      do {
        seen = at.child.evidence();
        await new Promise((resolve) => setImmediate(resolve));
      } while (at.child.alive && !isDeepStrictEqual({ ...seen, ...expected }, seen));
      assert.deepEqual({ ...seen, ...expected }, seen);
      at.child.kill("SIGKILL");
    });
  }
});
