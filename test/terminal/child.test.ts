import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { CommandProblem } from "../../src/terminal/command.ts";
import { fixture, spawned } from "./spawned.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
/** More runs where time is no matter: AEGIS_TEST_RUNS=1000. */
const runs = Number(process.env["AEGIS_TEST_RUNS"] ?? 40);

describe("how a child ends", () => {
  for (const [title, script, code] of [
    ["by itself", "exit 0", 0],
    ["with a code", "exit 42", 42],
    ["with the highest code", "exit 255", 255],
    ["by SIGHUP", "kill -HUP $$", 129],
    ["by SIGINT", "kill -INT $$", 130],
    ["by SIGKILL", "kill -KILL $$", 137],
    ["by SIGSEGV", "ulimit -c 0; kill -SEGV $$", 139],
    ["by SIGPIPE", "kill -PIPE $$", 141],
    ["by SIGTERM", "kill -TERM $$", 143],
  ] as const) {
    test(`${title}: ${code}`, async () => {
      const { child } = spawned(["sh", "-c", script]);
      assert.equal(await child.exited, code);
      assert.equal(child.alive, false);
    });
  }

  test("a missing command is no child", () => {
    assert.throws(() => spawned(["no-such-command"]), (error) => error instanceof CommandProblem && error.exitCode === 127);
  });

  test("a program is called what was typed", async () => {
    await using named = spawned(["sh", "-c", "echo I am $0"]);
    await named.child.exited;
    assert.equal(named.output().toString(), "I am sh\r\n");
  });

  test("everything is harmless afterwards", async () => {
    const { child } = spawned(["true"]);
    await child.exited;
    child.resize({ cols: 100, rows: 30 });
    child.kill("SIGTERM");
    child.resume();
    assert.equal(child.evidence(), undefined);
    await assert.rejects(child.write("late"), /ended/);
    assert.throws(() => child.writeNow("late"), /ended/);
    await child[Symbol.asyncDispose]();
  });

  test("a job left behind that holds the terminal does not keep the session", async () => {
    await using left = spawned(["sh", "-c", "trap '' HUP; sleep 60 & echo $!; exit 3"]);
    assert.equal(await left.child.exited, 3);
    process.kill(Number(left.output().toString()), "SIGKILL");
  });

  test("a job left behind that floods the terminal does not keep the session", async () => {
    await using left = spawned(["sh", "-c", "trap '' HUP; echo $$; (exec yes) & exit 3"]);
    assert.equal(await left.child.exited, 3);
    process.kill(-Number.parseInt(left.output().toString(), 10), "SIGKILL");
  });
});

describe("ending a child", () => {
  for (const [reason, got, code] of [
    ["SIGTERM", "SIGTERM", 143],
    ["SIGINT", "SIGINT", 130],
    ["SIGHUP", "SIGHUP", 129],
    [new Error("something broke"), "SIGHUP", 129],
  ] as const) {
    test(`an abort for ${reason} is ${got} to its group`, async () => {
      const abort = new AbortController();
      const { child, until } = spawned(["sh", "-c", "echo ready; read x"], { signal: abort.signal });
      await until(/ready/);
      abort.abort(reason);
      assert.equal(await child.exited, code);
    });
  }

  test("one that ignores the signal is killed after the grace", async () => {
    const abort = new AbortController();
    const { child, until, output } = spawned([process.execPath, fixture("hup-proof.mjs"), "SIGHUP"], { signal: abort.signal, graceMs: 200 });
    await until(/ready/);
    abort.abort();
    assert.equal(await child.exited, 128 + constants.signals.SIGKILL);
    assert.match(output().toString(), /got SIGHUP/);
  });

  test("one that is stopped is continued to hear it", async () => {
    const abort = new AbortController();
    const { child, until } = spawned(["sh", "-c", "echo ready; kill -STOP $$; sleep 60"], { signal: abort.signal, graceMs: 60_000 });
    await until(/ready/);
    abort.abort();
    assert.equal(await child.exited, 129);
  });

  test("an abort before the start ends it as well", async () => {
    const { child } = spawned(["sleep", "60"], { signal: AbortSignal.abort("SIGTERM") });
    assert.equal(await child.exited, 143);
  });

  test("leaving its block ends it", async () => {
    let exited: Promise<number>;
    {
      await using left = spawned(["sleep", "60"]);
      exited = left.child.exited;
    }
    assert.equal(await exited, 129);
  });
});

