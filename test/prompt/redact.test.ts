import assert from "node:assert/strict";
import { generateKeyPairSync, randomInt } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { redact } from "../../src/prompt/redact.ts";
import { secretKinds } from "../../src/prompt/secret-kinds.ts";

const upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const lower = upper.toLowerCase();
const digits = "0123456789";
const word = upper + lower + digits;
const url = `${word}_-`;
const hex = "0123456789abcdef";
const of = (letters: string, length: number): string => Array.from({ length }, () => letters.charAt(randomInt(letters.length))).join("");

/** Of each kind: what stands before the secret, and the secret. */
const samples: Record<string, () => [before: string, secret: string]> = {
  telegram: () => ["", `${of(digits, 10)}:A${of(url, 34)}`],
  anthropic: () => ["", `sk-ant-api03-${of(url, 93)}AA`],
  openrouter: () => ["", `sk-or-v1-${of(hex, 64)}`],
  "openai project": () => ["", `sk-proj-${of(url, 156)}`],
  "openai legacy": () => ["", `sk-${of(word, 20)}T3BlbkFJ${of(word, 20)}`],
  github: () => ["", `gh${"pousr".charAt(randomInt(5))}_${of(word, 36)}`],
  "github fine-grained": () => ["", `github_pat_${of(word, 22)}_${of(word, 59)}`],
  gitlab: () => ["", `glpat-${of(url, 20)}`],
  "aws key id": () => ["", `AKIA${of(`${upper}234567`, 16)}`],
  "aws secret": () => ["aws_secret_access_key = ", of(`${word}/+`, 40)],
  "google api": () => ["", `AIza${of(url, 35)}`],
  "google oauth": () => ["", `ya29.${of(url, 120)}`],
  azure: () => ["AccountKey=", `${of(`${word}+/`, 86)}==`],
  slack: () => ["", `xoxb-${of(digits, 12)}-${of(digits, 12)}-${of(word, 24)}`],
  "slack webhook": () => ["https://hooks.slack.com/services/", `T${of(upper, 8)}/B${of(upper, 8)}/${of(word, 24)}`],
  discord: () => ["", `MT${of(word, 24)}.${of(url, 6)}.${of(url, 38)}`],
  stripe: () => ["", `sk_live_${of(word, 24)}`],
  npm: () => ["", `npm_${of(word, 36)}`],
  pypi: () => ["", `pypi-AgEIcHlwaS5vcmc${of(url, 130)}`],
  huggingface: () => ["", `hf_${of(word, 34)}`],
  groq: () => ["", `gsk_${of(word, 52)}`],
  sendgrid: () => ["", `SG.${of(url, 22)}.${of(url, 43)}`],
  twilio: () => ["", `SK${of(hex, 32)}`],
  digitalocean: () => ["", `dop_v1_${of(hex, 64)}`],
  docker: () => ["", `dckr_pat_${of(url, 27)}`],
  "1password": () => ["", `ops_eyJ${of(word, 250)}`],
  vault: () => ["", `hvs.${of(url, 24)}`],
  databricks: () => ["", `dapi${of(hex, 32)}`],
  age: () => ["", `AGE-SECRET-KEY-1${of("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58)}`],
  jwt: () => ["", `eyJ${of(word, 30)}.eyJ${of(url, 80)}.${of(url, 43)}`],
  authorization: () => ["Authorization: Bearer ", of(url, 40)],
  "url password": () => ["postgres://ada:", of(word, 16)],
  assigned: () => [`${["DB_PASSWORD", "api-key", "client_secret", "MY_TOKEN"][randomInt(4)]}=`, of(word, 20)],
};

/** Cuts a text as a terminal of that width does. */
function wrapped(text: string, width: number): string[] {
  return text.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
}

const layouts: [string, (text: string) => string][] = [
  ["in a line", (text) => text],
  ["in quotes", (text) => text.replace(/(\S+)$/, '"$1"')],
  ["over the edge of 80 columns", (text) => wrapped(`${"echo everything is fine and then ".repeat(2)} ${text}`, 80).join("\n")],
  ["over the edge of 40 columns", (text) => wrapped(`run ${text}`, 40).join("\n")],
  ["in a dialog's frame", (text) => wrapped(`run ${text}`, 56).map((line) => `│ ${line.padEnd(56)} │`).join("\n")],
];

for (const [name, sample] of Object.entries(samples)) {
  test(`${name}: found in every layout, twenty times out of twenty, and only its kind and its end are kept`, () => {
    for (const [layout, lay] of layouts) {
      for (let round = 0; round < 20; round++) {
        const [before, secret] = sample();
        const tail = name === "url password" ? "@db/app" : "";
        const text = lay(`${before}${secret}${tail}`);
        const shown = redact(text).replaceAll(/[\s│]/g, "");
        assert.match(shown, /‹redacted/, `${layout}: ${text}`);
        const kept = pieces(secret).filter((piece) => shown.includes(piece));
        assert.deepEqual(kept, [], `${layout}: ${text}\n${shown}`);
      }
    }
  });
}

