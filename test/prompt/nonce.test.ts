import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { hashNonce, NonceKey } from "../../src/prompt/nonce.ts";

const key = new NonceKey(randomBytes(32));

test("a nonce is bound to prompt, choice and recipient, and to the session's key", () => {
  const nonces = [
    key.nonceFor("p1", 0, "telegram:1"),
    key.nonceFor("p1", 1, "telegram:1"),
    key.nonceFor("p1", "text", "telegram:1"),
    key.nonceFor("p1", 0, "telegram:2"),
    key.nonceFor("p2", 0, "telegram:1"),
    new NonceKey(randomBytes(32)).nonceFor("p1", 0, "telegram:1"),
  ];
  assert.equal(new Set(nonces).size, nonces.length);
});

test("the same button has the same nonce, of 22 characters that a callback can carry", () => {
  const nonce = key.nonceFor("p1", 0, "telegram:1");
  assert.equal(nonce, key.nonceFor("p1", 0, "telegram:1"));
  assert.match(nonce, /^[\w-]{22}$/);
});

test("the stored hash does not hold the nonce", () => {
  const nonce = key.nonceFor("p1", 0, "telegram:1");
  assert.match(hashNonce(nonce), /^[0-9a-f]{64}$/);
  assert.ok(!hashNonce(nonce).includes(nonce));
});