describe("what a child writes", () => {
  test(`the last bytes before the exit arrive (${runs} runs)`, async () => {
    const expected = sha256(Buffer.from(Array.from({ length: 20_000 }, (_, index) => `${index + 1}\r\n`).join("")));
    for (let run = 0; run < runs; run++) {
      const { child, output } = spawned(["seq", "20000"]);
      assert.equal(await child.exited, 0);
      assert.equal(sha256(output()), expected, `run ${run}: ${output().length} bytes`);
    }
  });

  test("they arrive from a child whose reader is paused at its end", async () => {
    const { child } = spawned(["seq", "2000"]);
    const chunks: Buffer[] = [];
    child.read((bytes) => {
      chunks.push(Buffer.from(bytes));
      return false;
    });
    assert.equal(await child.exited, 0);
    assert.match(Buffer.concat(chunks).toString(), /^1\r\n[^]*\r\n2000\r\n$/);
  });

  test("every byte value comes through, in pieces of any size", async () => {
    const total = 3_000_000;
    const { child, output } = spawned([process.execPath, fixture("all-bytes.mjs"), String(total)]);
    assert.equal(await child.exited, 0);
    assert.equal(sha256(output()), sha256(Uint8Array.from({ length: total }, (_, index) => (index * 167 + (index >> 8)) & 0xff)));
  });

  test("a reader that pauses gets nothing until it resumes, and then the rest", async () => {
    const { child } = spawned(["seq", "200000"]);
    const chunks: Buffer[] = [];
    let wrong = 0;
    let isPaused = false;
    child.read((bytes) => {
      if (isPaused && child.alive) wrong += 1;
      chunks.push(Buffer.from(bytes));
      isPaused = true;
      setImmediate(() => {
        isPaused = false;
        child.resume();
      });
      return false;
    });
    assert.equal(await child.exited, 0);
    assert.equal(wrong, 0);
    assert.match(Buffer.concat(chunks).toString(), /^1\r\n[^]*\r\n200000\r\n$/);
  });
});

describe("what is typed", () => {
  test("every byte value reaches the child, in writes of any size", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 20_000, size: "max" }), { minLength: 1, maxLength: 20 }), async (writes) => {
        const all = Buffer.concat(writes);
        const { child, until, output } = spawned([process.execPath, fixture("digest.mjs"), String(all.length)]);
        await until(/ready/);
        await Promise.all(writes.map((bytes) => child.write(bytes)));
        assert.equal(await child.exited, 0);
        assert.equal(output().toString().split("\n")[1], sha256(all));
      }),
      { numRuns: 8 },
    );
  });

  test("a paste of one megabyte reaches the child whole", async () => {
    const paste = Uint8Array.from({ length: 1 << 20 }, (_, index) => (index * 31) & 0xff);
    const { child, until, output } = spawned([process.execPath, fixture("digest.mjs"), String(paste.length)]);
    await until(/ready/);
    await child.write(paste);
    assert.equal(await child.exited, 0);
    assert.equal(output().toString().split("\n")[1], sha256(paste));
  });

  test("the bytes given may be reused at once", async () => {
    const { child, until, output } = spawned([process.execPath, fixture("digest.mjs"), "600000"]);
    await until(/ready/);
    const reused = Buffer.alloc(60_000);
    const hash = createHash("sha256");
    for (let round = 0; round < 10; round++) {
      hash.update(reused.fill(round));
      child.write(reused).catch(() => undefined);
    }
    assert.equal(await child.exited, 0);
    assert.equal(output().toString().split("\n")[1], hash.digest("hex"));
  });

  test("a child that does not read leaves it waiting, and its end ends the wait", async () => {
    const { child, until } = spawned([process.execPath, fixture("deaf.mjs")]);
    await until(/ready/);
    const sent = child.write(Buffer.alloc(1 << 20));
    assert.ok(child.unread > 0);
    // An answer must not lie in wait for a later question.
    assert.throws(() => child.writeNow("y"), /waiting to be read/);
    child.kill("SIGUSR2");
    await assert.rejects(sent, /ended/);
    assert.equal(await child.exited, 0);
    assert.equal(child.unread, 0);
  });

  test("Ctrl-C is a key, which the child's own terminal turns into a signal", async () => {
    const { child, until } = spawned(["cat"]);
    await child.write("ready\r");
    await until(/ready\r\nready/);
    await child.write("\x03");
    assert.equal(await child.exited, 130);
  });
});

