import assert from "node:assert/strict";
import { test } from "node:test";
import { waitAfter } from "../../../src/channel/telegram/backoff.ts";
import { TelegramTrouble } from "../../../src/channel/telegram/trouble.ts";

const trouble = (code?: number, retryAfterMs?: number): TelegramTrouble => new TelegramTrouble("getUpdates", { fate: "refused", description: "x", code, retryAfterMs });

const waits: [string, TelegramTrouble, number[]][] = [
  ["a network that may come back", trouble(), [1_000, 2_000, 4_000, 5_000, 5_000]],
  ["a server in trouble", trouble(502), [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]],
  ["another poller", trouble(409), [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]],
  ["a refused token", trouble(401), [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000]],
  ["a flood", trouble(429, 7_000), [7_250, 7_250, 7_250]],
];
for (const [name, what, expected] of waits) {
  test(`after ${name} the waits are ${expected.join(", ")} ms`, () => {
    assert.deepEqual(expected.map((_, index) => waitAfter(what, index + 1, 0.5)), expected);
  });
}

test("waits are spread by a quarter either way, save those that Telegram asks for", () => {
  assert.deepEqual([0, 1].map((random) => waitAfter(trouble(502), 3, random)), [3_000, 5_000]);
  assert.deepEqual([0, 1].map((random) => waitAfter(trouble(429, 1_000), 3, random)), [1_250, 1_250]);
});
