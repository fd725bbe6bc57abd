import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { main, startDesk, type Desk } from "./desk.ts";
import { Terminal } from "./terminal.ts";

const shells = [
  { shell: "bash", command: ["bash", "--norc", "--noprofile", "-i"], load: 'eval "$(aegis completions bash)"' },
  { shell: "zsh", command: ["zsh", "-f", "-i"], load: 'autoload -Uz compinit && compinit -D && eval "$(aegis completions zsh)"' },
  { shell: "fish", command: ["fish", "--no-config", "-i"], load: "aegis completions fish | source" },
] as const;

function isMissing(shell: string): string | false {
  return spawnSync(shell, ["-c", "true"]).error === undefined ? false : `${shell} is not installed`;
}

/** A folder to put before PATH, in which `aegis` is the built program. */
function environment(desk: Desk): NodeJS.ProcessEnv {
  const aegis = join(desk.cwd, "aegis");
  symlinkSync(main, aegis);
  return { ...desk.environment, PATH: `${desk.cwd}:${process.env["PATH"]}` };
}

const typed: ReadonlyArray<readonly [string, RegExp]> = [
  ["aegis sess", /aegis sessions /],
  ["aegis audit ver", /aegis audit verify /],
  ["aegis run --chan", /aegis run --channel/],
  ["aegis run --channel pa", /aegis run --channel page /],
  ["aegis config get prompts.on", /aegis config get prompts\.on_timeout /],
  ["aegis detect two\\ wo", /aegis detect two\\ words\.cast /],
  ["aegis run --name x frobni", /aegis run --name x frobnicate /],
  ["aegis run frobnicate --x two\\ wo", /aegis run frobnicate --x two\\ words\.cast /],
];

for (const { shell, command, load } of shells) {
  test(`in ${shell}, Tab completes commands, options, their values, keys, files, programs and a program's own words`, { skip: isMissing(shell) }, async () => {
    await using desk = await startDesk();
    const env = environment(desk);
    writeFileSync(join(desk.cwd, "two words.cast"), "");
    writeFileSync(join(desk.cwd, "frobnicate"), "#!/bin/sh\n");
    chmodSync(join(desk.cwd, "frobnicate"), 0o755);
    await using terminal = new Terminal(command, { cwd: desk.cwd, env, cols: 120, rows: 60 });
    terminal.type(`${load}; echo loa""ded\r`);
    await terminal.shows(/^loaded/m);
    for (const [keys, wanted] of typed) {
      terminal.type(`${keys}\t`);
      await terminal.shows(wanted);
      terminal.type("\u0015");
    }
  });

  test(`in ${shell}, the alias makes the bare name mean aegis run, and the program alone inside aegis`, { skip: isMissing(shell) }, async () => {
    await using desk = await startDesk();
    const env = { ...environment(desk), SHELL: `/usr/bin/${shell}` };
    writeFileSync(join(desk.cwd, "frobnicate"), '#!/bin/sh\necho "frobnicated $# <$1> ${AEGIS_SESSION:+inside}"\n', { mode: 0o755 });
    desk.write("");
    const source = shell === "fish" ? "aegis alias frobnicate | source" : 'eval "$(aegis alias frobnicate)"';
    const flags = shell === "fish" ? ["--no-config"] : shell === "zsh" ? ["-f"] : [];
    const run = (extra: NodeJS.ProcessEnv): string => execFileSync(shell, [...flags, "-c", `${source}; frobnicate 'a b'`], { cwd: desk.cwd, env: { ...env, ...extra }, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    assert.match(run({}), /frobnicated 1 <a b> inside/);
    assert.equal(run({ AEGIS_SESSION: "k3v9tq" }), "frobnicated 1 <a b> inside\n");
    assert.equal(execFileSync(shell, [...flags, "-c", `frobnicate x`], { cwd: desk.cwd, env, encoding: "utf8" }), "frobnicated 1 <x> \n");
  });
}

test("a name that is no name of a function is refused", async () => {
  await using desk = await startDesk();
  for (const name of ["a b", "$(id)", "aegis", "-x", "a;b"]) {
    const { code, stdout } = await desk.aegis(["alias", "--", name]);
    assert.deepEqual([code, stdout], [2, ""], name);
  }
});
