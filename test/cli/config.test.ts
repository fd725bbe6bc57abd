import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { test } from "node:test";
import { loadConfig, type Config } from "../../src/cli/config.ts";
import { Failure } from "../../src/cli/failure.ts";
import { homeFrom } from "../../src/cli/home.ts";
import { TemporaryFolder } from "../temporary-folder.ts";

const token = "123456789:AAtest-token_0123456789abcdefghijk";

function load(toml: string, environment: Record<string, string> = {}, files: Record<string, { text: string; mode: number }> = {}): Config {
  using folder = new TemporaryFolder();
  writeFileSync(folder.at("config.toml"), toml);
  for (const [name, { text, mode }] of Object.entries(files)) writeFileSync(folder.at(name), text, { mode });
  return loadConfig(homeFrom({ AEGIS_HOME: folder.path }), environment);
}

test("without a file the defaults of the documentation hold, and prompts go to the page", () => {
  const config = load("");
  assert.equal(config.telegram, undefined);
  assert.deepEqual(
    { ...config, telegram: null },
    { telegram: null, stuckMs: 2_000, timeoutMs: 3_600_000, onTimeout: "wait", deskMs: 10_000, freeText: true, secrets: "local", redact: true, reminder: true, quiet: undefined, notices: { ended: true, idle: true, limit: true, said: true }, pagePort: 0, witnessCommand: undefined, logLevel: "info" },
  );
});

test("quiet hours need both times, and are read as minutes of the day", () => {
  assert.equal(load('[quiet]\nfrom = "22:00"\n').quiet, undefined);
  assert.deepEqual(load('[quiet]\nfrom = "22:00"\nto = "07:30"\nprompts = false\n').quiet, { from: 1_320, to: 450, promptsRing: false });
});

test("a full file is read", () => {
  const config = load(`[telegram]\nbot_token = "${token}"\nallowed_users = [12345678, 12345678]\napi_root = "http://127.0.0.1:8081/"\n[prompts]\ntimeout_seconds = 1.5\nsecrets = "relay"\n`);
  assert.equal(config.telegram?.token.reveal(), token);
  assert.deepEqual(config.telegram?.allowedUsers, [12_345_678]);
  assert.equal(config.telegram?.apiRoot, "http://127.0.0.1:8081");
  assert.equal(config.timeoutMs, 1_500);
  assert.equal(config.secrets, "relay");
});

test("the environment goes over the file", () => {
  const config = load(`[telegram]\nbot_token = "1:wrong"\nallowed_users = [1]\n`, { AEGIS_TELEGRAM_BOT_TOKEN: token, AEGIS_TELEGRAM_ALLOWED_USERS: "5, 6", AEGIS_PROMPTS_DESK_SECONDS: "0", AEGIS_PROMPTS_FREE_TEXT: "false" });
  assert.equal(config.telegram?.token.reveal(), token);
  assert.deepEqual(config.telegram?.allowedUsers, [5, 6]);
  assert.equal(config.deskMs, 0);
  assert.equal(config.freeText, false);
});

test("a token file for the owner alone gives the token", () => {
  const config = load('[telegram]\ntoken_file = "token"\nallowed_users = [1]\n', {}, { token: { text: `${token}\n`, mode: 0o600 } });
  assert.equal(config.telegram?.token.reveal(), token);
});

test("a token command gives the token", () => {
  assert.equal(load(`[telegram]\ntoken_command = "echo ${token}"\nallowed_users = [1]\n`).telegram?.token.reveal(), token);
});

test("a token shows in no message, JSON or inspection", () => {
  const { telegram } = load(`[telegram]\nbot_token = "${token}"\nallowed_users = [1]\n`);
  assert.ok(!`${String(telegram?.token)}${JSON.stringify(telegram)}${inspect(telegram, { depth: 9, showHidden: true })}`.includes("AAtest"));
});

