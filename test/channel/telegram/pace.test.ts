import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LocalLines } from "../../../src/async/lines.ts";
import { Pace, type Sort } from "../../../src/channel/telegram/pace.ts";

const call = fc.record({ chat: fc.constantFrom(42, 43, -1001), sort: fc.constantFrom<Sort>("message", "edit"), afterMs: fc.nat(3_000) });

test("no chat gets more of one sort than its rate, and all together no more than thirty a second", () => {
  fc.assert(
    fc.property(fc.array(call, { maxLength: 120 }), (calls) => {
      const pace = new Pace(new LocalLines());
      let now = 0;
      const at = calls.map(({ chat, sort, afterMs }) => {
        now += afterMs;
        return { key: `${sort} ${chat}`, isGroup: chat < 0, at: now + pace.waitFor(chat, sort, now) };
      });
      const within = (one: { at: number }, ms: number) => (other: { at: number }) => other.at >= one.at && other.at < one.at + ms;
      for (const one of at) {
        const line = at.filter(({ key }) => key === one.key);
        assert.ok(line.filter(within(one, one.isGroup ? 60_000 : 1_000)).length <= (one.isGroup ? 20 : 6));
        assert.ok(at.filter(within(one, 1_000)).length <= 50);
      }
    }),
  );
});

test("a new question does not wait behind old ones that are settled", () => {
  const pace = new Pace(new LocalLines());
  for (let settled = 0; settled < 20; settled++) pace.waitFor(42, "edit", 0);
  assert.equal(pace.waitFor(42, "message", 1_000), 0);
  assert.ok(pace.waitFor(42, "edit", 1_000) > 10_000);
});

test("what Telegram asks to wait holds for every chat and sort", () => {
  const pace = new Pace(new LocalLines());
  pace.hold(7_000, 0);
  for (const chat of [42, 43, -1001]) for (const sort of ["message", "edit"] as const) assert.equal(pace.waitFor(chat, sort, 1_000), 6_000);
});
