import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parse } from "smol-toml";
import { Failure } from "../../src/cli/failure.ts";
import { withKey, withoutKey, type KeyPath, type TomlValue } from "../../src/cli/toml-edit.ts";

const file = `# the bot of the office
[telegram] # see the wiki
bot_token = "1:a" # secret
allowed_users = [ # who
  1, # ada
  2,
]

# how long
[prompts]
timeout_seconds = 5   # short
`;

const edits: ReadonlyArray<readonly [string, KeyPath, TomlValue, string, string]> = [
  ["a value is replaced where it stands", ["prompts", "timeout_seconds"], 60, "timeout_seconds = 5   # short", "timeout_seconds = 60   # short"],
  ["an item joins a list behind the last one", ["telegram", "allowed_users"], [1, 2, 3], "  2,\n", "  2, 3,\n"],
  ["a list that becomes another leaves its comments above it", ["telegram", "allowed_users"], [7], "allowed_users = [ # who\n  1, # ada\n  2,\n]", "# who\n# ada\nallowed_users = [7]"],
  ["a new key goes to the end of its section", ["telegram", "api_root"], "http://127.0.0.1:1", "]\n\n# how long", ']\napi_root = "http://127.0.0.1:1"\n\n# how long'],
  ["a new section goes to the end of the file", ["page", "port"], 80, "# short\n", "# short\n\n[page]\nport = 80\n"],
];

for (const [title, path, value, before, after] of edits) {
  test(title, () => assert.equal(withKey(file, path, value), file.replace(before, after)));
}

test("a key that is taken out takes its line along, and leaves a comment that stood on it", () => {
  assert.equal(withoutKey(file, ["prompts", "timeout_seconds"]), file.replace("timeout_seconds = 5   # short", "# short"));
  assert.equal(withoutKey("[page]\nport = 1\n", ["page", "port"]), "[page]\n");
  assert.equal(withoutKey(file, ["page", "port"]), file);
});

test("an empty file gets the section and the key", () => {
  assert.equal(withKey("", ["page", "port"], 3), "[page]\nport = 3\n");
});

for (const [title, toml] of [
  ["an inline table", "telegram = { bot_token = '1:x' }\n"],
  ["a section of dotted keys", "telegram.bot_token = '1:x'\n"],
] as const) {
  test(`${title} is not edited into something else`, () => {
    assert.throws(() => withKey(toml, ["telegram", "api_root"], "https://example.com"), Failure);
  });
}

/** Files as people write them: every kind of value, comments and brackets in every place where they may confuse. */
const comment = fc.constantFrom("", " # plain", ' # "quoted" [x] = {', " # ] # #");
const literals = fc.constantFrom('"a # b"', "'c = [d]'", '"""e\n[page]\nport = 9\n"""', "'''\nf'''", "1_000", "-2.5e3", "true", "[]", '["x", "]", [1, 2]] ', "[ # in\n  1, # one\n  2 # two\n]", '{ a = 1, "b c" = "}" }', "1979-05-27 07:32:00", '"\\"q\\\\"');
const keys = fc.constantFrom("port", "alpha", '"be ta"', "gamma.delta", "'x.y'");
const section = fc.record({
  name: fc.constantFrom("page", "telegram", "prompts", "log", "other.deep", '"odd name"'),
  pairs: fc.uniqueArray(fc.tuple(keys, literals, comment), { selector: ([key]) => key, maxLength: 4 }),
  comment,
});
const files = fc.uniqueArray(section, { selector: ({ name }) => name, maxLength: 5 }).map((sections) =>
  sections.map(({ name, pairs, comment }) => `[${name}]${comment}\n${pairs.map(([key, value, comment]) => `${key} = ${value}${comment}\n`).join("")}`).join("\n# between\n"),
);

test("whatever the file holds, setting a key changes that key and loses no comment", () => {
  fc.assert(
    fc.property(files, fc.constantFrom("page", "telegram", "brand_new"), fc.constantFrom("port", "alpha", "zeta"), fc.oneof(fc.integer(), fc.string(), fc.boolean()), (toml, section, key, value) => {
      const changed = withKey(toml, [section, key], value);
      const read = parse(changed)[section];
      assert.ok(typeof read === "object" && !Array.isArray(read) && !(read instanceof Date));
      assert.equal(read[key], value);
      for (const word of ["plain", "quoted", "# ] # #", "# between", "# one"]) assert.equal(countOf(changed, word) >= countOf(toml, word) - (word === "# one" ? 1 : 0), true, changed);
      assert.equal(withKey(changed, [section, key], value), changed);
    }),
    { numRuns: 300 },
  );
});

test("what was set can be taken out again without a trace", () => {
  fc.assert(
    fc.property(files, (toml) => {
      assert.deepEqual(structuredClone(parse(withoutKey(withKey(toml, ["page", "zeta"], 1), ["page", "zeta"])))["page"] ?? {}, structuredClone(parse(toml))["page"] ?? {});
    }),
    { numRuns: 200 },
  );
});

function countOf(text: string, word: string): number {
  return text.split(word).length;
}
