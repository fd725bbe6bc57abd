import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { clockFindings } from "../../src/cli/doctor/clock.ts";
import type { Finding } from "../../src/cli/doctor/finding.ts";

async function against(serverDate: Date): Promise<Finding[]> {
  const server = createServer((_request, response) => {
    response.setHeader("Date", serverDate.toUTCString());
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  try {
    return await clockFindings(`http://127.0.0.1:${address.port}`);
  } finally {
    server.close();
  }
}

test("a clock that is minutes off is a warning that says which way", async () => {
  const [behind] = await against(new Date(Date.now() + 300_000));
  assert.equal(behind?.is, "warning");
  assert.match(behind.what, /^the clock is (299|30[01]) s behind/);
  const [ahead] = await against(new Date(Date.now() - 300_000));
  assert.match(ahead?.what ?? "", /ahead of/);
});

test("a clock that agrees is good, and a server that is not there says nothing", async () => {
  assert.equal((await against(new Date()))[0]?.is, "good");
  assert.deepEqual(await clockFindings("http://127.0.0.1:9"), []);
});
