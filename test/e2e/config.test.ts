import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startDesk, type Desk } from "./desk.ts";

const file = (desk: Desk): string => readFileSync(join(desk.home, "config.toml"), "utf8");

test("config path says where the file is, also when another was named", async () => {
  await using desk = await startDesk();
  assert.equal((await desk.aegis(["config", "path"])).stdout, `${join(desk.home, "config.toml")}\n`);
  assert.equal((await desk.aegis(["config", "path"], { env: { AEGIS_CONFIG: "/etc/aegis.toml" } })).stdout, "/etc/aegis.toml\n");
});

test("show and get tell each value and its source, and never the token", async () => {
  await using desk = await startDesk();
  const env = { AEGIS_PROMPTS_TIMEOUT_SECONDS: "600" };
  const shown = await desk.aegis(["config", "show"], { env });
  assert.match(shown.stdout, /^timeout_seconds = 600 {2}# from AEGIS_PROMPTS_TIMEOUT_SECONDS$/m);
  assert.match(shown.stdout, /^desk_seconds = 0$/m);
  assert.match(shown.stdout, /^on_timeout = "wait" {2}# default$/m);
  assert.match(shown.stdout, /^bot_token = "110201543:…"$/m);
  const json = await desk.aegis(["config", "show", "--json"], { env });
  assert.deepEqual(JSON.parse(json.stdout).prompts.timeout_seconds, { value: 600, source: "environment" });
  const got = await desk.aegis(["config", "get", "telegram.bot_token"]);
  assert.equal(got.stdout, "110201543:…\n");
  for (const { stdout, stderr } of [shown, json, got]) assert.ok(!`${stdout}${stderr}`.includes(desk.api.token));
});

test("get gives 1 for what is not set, and 2 for what does not exist", async () => {
  await using desk = await startDesk();
  assert.deepEqual(await desk.aegis(["config", "get", "telegram.token_file"]), { code: 1, stdout: "", stderr: "" });
  const { code, stderr } = await desk.aegis(["config", "get", "prompts.timeout"]);
  assert.equal(code, 2);
  assert.match(stderr, /there is no key "prompts\.timeout"\naegis: hint: .*prompts\.timeout_seconds/);
});

test("set changes one value, keeps comments and the file's privacy, and the next run uses it", async () => {
  await using desk = await startDesk();
  desk.write(`# office\n${file(desk)}# the end\n`);
  const before = file(desk);
  assert.equal((await desk.aegis(["config", "set", "prompts.desk_seconds", "7.5"])).code, 0);
  assert.equal(file(desk), before.replace("desk_seconds = 0", "desk_seconds = 7.5"));
  assert.equal((await desk.aegis(["config", "set", "telegram.allowed_users", "12345678,99"])).code, 0);
  assert.equal((await desk.aegis(["config", "get", "telegram.allowed_users"])).stdout, "[12345678,99]\n");
  assert.equal((await desk.aegis(["config", "set", "prompts.free_text", "false"])).code, 0);
  assert.equal((await desk.aegis(["config", "get", "prompts.free_text"])).stdout, "false\n");
  assert.equal(statSync(join(desk.home, "config.toml")).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(desk.home).filter((name) => name.includes("config")), ["config.toml"]);
});

test("a wrong value changes nothing and is told what is allowed", async () => {
  await using desk = await startDesk();
  const before = file(desk);
  for (const [key, value, allowed] of [
    ["prompts.on_timeout", "approve", /"wait" or "decline"/],
    ["page.port", "70000", /0 to 65535/],
    ["telegram.allowed_users", "ada", /numeric Telegram user ids/],
    ["telegram.api_root", "http://example.com", /https address/],
  ] as const) {
    const { code, stderr } = await desk.aegis(["config", "set", key, value]);
    assert.equal(code, 2, key);
    assert.match(stderr, allowed);
  }
  assert.equal(file(desk), before);
});

test("a token is not taken from the command line, where everybody could read it", async () => {
  await using desk = await startDesk();
  const { code, stderr } = await desk.aegis(["config", "set", "telegram.bot_token", "1:abc"]);
  assert.equal(code, 2);
  assert.match(stderr, /aegis setup/);
  assert.doesNotMatch(stderr, /1:abc/);
});

test("validate names what is wrong, and says when all is good", async () => {
  await using desk = await startDesk();
  assert.match((await desk.aegis(["config", "validate"])).stdout, /config\.toml is good/);
  desk.write("[prompts]\nsecrets = 1\n");
  const { code, stderr } = await desk.aegis(["config", "validate"]);
  assert.equal(code, 1);
  assert.match(stderr, /config\.toml:2:11: prompts\.secrets has a wrong value\naegis: hint: allowed is "local" or "relay"/);
});
