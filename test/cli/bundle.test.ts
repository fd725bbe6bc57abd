import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";

const root = resolve(import.meta.dirname, "../..");
const words = "prompts stay at the terminal";

/** A copy of what was built, where it finds the packages and the patterns. */
class Installed implements Disposable {
  readonly #folder: string;

  constructor() {
    const cache = join(root, "node_modules/.cache");
    mkdirSync(cache, { recursive: true });
    this.#folder = mkdtempSync(join(cache, "aegis-bundle-"));
    cpSync(join(root, "dist"), this.dist, { recursive: true });
    rmSync(this.compiled, { recursive: true });
  }

  get dist(): string {
    return join(this.#folder, "dist");
  }

  get compiled(): string {
    return join(this.dist, "compiled");
  }

  /** Runs a program, and gives what aegis says of it. */
  run(): string {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(this.dist, "main.js"), "run", "--channel", "none", "--", "echo", "it runs"], {
      env: { ...process.env, AEGIS_HOME: join(this.#folder, "home") },
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /it runs/);
    return stderr;
  }

  /** Of each kept file, which one it is: to write it again gives another. */
  kept(): Map<string, number> {
    return new Map(readdirSync(this.compiled).map((name) => [name, statSync(join(this.compiled, name)).ino]));
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true });
  }
}

test("what V8 has compiled is kept by the first start and taken by the next", () => {
  using installed = new Installed();
  installed.run();
  const kept = installed.kept();
  const always = [...kept.keys()].filter((name) => /^(program|run|relay)-/.test(name));
  assert.equal(always.length, 3);
  installed.run();
  const after = installed.kept();
  assert.deepEqual(always.map((name) => after.get(name)), always.map((name) => kept.get(name)));
});

test("a kept file that is damaged, cut short or empty is made anew", () => {
  using installed = new Installed();
  installed.run();
  const before = installed.kept();
  const [one = "", other = "", third = ""] = ["program", "relay", "run"].map((start) => [...before.keys()].find((name) => name.startsWith(`${start}-`)));
  const bytes = readFileSync(join(installed.compiled, one));
  bytes.fill(0x5a, bytes.length >> 1);
  writeFileSync(join(installed.compiled, one), bytes);
  truncateSync(join(installed.compiled, other), 100);
  truncateSync(join(installed.compiled, third), 0);
  assert.match(installed.run(), new RegExp(words));
  const after = installed.kept();
  for (const name of [one, other, third]) assert.notEqual(after.get(name), before.get(name), name);
});

test("a changed source runs, and not what was kept of another of the same length", () => {
  using installed = new Installed();
  installed.run();
  for (const name of readdirSync(installed.dist).filter((name) => name.endsWith(".js"))) {
    const path = join(installed.dist, name);
    writeFileSync(path, readFileSync(path, "utf8").replaceAll(words, words.toUpperCase()));
  }
  assert.match(installed.run(), new RegExp(words.toUpperCase()));
});

test("where nothing can be kept, all runs as well", () => {
  using installed = new Installed();
  writeFileSync(installed.compiled, "");
  assert.match(installed.run(), new RegExp(words));
  assert.match(installed.run(), new RegExp(words));
});
