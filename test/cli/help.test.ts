import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { test } from "node:test";
import { manual } from "../../src/cli/manual.ts";

const main = resolve(import.meta.dirname, "../../dist/main.js");

function help(words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words, "--help"], { encoding: "utf8" });
  assert.deepEqual([status, stderr], [0, ""], words.join(" "));
  return stdout;
}

/** The commands that a help lists, save help itself. */
function listed(text: string): string[] {
  return [...text.matchAll(/^ {2}([a-z]+)(?: \[| <| {2,})/gm)].map(([, name]) => name ?? "").filter((name) => name !== "help" && name !== "aegis");
}

const top = help([]);
const pages = [[], ...listed(top).flatMap((name) => [[name], ...(/Commands:/.test(help([name])) ? listed(help([name]).split("Commands:")[1]?.split("\n\n")[0] ?? "").map((inner) => [name, inner]) : [])])];

test("help lists every command of the manual, under headings, and hides the one for agents", () => {
  assert.deepEqual(pages.map((words) => words.join(" ")).sort(), Object.keys(manual).sort());
  assert.match(top, /^Every day:\n {2}run /m);
  assert.doesNotMatch(top, /hook/);
});

for (const words of pages) {
  test(`"aegis ${[...words, "--help"].join(" ")}" has examples, and fits 80 columns`, () => {
    const text = help(words);
    assert.match(text, /^Usage: aegis/);
    assert.match(text, /^Examples:$/m);
    for (const line of text.split("\n")) assert.ok(line.length <= 80, `${line.length}: ${line}`);
  });
}

/** Every `aegis …` of an example, as words; what a shell does around it is cut off. */
const examples = Object.values(manual).flatMap(({ examples }) => examples.flatMap(([line]) => [...line.matchAll(/aegis ((?:'[^']*'|[^'|)"])+)/g)].map(([, words]) => (words ?? "").trim())));

for (const line of new Set(examples)) {
  test(`the example "aegis ${line}" is a command line that aegis knows`, () => {
    const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
    // With --help in the place of the first operand's program nothing is run, but every option before it is judged.
    const options = words[0] === "run" ? words.slice(0, words.findIndex((word, at) => at > 0 && !word.startsWith("--") && !/^--(name|channel|record)$/.test(words[at - 1] ?? ""))) : words;
    const { stderr, status } = spawnSync(process.execPath, [main, ...options, "--help"], { encoding: "utf8" });
    assert.deepEqual([status, stderr], [0, ""]);
  });
}

test("the help that was printed at the build is what the program says now", () => {
  const { stdout } = spawnSync(process.execPath, [main, "help"], { encoding: "utf8" });
  assert.equal(top, stdout);
  assert.equal(help(["audit", "verify"]), spawnSync(process.execPath, [main, "help", "audit", "verify"], { encoding: "utf8" }).stdout);
  assert.equal(help(["run"]), spawnSync(process.execPath, [main, "help", "run"], { encoding: "utf8" }).stdout);
});

const wrong: ReadonlyArray<readonly [words: readonly string[], exit: number, error: RegExp, hint: RegExp]> = [
  [["statsu"], 2, /unknown command "statsu"$/m, /did you mean status\? "aegis --help" lists the commands/],
  [["help", "nope"], 2, /unknown command "nope"$/m, /"aegis --help" lists/],
  [["help", "audit", "verfy"], 2, /unknown command "verfy"$/m, /did you mean verify\? "aegis audit --help" lists/],
  [["sessions", "--last", "x"], 2, /error: --last takes a whole number from 1 on, not "x"$/m, /"aegis sessions --help" says/],
  [["status", "all", "of", "it"], 2, /error: too many words: it takes 0, and got 3$/m, /"aegis status --help" says/],
  [["audit", "export", "--format", "xml"], 2, /error: --format takes jsonl, json, csv, cef, not "xml"$/m, /"aegis audit export --help" says/],
  [["completions", "tcsh"], 2, /error: <shell> takes bash, zsh, fish, not "tcsh"$/m, /"aegis completions --help" says/],
  [["audit", "purge"], 2, /error: --before <time> is missing$/m, /"aegis audit purge --help" says/],
  [["run", "--chanel", "page", "true"], 125, /unknown option "--chanel"$/m, /did you mean --channel\? "aegis run --help" says/],
  [["run", "--name"], 125, /error: --name <name>: the value is missing$/m, /"aegis run --help" says/],
  [["run"], 125, /error: <program> is missing$/m, /"aegis run --help" says/],
];

for (const [words, exit, error, hint] of wrong) {
  test(`"aegis ${words.join(" ")}" is answered in two lines that say what to do`, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], { encoding: "utf8" });
    assert.deepEqual([status, stdout], [exit, ""]);
    assert.match(stderr, /^aegis: error: .*\naegis: hint: .*\n$/);
    assert.match(stderr, error);
    assert.match(stderr, hint);
  });
}

test("help of a command that takes a program runs none", () => {
  const { status, stdout } = spawnSync(process.execPath, [main, "help", "run", "touch", "nothing"], { encoding: "utf8" });
  assert.deepEqual([status, stdout], [0, help(["run"])]);
});
