import assert from "node:assert/strict";
import { test } from "node:test";
import { bannerIn } from "../../src/relay/banner.ts";

for (const line of ["  ⎿ Invalid API key · Fix external API key", "● API Error: Repeated 529 Overloaded errors", "You've hit your limit · resets 3pm", "Claude usage limit reached."]) {
  test(`"${line.trim()}" is told`, () => assert.equal(bannerIn(["› hello", line, "", "❯ "]), line.trim()));
}

test("what scrolled away, and talk of limits, is not told", () => {
  assert.equal(bannerIn(["API Error: 500", ...Array.from({ length: 12 }, () => "work")]), undefined);
  for (const line of ["the limit of this function is 10", "set a rate limit for the API", "const error = apiError"]) assert.equal(bannerIn([line]), undefined, line);
});