/** Every ten characters in a row of what must not show; prefixes and the last four may. */
function pieces(secret: string): string[] {
  const body = secret.replace(/^(?:[A-Za-z0-9]{1,12}[-_.:]){0,3}/, "").replace(/[^A-Za-z0-9_+/-]/g, "");
  const inner = body.slice(0, -4);
  return Array.from({ length: Math.max(0, inner.length - 9) }, (_, at) => inner.slice(at, at + 10));
}

test("there are rules for at least twenty-five issuers", () => {
  assert.ok(new Set(secretKinds.map(({ name }) => name)).size >= 25);
});

const pem = generateKeyPairSync("rsa", { modulusLength: 1_024 }).privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const keys: [string, string, string][] = [
  ["whole", `cat id\n${pem}$ next`, "cat id\n‹redacted private-key›\n$ next"],
  ["without its end", `cat id\n${pem.split("\n").slice(0, 6).join("\n")}\nContinue? [y/n]`, "cat id\n‹redacted private-key›\nContinue? [y/n]"],
  ["without its beginning", `${pem.split("\n").slice(4).join("\n")}Continue? [y/n]`, "‹redacted private-key›\nContinue? [y/n]"],
  ["in JSON", `{"key": "${pem.replaceAll("\n", "\\n")}"}`, `{"key": "‹redacted private-key›\\n"}`],
  ["in a frame", pem.trimEnd().split("\n").map((line) => `│ ${line.padEnd(66)} │`).join("\n"), `│ ‹redacted private-key› │`],
  ["with a header", pem.replace("-----\n", "-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123\n\n").trimEnd(), "‹redacted private-key›"],
];
for (const [name, text, expected] of keys) test(`a private key ${name} is taken out, and nothing else`, () => assert.equal(redact(text).replace(/› +│/, "› │"), expected));

const plain = [
  "Do you want to continue? [Y/n]",
  "Password:",
  "[sudo] password for ada: ",
  "Enter your API key: ",
  "Token: <paste it here>",
  "password = process.env.DB_PASSWORD",
  "const token = getTokenFromKeychain(name);",
  "token: string; secret: undefined; apiKey: null",
  'password: "${DB_PASSWORD}"',
  "export API_KEY=$(pass show api)",
  "tokens: 128000, max_tokens: 4096",
  "commit 9f2c41aa0b7d4e6f8a1b2c3d4e5f60718293a4b5",
  "id 123e4567-e89b-12d3-a456-426614174000",
  "sha512-MJTUg1kjuLeQCJ+ccE4Vpa6kKVXkPYJ2mOCQyUuKLcLQsdrMCpBPUi8qVE6+YuaJkozeA9NusTAw3hLr8Xe5EQ==",
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ6Zm3kQ0N8N2H6mY1p7 ada@host",
  "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
  "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
  "task-management-and-risk-assessment-of-everything",
  "https://example.com:8443/path?x=1",
  "git@github.com:ada/aegis.git",
  "http://localhost:3000/#access",
  "SKU 123, AKIAB, ghp_short, npm_config_registry=https://registry.example",
  "passwd: password updated successfully",
  "New password: Retype new password:",
  "su: Authentication token: permission denied",
  "Authorization: Bearer",
  "See authorization: required for admins",
  "",
];
for (const text of plain) test(`left alone: ${text.slice(0, 60)}`, () => assert.equal(redact(text), text));

test("a word that begins the line after a secret is not taken for a part of it", () => {
  const secret = `sk-ant-api03-${of(url, 92)}a`;
  for (const next of ["Do you want to proceed?", "❯ 1. Yes", "Continue? [y/n]", "EOF", "ok."]) assert.ok(redact(`export KEY=${secret}\n${next}`).endsWith(`›\n${next}`));
});

test("in the sources of this project, one line in two hundred at the most is taken for a secret", () => {
  const root = join(import.meta.dirname, "../../src");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const lines = [...files.flatMap((name) => readFileSync(join(root, name), "utf8").split("\n")), ...readFileSync(join(root, "../package-lock.json"), "utf8").split("\n")];
  const wrong = lines.filter((line) => redact(line) !== line);
  assert.ok(wrong.length <= lines.length / 200, wrong.join("\n"));
});

test("what was redacted stays as it is, and text without a secret does too", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => assert.equal(redact(redact(text)), redact(text))));
});

const hostile = ["-----BEGIN PRIVATE KEY-----\n", "-----END PRIVATE KEY-----\n", "password=", "eyJaaaaaaaaaaaaaaaa.eyJ", "a://b:", "aws secret", "sk-", "authorization: ", "x\n", "AAAA", "password=f(", "a\n│ "];
for (const piece of hostile) {
  test(`half a megabyte of ${JSON.stringify(piece)} is gone through in the time that its length takes, not its square`, { timeout: 30_000 }, () => {
    redact(piece.repeat(Math.ceil(2 ** 19 / piece.length)));
  });
}