const wrong: ReadonlyArray<readonly [string, string, RegExp, RegExp]> = [
  ["text where seconds belong", "[prompts]\n  desk_seconds = 'ten'\n", /config\.toml:2:18: prompts\.desk_seconds has a wrong value$/, /seconds, 0 to 3600/],
  ["a word that is not on offer", '[prompts]\non_timeout = "approve"\n', /:2:14: prompts\.on_timeout/, /"wait" or "decline"/],
  ["a name instead of an id", '[telegram]\nbot_token = "1:x"\nallowed_users = ["ada"]\n', /:3:17: telegram\.allowed_users/, /numeric Telegram user ids/],
  ["a key that does not exist", "[telegram]\nbot_tokn = 'x'\n", /:2:1: there is no key bot_tokn in \[telegram\]/, /bot_token, token_file/],
  ["a section that does not exist", "\n[telegrm]\n", /:2:2: there is no section \[telegrm\]/, /\[telegram\], \[prompts\], \[quiet\], \[notices\], \[page\], \[audit\], \[log\]/],
  ["a section that is written as a key", "telegram = 5\n", /config\.toml:1:12: telegram has a wrong value$/, /a section: \[telegram\] on a line of its own/],
  ["a time of day that is none", '[quiet]\nfrom = "25:00"\n', /:2:8: quiet\.from/, /like "22:00"/],
  ["no TOML", "[prompts]\ndesk_seconds = = 3\n", /config\.toml:2:\d+: /, /TOML/],
  ["an api_root over plain http elsewhere", '[telegram]\napi_root = "http://example.com"\n', /:2:12: telegram\.api_root/, /https address, or http on loopback/],
  ["an api_root with a password", '[telegram]\napi_root = "https://a:b@example.com"\n', /:2:12: telegram\.api_root/, /without user/],
  ["a token that is none", '[telegram]\nbot_token = "hello"\nallowed_users = [1]\n', /:2:13: telegram\.bot_token/, /@BotFather/],
  ["an empty allow-list", `[telegram]\nbot_token = "${token}"\n`, /nobody may answer/, /allowed_users = \[/],
  ["an allow-list without a token", "[telegram]\nallowed_users = [1]\n", /no Telegram bot token in .*config\.toml/, /AEGIS_TELEGRAM_BOT_TOKEN/],
  ["two tokens", `[telegram]\nbot_token = "${token}"\ntoken_command = "x"\nallowed_users = [1]\n`, /config\.toml:3:1: telegram has bot_token and token_command/, /keep one/],
  ["a port that is none", "[page]\nport = 70000\n", /:2:8: page\.port/, /0 to 65535/],
];

for (const [title, toml, message, hint] of wrong) {
  test(`${title} is refused with its place and what is allowed`, () => {
    assert.throws(() => load(toml), (error) => error instanceof Failure && message.test(error.message) && hint.test(error.hint) && !error.message.includes("AAtest"), toml);
  });
}

test("a wrong variable is named", () => {
  assert.throws(() => load("", { AEGIS_PROMPTS_ON_TIMEOUT: "approve" }), (error) => error instanceof Failure && error.message.startsWith("AEGIS_PROMPTS_ON_TIMEOUT"));
});

test("a token file that others can read is refused", () => {
  assert.throws(() => load('[telegram]\ntoken_file = "token"\nallowed_users = [1]\n', {}, { token: { text: token, mode: 0o644 } }), /can be read by others/);
});

test("a token file behind a symlink is refused", () => {
  using folder = new TemporaryFolder();
  writeFileSync(folder.at("real"), token, { mode: 0o600 });
  symlinkSync("real", folder.at("token"));
  writeFileSync(folder.at("config.toml"), '[telegram]\ntoken_file = "token"\nallowed_users = [1]\n');
  assert.throws(() => loadConfig(homeFrom({ AEGIS_HOME: folder.path }), {}), Failure);
});

test("a token of the environment goes over the way that the file names", () => {
  const config = load('[telegram]\ntoken_command = "exit 1"\nallowed_users = [1]\n', { AEGIS_TELEGRAM_BOT_TOKEN: token });
  assert.equal(config.telegram?.token.reveal(), token);
});

test("an empty HOME does not make the working directory a home", () => {
  const code = 'import("./src/cli/home.ts").then(({ homeFrom }) => console.log(homeFrom(process.env).folder))';
  const folder = execFileSync(process.execPath, ["--import", "tsx", "-e", code], { cwd: join(import.meta.dirname, "../.."), env: { PATH: process.env["PATH"], HOME: "" }, encoding: "utf8" }).trim();
  assert.equal(folder, join(userInfo().homedir, ".aegis"));
});
