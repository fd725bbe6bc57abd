import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import fc from "fast-check";
import type { OutgoingHttpHeaders } from "node:http";
import type { PageChannel } from "../../../src/channel/page/page-channel.ts";
import { askOf } from "./ask.ts";
import { Client, startPage } from "./client.ts";
import { HandClock } from "./hand-clock.ts";

let page: PageChannel;
let client: Client;
before(async () => {
  page = await startPage();
  client = new Client(page);
});
after(() => page[Symbol.asyncDispose]());

test("the address is on loopback and its token has at least 128 bits", () => {
  assert.match(page.url, /^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{22,}$/);
});

for (const path of ["/", "/app.js", "/style.css", "/icon.svg"]) {
  test(`${path} comes with the headers that keep it ours`, async () => {
    const { status, headers } = await client.ask("GET", path, {});
    assert.equal(status, 200);
    const policy = String(headers["content-security-policy"]);
    assert.match(policy, /default-src 'none'; script-src 'self'.*frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.equal(headers["cache-control"], "no-store");
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["set-cookie"], undefined);
    assert.equal(headers["access-control-allow-origin"], undefined);
  });
}

test("no asset names another host", async () => {
  for (const path of ["/", "/style.css", "/terminal.css", "/app.js"]) {
    const { body } = await client.ask("GET", path, {});
    assert.doesNotMatch(body, /(?:src|href|url)\W+(?:https?:)?\/\//);
  }
});

for (const path of ["/../page-channel.ts", "/tsconfig.json", "/%2e%2e/door.ts", "/index.html?x", "/constructor", "http://127.0.0.1/etc/passwd"]) {
  test(`${path} is nothing`, async () => assert.equal((await client.ask("GET", path, {})).status, 404));
}

for (const host of ["localhost", "[::1]"]) {
  test(`the page answers to ${host}`, async () => {
    const headers = { ...client.own, Host: `${host}:${client.port}`, Origin: `http://${host}:${client.port}` };
    assert.equal((await client.ask("GET", "/", headers)).status, 200);
  });
}

const foreignHosts: readonly string[] = ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:80", "0.0.0.0:80", ""];
for (const host of foreignHosts) {
  test(`Host "${host}" is refused everywhere, whatever the token`, async () => {
    for (const path of ["/", "/app.js", "/api/events"]) {
      const { status } = await client.ask("GET", path, { ...client.own, Host: host, Origin: `http://${host}` });
      assert.equal(status, 403, path);
    }
  });
}

const elsewhere: readonly [string, OutgoingHttpHeaders][] = [
  ["another site's Origin", { Origin: "https://evil.example" }],
  ["a sandboxed frame's Origin", { Origin: "null" }],
  ["the Origin of another port", { Origin: "http://127.0.0.1:1" }],
  ["https in place of http", { Origin: "https://127.0.0.1" }],
];
for (const [what, headers] of elsewhere) {
  test(`${what} is refused everywhere, whatever the token`, async () => {
    assert.equal((await client.ask("GET", "/", { ...client.own, ...headers })).status, 403);
    assert.equal((await client.ask("GET", "/api/events", { ...client.own, ...headers })).status, 403);
    assert.equal((await client.ask("POST", "/api/answers", { ...client.own, ...headers }, "{}")).status, 403);
  });
}

test("a page of another site that the browser names so gets no prompts", async () => {
  for (const site of ["cross-site", "same-site", "none"]) {
    assert.equal((await client.ask("GET", "/api/events", { ...client.own, "Sec-Fetch-Site": site })).status, 403);
  }
});

test("a post without an Origin is refused", async () => {
  const { Origin: _, ...headers } = client.own;
  assert.equal((await client.ask("POST", "/api/answers", headers, "{}")).status, 403);
});

test("a wrong token gets nothing, then less than nothing, and shuts nobody out", async () => {
  const clock = new HandClock();
  await using page = await startPage(0, clock);
  const client = new Client(page);
  const wrong = ["", "Bearer", "Bearer ", `Bearer ${client.token}x`, `Bearer ${client.token.slice(1)}`, `Basic ${client.token}`, `bearer ${client.token.toLowerCase()}`];
  for (const Authorization of wrong) {
    const { status, body } = await client.ask("GET", "/api/events", { ...client.own, Authorization });
    assert.equal(status, 401);
    assert.ok(!body.includes(client.token));
  }
  const statuses: number[] = [];
  for (let guess = 0; guess < 20; guess++) statuses.push((await client.ask("GET", "/api/events", { ...client.own, Authorization: `Bearer ${guess}` })).status);
  assert.equal(statuses.at(-1), 429);
  const { value } = await client.events().next();
  assert.equal(value?.is, "snapshot");
  clock.pass(60_000);
  assert.equal((await client.ask("GET", "/api/events", { ...client.own, Authorization: "Bearer 1" })).status, 401, "failures are forgotten after a minute");
});

test("the token in the query opens nothing", async () => {
  const { Authorization: _, ...headers } = client.own;
  assert.equal((await client.ask("GET", `/api/events?token=${client.token}`, headers)).status, 401);
});

const notAnswers: readonly [string, string, number][] = [
  ["no JSON", "{", 400],
  ["neither choice nor text", `{"promptId":"p","nonce":"n"}`, 400],
  ["both choice and text", `{"promptId":"p","nonce":"n","choice":0,"text":"x"}`, 400],
  ["a negative choice", `{"promptId":"p","nonce":"n","choice":-1}`, 400],
  ["half a choice", `{"promptId":"p","nonce":"n","choice":0.5}`, 400],
  ["a choice in words", `{"promptId":"p","nonce":"n","choice":"0"}`, 400],
  ["an array", "[]", 400],
  ["too much", `"${"x".repeat(9000)}"`, 413],
];
for (const [what, body, status] of notAnswers) {
  test(`a post with ${what} is no answer`, async () => {
    assert.equal((await client.ask("POST", "/api/answers", { ...client.own, "Content-Type": "application/json" }, body)).status, status);
  });
}

test("a form's content type is refused: only a script of the page sends JSON", async () => {
  const { status } = await client.ask("POST", "/api/answers", { ...client.own, "Content-Type": "text/plain" }, "{}");
  assert.equal(status, 415);
});

test("a body of unknown length is refused before it is read", async () => {
  const headers = { ...client.own, "Content-Type": "application/json", "Transfer-Encoding": "chunked" };
  assert.equal((await client.ask("POST", "/api/answers", headers)).status, 413);
});

test("none of these reached the inbox", async () => {
  const ask = askOf();
  await page.send(ask, new AbortController().signal);
  const posted = client.answer({ promptId: ask.prompt.id, nonce: ask.nonceFor(0, "page:local"), choice: 0 });
  for await (const arrival of page.replies(new AbortController().signal)) {
    assert.equal(arrival.reply.reference, "1");
    await arrival.tell({ is: "expired" });
    break;
  }
  assert.equal((await posted).status, 200);
});

test("whatever bytes a client sends, the page goes on", async () => {
  const start = fc.constantFrom("", "GET ", "GET / HTTP/1.1\r\n", `GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:${client.port}\r\n`, "POST /api/answers HTTP/1.1\r\nContent-Length: 5\r\n\r\n", "CONNECT x:1 HTTP/1.1\r\n\r\n");
  await fc.assert(
    fc.asyncProperty(start, fc.uint8Array({ maxLength: 200 }), async (start, bytes) => {
      const socket = connect(client.port, "127.0.0.1");
      socket.on("error", () => undefined); // it was refused in the middle of its sentence
      socket.end(Buffer.concat([Buffer.from(start), bytes]));
      socket.resume();
      await once(socket, "close");
    }),
    { numRuns: 100 },
  );
  assert.equal((await client.ask("GET", "/", {})).status, 200);
});

test("a client that opens hundreds of connections does not get them", async () => {
  const sockets = Array.from({ length: 150 }, () => connect(client.port, "127.0.0.1"));
  let open = sockets.length;
  await new Promise<void>((few) => {
    for (const socket of sockets) {
      socket.on("error", () => undefined);
      socket.once("close", () => --open <= 100 && few());
    }
  });
  for (const socket of sockets) socket.destroy();
  // As soon as the server has noticed that they are gone.
  while ((await client.ask("GET", "/", {}).catch(() => undefined))?.status !== 200);
});

test("a port that is taken is said so", async () => {
  await assert.rejects(startPage(client.port), { message: `port ${client.port} on 127.0.0.1 is taken` });
});