describe("what the child has written", () => {
  test("is handed over at once when asked for, though the event loop had no turn", async () => {
    const folder = mkdtempSync(join(tmpdir(), "aegis-child-"));
    const mark = join(folder, "written");
    const { child, output } = spawned(["sh", "-c", `printf "Go on? "; echo >"${mark}"; read x`]);
    while (!existsSync(mark));
    assert.equal(output().toString(), "");
    child.catchUp();
    assert.equal(output().toString(), "Go on? ");
    await child.write("\r");
    assert.equal(await child.exited, 0);
    child.catchUp();
    rmSync(folder, { recursive: true });
  });
});

describe("a reader that wants no more", () => {
  test("is not handed over what the child has written, however it is asked for, until it resumes", async () => {
    const folder = mkdtempSync(join(tmpdir(), "aegis-child-"));
    const mark = join(folder, "written");
    await using at = spawned(["sh", "-c", `printf one; read x; printf two; echo >"${mark}"; read x`]);
    const { child } = at;
    const chunks: string[] = [];
    let wants = false;
    const first = new Promise<void>((resolve) => {
      child.read((bytes) => {
        chunks.push(Buffer.from(bytes).toString());
        resolve();
        return wants;
      });
    });
    await first;
    await child.write("\r");
    while (!existsSync(mark));
    child.catchUp();
    assert.deepEqual(chunks, ["one"]);
    wants = true;
    child.resume();
    child.catchUp();
    assert.match(chunks.join(""), /^one(\r\n)?two$/);
    rmSync(folder, { recursive: true });
  });

  test("ends what was asked for, and gets nothing in later turns either", async () => {
    const folder = mkdtempSync(join(tmpdir(), "aegis-child-"));
    const mark = (name: string) => join(folder, name);
    await using at = spawned(["sh", "-c", `echo ready; read x; until test -e "${mark("go")}"; do :; done; echo more; echo >"${mark("all")}"; read x`]);
    const { child } = at;
    const calls: number[] = [];
    let wants = true;
    await new Promise<void>((resolve) => {
      child.read((bytes) => {
        calls.push(bytes.length);
        resolve();
        return wants;
      });
    });
    await child.write("\r");
    wants = false;
    calls.length = 0;
    while (calls.length === 0) child.catchUp();
    writeFileSync(mark("go"), "");
    while (!existsSync(mark("all")));
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(calls.length, 1);
    rmSync(folder, { recursive: true });
  });
});

describe("the size", () => {
  test("is there from the start, and every change arrives", async () => {
    const { child, until, output } = spawned([process.execPath, fixture("sizes.mjs")], { size: { cols: 91, rows: 17 } });
    await until(/91x17/);
    child.resize({ cols: 120, rows: 40 });
    await until(/120x40/);
    for (let cols = 20; cols < 1_020; cols++) child.resize({ cols, rows: 30 });
    await until(/1019x30/);
    await child.write("q");
    assert.equal(await child.exited, 0);
    assert.match(output().toString(), /1019x30\s*$/);
  });

  test("is kept within what a terminal can hold", async () => {
    const { until, child } = spawned(["sh", "-c", "stty size; read x; stty size"], { size: { cols: 70_000, rows: 0 } });
    await until(/1 65535/);
    child.resize({ cols: 0, rows: 70_000 });
    await child.write("\r");
    await until(/65535 1\b/);
    assert.equal(await child.exited, 0);
  });
});
