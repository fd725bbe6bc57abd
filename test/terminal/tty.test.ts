import assert from "node:assert/strict";
import { execFile, execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { constants } from "node:os";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { fixture, spawned, type Spawned } from "./spawned.ts";

const run = promisify(execFile);
const wrap = ["--import", "tsx", fileURLToPath(new URL("wrap.ts", import.meta.url))];
const shell = (script: string) => ["sh", "-c", script];

/** A person's terminal, with a shell in it that runs wrap.ts around `command` and says what it finds afterwards. */
function desk(command: readonly string[], env: Readonly<Record<string, string>> = {}, size = { cols: 100, rows: 31 }): Spawned {
  const { PATH = "", HOME = "" } = process.env;
  const script = 'stty -g; "$@"; echo "code $?"; stty -g';
  return spawned(["sh", "-c", script, "sh", process.execPath, ...wrap, ...command], { env: { PATH, HOME, TERM: "xterm", ...env }, size });
}

/** The process that runs in the shell of a desk. */
function wrapperOf({ child }: Spawned): number {
  return Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8").trim());
}

/** What the shell said at the end: the exit code, and whether the terminal is as it was. */
async function left({ child, output }: Spawned): Promise<{ code: number; isRestored: boolean }> {
  await child.exited;
  const said = output().toString("latin1");
  const settings = said.match(/\b[\da-f]+(?::[\da-f]+){10,}/g) ?? [];
  return { code: Number(/code (\d+)/.exec(said)?.[1]), isRestored: settings.length === 2 && settings[0] === settings[1] };
}

describe("the person's terminal", () => {
  test("is as it was after the child's end, whose code comes through", async () => {
    assert.deepEqual(await left(desk(shell("exit 7"))), { code: 7, isRestored: true });
  });

  test("is as it was after a signal ended the child", async () => {
    assert.deepEqual(await left(desk(shell("kill -TERM $$"))), { code: 143, isRestored: true });
  });

  for (const [signal, code] of [
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    test(`is as it was after ${signal}, which the child gets`, async () => {
      const at = desk(shell("echo ready; read x"));
      await at.until(/ready/);
      process.kill(wrapperOf(at), signal);
      assert.deepEqual(await left(at), { code, isRestored: true });
    });
  }

  test("is as it was after a signal that the child ignores", async () => {
    const at = desk([process.execPath, fixture("hup-proof.mjs"), "SIGTERM"]);
    await at.until(/ready/);
    process.kill(wrapperOf(at), "SIGTERM");
    assert.deepEqual(await left(at), { code: 137, isRestored: true });
  });

  test("is as it was after an exception that nobody caught", async () => {
    const at = desk(["cat"], { WRAP_BREAKS: "x" });
    await at.child.write("a\r");
    await at.until(/a\r\na/);
    await at.child.write("x");
    assert.deepEqual(await left(at), { code: 1, isRestored: true });
  });

  test("is raw again after aegis was stopped and continued, whatever was set in between", async () => {
    const at = desk(["cat"]);
    await at.child.write("ready\r");
    await at.until(/ready\r\nready/);
    const wrapper = wrapperOf(at);
    process.kill(wrapper, "SIGSTOP");
    const stty = (...settings: string[]) => execFileSync("stty", ["-F", readlinkSync(`/proc/${at.child.pid}/fd/0`), ...settings], { encoding: "latin1" });
    stty("sane");
    process.kill(wrapper, "SIGCONT");
    while (!stty("-a").includes("-icanon")) await new Promise((resolve) => setImmediate(resolve));
    await at.child.write("\x04");
    assert.deepEqual(await left(at), { code: 0, isRestored: true });
  });

  test("is the shell's, as it was, while the child has stopped itself, and fg continues it", async () => {
    const script = 'set -m; stty -g; "$@"; echo "left $?"; stty -g; fg; echo "code $?"; stty -g';
    const at = spawned(["sh", "-c", script, "sh", process.execPath, ...wrap, ...shell("echo before; kill -STOP $$; echo after; exit 7")]);
    await at.child.exited;
    const said = at.output().toString();
    const stopped = 128 + constants.signals.SIGTSTP;
    assert.match(said, new RegExp(`before[^]*left ${stopped}\\D[^]*after[^]*code 7`));
    const settings = said.match(/\b[\da-f]+(?::[\da-f]+){10,}/g) ?? [];
    assert.equal(settings.length, 3);
    assert.equal(new Set(settings).size, 1);
  });

  test("stays the child's when it has stopped itself and there is no shell to go to", async () => {
    const at = spawned([process.execPath, ...wrap, ...shell("echo ready $$; kill -STOP $$; read x; echo got $x; exit 7")]);
    await at.until(/ready \d+\r/);
    const pid = Number(/ready (\d+)/.exec(at.output().toString())?.[1]);
    while (!/^\d+ \(.*\) T/.test(readFileSync(`/proc/${pid}/stat`, "latin1"))) await new Promise((resolve) => setImmediate(resolve));
    process.kill(pid, "SIGCONT");
    await at.child.write("a\r");
    assert.equal(await at.child.exited, 7);
    assert.match(at.output().toString(), /got a/);
  });

  test("that was made wider while another job had it is so for the child, too", async () => {
    const child = 'trap "stty size; exit 7" WINCH; kill -STOP $$; while :; do sleep 0.05; done';
    const at = spawned(["sh", "-c", 'set -m; "$@"; echo "left $?"; read x; fg; echo "code $?"', "sh", process.execPath, ...wrap, ...shell(child)]);
    await at.until(/left \d/);
    at.child.resize({ cols: 133, rows: 37 });
    await at.child.write("\r");
    await at.child.exited;
    assert.match(at.output().toString(), /37 133\r\n[^]*code 7/);
  });

  test("passes every byte of the child as it is", async () => {
    const total = 300_000;
    const at = desk([process.execPath, fixture("all-bytes.mjs"), String(total)]);
    await at.child.exited;
    const shown = at.output();
    const from = shown.indexOf("\n") + 1;
    const to = shown.lastIndexOf("code 0");
    const sent = Uint8Array.from({ length: total }, (_, index) => (index * 167 + (index >> 8)) & 0xff);
    assert.equal(createHash("sha256").update(shown.subarray(from, to)).digest("hex"), createHash("sha256").update(sent).digest("hex"));
  });

  test("passes every key as it is, Ctrl-C, Ctrl-Z, Ctrl-S and Ctrl-\\ among them", async () => {
    const keys = Uint8Array.from({ length: 256 * 40 }, (_, index) => (index * 7) & 0xff);
    const at = desk([process.execPath, fixture("digest.mjs"), String(keys.length)]);
    await at.until(/ready/);
    await at.child.write(keys);
    assert.deepEqual(await left(at), { code: 0, isRestored: true });
    assert.match(at.output().toString("latin1"), new RegExp(createHash("sha256").update(keys).digest("hex")));
  });

  test("that shows nothing for a while holds the child up, and loses nothing", async () => {
    const at = desk(["seq", "100000"]);
    await at.until(/\n50\r/);
    const chunks = [at.output()];
    let pauses = 0;
    at.child.read((bytes) => {
      chunks.push(Buffer.from(bytes));
      pauses += 1;
      setTimeout(() => at.child.resume(), pauses % 50 === 0 ? 20 : 0);
      return false;
    });
    await at.child.exited;
    const [, ...lines] = Buffer.concat(chunks).toString().split("\r\n");
    assert.equal(lines.slice(0, 100_000).join(" "), Array.from({ length: 100_000 }, (_, index) => index + 1).join(" "));
  });

  test("that shows nothing any more does not hold up an end by SIGTERM", async () => {
    const at = desk(["yes"]);
    await at.until(/y\r\ny/);
    const wrapper = wrapperOf(at);
    at.child.read(() => false);
    process.kill(wrapper, "SIGTERM");
    while (isRunning(wrapper)) await new Promise((resolve) => setImmediate(resolve));
    at.child.kill("SIGKILL");
  });

  test("gives its size at the start and at each change", async () => {
    const at = desk([process.execPath, fixture("sizes.mjs")], {}, { cols: 91, rows: 17 });
    await at.until(/91x17/);
    for (let cols = 92; cols <= 140; cols++) at.child.resize({ cols, rows: 40 });
    await at.until(/140x40/);
    await at.child.write("q");
    assert.equal((await left(at)).code, 0);
  });
});

function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
}

describe("without a terminal", () => {
  test("the child has one all the same, of 80 columns and 24 rows", async () => {
    const { stdout } = await run(process.execPath, [...wrap, "sh", "-c", "test -t 0 && test -t 1 && stty size"]);
    assert.equal(stdout, "24 80\r\n");
  });

  test("what is piped in is typed, and its end does not end the child", async () => {
    const piped = spawn(process.execPath, [...wrap, "sh", "-c", "read a; sleep 0.3; echo got $a; exit 4"], { stdio: ["pipe", "pipe", "inherit"] });
    piped.stdin.end("hello\n");
    let shown = "";
    for await (const chunk of piped.stdout) shown += String(chunk);
    assert.match(shown, /got hello\r\n$/);
    assert.equal(piped.exitCode ?? (await new Promise((resolve) => piped.once("exit", resolve))), 4);
  });

  for (const stdin of ["ignore", "closed"] as const) {
    test(`with stdin ${stdin === "ignore" ? "at /dev/null" : "closed"} the child runs to its end`, async () => {
      const command = `exec "$0" "$@" ${stdin === "closed" ? "<&-" : "</dev/null"}`;
      await assert.rejects(run("sh", ["-c", command, process.execPath, ...wrap, "sh", "-c", "sleep 0.2; exit 9"]), { code: 9 });
    });
  }

  test("a pipe that is read slowly gets everything", async () => {
    const piped = spawn("sh", ["-c", '"$@" | (sleep 0.3; md5sum)', "sh", process.execPath, ...wrap, "seq", "100000"], { stdio: ["ignore", "pipe", "inherit"] });
    let digest = "";
    for await (const chunk of piped.stdout) digest += String(chunk);
    const numbers = Array.from({ length: 100_000 }, (_, index) => `${index + 1}\r\n`).join("");
    assert.equal(digest.split(" ")[0], createHash("md5").update(numbers).digest("hex"));
  });

  test("a pipe that nobody reads any more ends the child as a closed terminal does", async () => {
    const script = '( "$@"; echo "code $?" >&2 ) | head -1';
    const { stderr } = await run("sh", ["-c", script, "sh", process.execPath, ...wrap, "yes"]);
    assert.match(stderr, /code 129/);
  });
});
