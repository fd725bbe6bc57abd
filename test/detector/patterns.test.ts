import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { loadPatterns } from "../../src/detector/patterns.ts";

const good = `
[[pattern]]
id = "mine.deploy"
type = "yes_no"
regex = 'Deploy\\?$'
matches = ["Deploy?"]
ignores = ["Deploy? done"]
`;

for (const name of readdirSync("patterns"))
  test(`every pattern of ${name} keeps to its own examples`, () => {
    const { patterns, problems } = loadPatterns([{ name, text: readFileSync(`patterns/${name}`, "utf8") }]);
    assert.deepEqual(problems, []);
    assert.notEqual(patterns.length, 0);
  });

const broken: readonly [what: string, text: string, line: number, column: number, message: RegExp][] = [
  ["a file that is not TOML", 'id = "a', 1, 6, /./],
  ["a confidence out of range", good + good.replace("type =", "confidence = 0.5\ntype ="), 11, 14, /from 0\.65 to 0\.95/],
  ["an expression that does not compile", good.replace("Deploy\\?$", "De(ploy"), 5, 9, /Unterminated group|Invalid regular/],
  ["an example that is not matched", good.replace('["Deploy?"]', '["Ship?"]'), 6, 11, /does not match its example "Ship\?"/],
  ["an example that is matched and should not be", good.replace("? done", "?"), 7, 11, /should ignore/],
  ["an unknown key", `${good}colour = "red"\n`, 8, 10, /unknown key "colour"/],
  ["a pattern without examples", good.replace(/^matches.*$/m, ""), 2, 1, /at least one example/],
];

for (const [what, text, line, column, message] of broken)
  test(`${what} is named with line and column, and skipped`, () => {
    const { patterns, problems } = loadPatterns([{ name: "bad.toml", text }, { name: "good.toml", text: good }]);
    assert.deepEqual(problems.map((problem) => ({ file: problem.file, line: problem.line, column: problem.column })), [{ file: "bad.toml", line, column }]);
    assert.match(problems[0]!.message, message);
    assert.ok(patterns.some(({ id }) => id === "mine.deploy"));
  });

test("a file whose examples were tried is not tried again, but read as strictly", () => {
  const text = good.replace('["Deploy?"]', '["Ship?"]');
  const { patterns, problems } = loadPatterns([{ name: "ours.toml", text: `${text}${good.replace("yes_no", "maybe")}`, isTried: true }]);
  assert.deepEqual(patterns.map(({ id }) => id), ["mine.deploy"]);
  assert.deepEqual(problems.map(({ line, message }) => ({ line, message })), [{ line: 11, message: "type is one of yes_no, confirm_enter, multiple_choice, free_text, unknown" }]);
});

test("of two equally confident patterns the person's own comes first", () => {
  const { patterns } = loadPatterns([{ name: "ours.toml", text: good }, { name: "theirs.toml", text: good.replace("mine.deploy", "theirs.deploy") }]);
  assert.deepEqual(patterns.map(({ id }) => id), ["theirs.deploy", "mine.deploy"]);
});
