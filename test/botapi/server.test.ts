import assert from "node:assert/strict";
import { test } from "node:test";
import { type BotApiServer, startBotApi } from "./server.ts";

interface Answer {
  readonly ok: boolean;
  readonly result?: unknown;
  readonly error_code?: number;
  readonly description?: string;
}

/** Calls as any client would, without one. */
async function call(api: BotApiServer, method: string, params: object = {}, token = api.token): Promise<Answer> {
  const response = await fetch(`${api.url}/bot${token}/${method}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(params) });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the status and the tests below look at what it is
  const answer = (await response.json()) as Answer;
  assert.equal(response.status, answer.ok ? 200 : answer.error_code);
  return answer;
}

async function poll(api: BotApiServer, params: object = {}): Promise<number[]> {
  const { result } = await call(api, "getUpdates", params);
  assert.ok(Array.isArray(result));
  return result.map((update: { update_id: number }) => update.update_id);
}

const text = { chat_id: 42, text: "hello" };
const keyboard = (...buttons: object[]) => ({ ...text, reply_markup: { inline_keyboard: [buttons] } });
const entities = (...list: object[]) => ({ chat_id: 42, text: "he🙂llo", entities: list });

const refused: [string, string, object, number, RegExp][] = [
  ["an empty text", "sendMessage", { chat_id: 42, text: " \n " }, 400, /text is empty/],
  ["no text", "sendMessage", { chat_id: 42 }, 400, /text is empty/],
  ["4,097 units", "sendMessage", { chat_id: 42, text: "x".repeat(4_097) }, 400, /too long/],
  ["4,098 units in 2,049 characters", "sendMessage", { chat_id: 42, text: "🙂".repeat(2_049) }, 400, /too long/],
  ["half a character", "sendMessage", { chat_id: 42, text: "a\uD83D" }, 400, /UTF-8/],
  ["a text that is a number", "sendMessage", { chat_id: 42, text: 5 }, 400, /"text" must be of type String/],
  ["no chat", "sendMessage", { text: "hello" }, 400, /chat_id is empty/],
  ["a chat that has not started the bot", "sendMessage", { ...text, chat_id: 43 }, 400, /chat not found/],
  ["a chat that blocked it", "sendMessage", { ...text, chat_id: 44 }, 403, /blocked by the user/],
  ["a chat id that is a word", "sendMessage", { ...text, chat_id: "ada" }, 400, /must be a Number/],
  ["a parameter of no method", "sendMessage", { ...text, disable_notifications: true }, 400, /does not know/],
  ["a parse_mode", "sendMessage", { ...text, parse_mode: "Markdown3" }, 400, /parse_mode/],
  ["a switch that is a string", "sendMessage", { ...text, disable_notification: "yes" }, 400, /of type Boolean/],
  ["an entity beyond the text", "sendMessage", entities({ type: "pre", offset: 5, length: 5 }), 400, /out of bounds/],
  ["an empty entity", "sendMessage", entities({ type: "pre", offset: 0, length: 0 }), 400, /out of bounds/],
  ["an entity through a character", "sendMessage", entities({ type: "pre", offset: 3, length: 2 }), 400, /splits a character/],
  ["entities that cross", "sendMessage", entities({ type: "bold", offset: 0, length: 4 }, { type: "italic", offset: 2, length: 4 }), 400, /overlaps/],
  ["an entity within code", "sendMessage", entities({ type: "code", offset: 0, length: 4 }, { type: "bold", offset: 0, length: 2 }), 400, /inside/],
  ["an entity of no type", "sendMessage", entities({ type: "shiny", offset: 0, length: 4 }), 400, /unknown type/],
  ["callback data of 65 bytes", "sendMessage", keyboard({ text: "Yes", callback_data: "é".repeat(32) + "x" }), 400, /BUTTON_DATA_INVALID/],
  ["empty callback data", "sendMessage", keyboard({ text: "Yes", callback_data: "" }), 400, /BUTTON_DATA_INVALID/],
  ["a button without a text", "sendMessage", keyboard({ text: " ", callback_data: "x" }), 400, /Text must be non-empty/],
  ["a button that does nothing", "sendMessage", keyboard({ text: "Yes" }), 400, /unallowed/],
  ["a hundred and one buttons", "sendMessage", keyboard(...Array.from({ length: 101 }, () => ({ text: "x", callback_data: "x" }))), 400, /TOO_LONG/],
  ["a keyboard that is no list", "sendMessage", { ...text, reply_markup: { inline_keyboard: "x" } }, 400, /Array expected/],
  ["a markup that is none", "sendMessage", { ...text, reply_markup: { buttons: [] } }, 400, /reply markup/],
  ["an edit of no message", "editMessageText", { ...text, message_id: 1 }, 400, /message to edit not found/],
  ["the deletion of no message", "deleteMessage", { chat_id: 42, message_id: 1 }, 400, /message to delete not found/],
  ["an answer to no tap", "answerCallbackQuery", { callback_query_id: "1" }, 400, /query is too old/],
  ["an answer of 201 characters", "answerCallbackQuery", { callback_query_id: "1", text: "x".repeat(201) }, 400, /TOO_LONG/],
  ["a command in capitals", "setMyCommands", { commands: [{ command: "Status", description: "x" }] }, 400, /BOT_COMMAND_INVALID/],
  ["a document without a file", "sendDocument", { chat_id: 42 }, 400, /no document/],
  ["a method that is none", "sendNothing", {}, 404, /method not found/],
];
for (const [name, method, params, code, description] of refused) {
  test(`refused: ${name}`, async () => {
    await using api = await startBotApi();
    api.user(42);
    api.user(44).blocks();
    const answer = await call(api, method, params);
    assert.equal(answer.error_code, code);
    assert.match(answer.description ?? "", description);
  });
}

test("a wrong token is refused, and an address without one is not found", async () => {
  await using api = await startBotApi();
  assert.equal((await call(api, "getMe", {}, "1:wrong")).error_code, 401);
  assert.equal((await fetch(`${api.url}/getMe`)).status, 404);
});

test("what is right is taken: 4,096 units, 64 bytes, nested entities, a form as well as JSON", async () => {
  await using api = await startBotApi();
  const ada = api.user(42);
  assert.ok((await call(api, "sendMessage", { chat_id: 42, text: "🙂".repeat(2_048) })).ok);
  assert.ok((await call(api, "sendMessage", keyboard({ text: "Yes", callback_data: "é".repeat(32) }))).ok);
  assert.ok((await call(api, "sendMessage", entities({ type: "blockquote", offset: 0, length: 7 }, { type: "code", offset: 2, length: 2 }))).ok);
  const form = await fetch(`${api.url}/bot${api.token}/sendMessage`, { method: "POST", body: new URLSearchParams({ chat_id: "42", text: "form", reply_markup: JSON.stringify({ force_reply: true }) }) });
  assert.equal(form.status, 200);
  const file = new FormData();
  file.set("chat_id", "42");
  file.set("document", new Blob(["a\r\nb\u0000"]), "é.txt");
  assert.equal((await fetch(`${api.url}/bot${api.token}/sendDocument`, { method: "POST", body: file })).status, 200);
  assert.deepEqual(ada.inbox.at(-1)?.document?.bytes.toString(), "a\r\nb\u0000");
});

test("white space around a text is cut off, and its entities move along", async () => {
  await using api = await startBotApi();
  const ada = api.user(42);
  await call(api, "sendMessage", { chat_id: 42, text: "\n\nhello ", entities: [{ type: "code", offset: 1, length: 6 }] });
  assert.deepEqual([ada.inbox[0]?.text, ada.inbox[0]?.entities], ["hello", [{ type: "code", offset: 0, length: 5 }]]);
});

test("a message with a keyboard of the reply kind cannot be edited, and an edit must change something", async () => {
  await using api = await startBotApi();
  const ada = api.user(42);
  await call(api, "sendMessage", { ...text, reply_markup: { force_reply: true } });
  await call(api, "sendMessage", keyboard({ text: "Yes", callback_data: "x" }));
  const [forced, plain] = ada.inbox;
  assert.match((await call(api, "editMessageText", { ...text, text: "new", message_id: forced?.id })).description ?? "", /can't be edited/);
  assert.ok((await call(api, "editMessageText", { ...text, message_id: plain?.id })).ok);
  assert.deepEqual(plain?.buttons, []);
  assert.match((await call(api, "editMessageText", { ...text, message_id: plain?.id })).description ?? "", /not modified/);
});

test("updates come again until a later offset confirms them", async () => {
  await using api = await startBotApi({ firstUpdateId: 7 });
  const ada = api.user(42);
  for (const word of ["one", "two", "three"]) ada.says(word);
  assert.deepEqual(await poll(api), [7, 8, 9]);
  assert.deepEqual(await poll(api, { limit: 2 }), [7, 8]);
  assert.deepEqual(await poll(api, { offset: 8 }), [8, 9]);
  assert.deepEqual(await poll(api, { offset: -1 }), [9]);
  assert.deepEqual([await poll(api, { offset: 10 }), api.unconfirmed, api.confirmed], [[], 0, [7, 8, 9]]);
});

test("a long poll waits for an update, and ends with nothing", async () => {
  await using api = await startBotApi({ firstUpdateId: 7 });
  const waiting = poll(api, { timeout: 20 });
  await api.polled();
  api.user(42).says("hello");
  assert.deepEqual(await waiting, [7]);
  assert.deepEqual(await poll(api, { offset: 8, timeout: 1 }), []);
});

test("a second poller ends the first with 409, and a webhook both", async () => {
  await using api = await startBotApi();
  const first = call(api, "getUpdates", { timeout: 20 });
  await api.polled();
  const second = call(api, "getUpdates", { timeout: 20 });
  assert.equal((await first).error_code, 409);
  api.user(42).says("hello");
  assert.ok((await second).ok);
  api.setWebhook("https://elsewhere.example");
  assert.equal((await call(api, "getUpdates")).error_code, 409);
  await call(api, "deleteWebhook");
  assert.ok((await call(api, "getUpdates")).ok);
});

test("kinds that were not asked for are not queued", async () => {
  await using api = await startBotApi({ firstUpdateId: 7 });
  await poll(api, { allowed_updates: ["callback_query"] });
  api.user(42).says("hello");
  api.deliver({ callback_query: { id: "1" } });
  assert.deepEqual(await poll(api), [8]);
});

test("a tap is answered once, and in time", async () => {
  await using api = await startBotApi({ queryLifetimeMs: 50 });
  const ada = api.user(42);
  await call(api, "sendMessage", keyboard({ text: "Yes", callback_data: "x" }));
  const tap = await ada.taps("Yes");
  assert.ok((await call(api, "answerCallbackQuery", { callback_query_id: tap.queryId, text: "done" })).ok);
  assert.equal(await tap.toast(), "done");
  assert.match((await call(api, "answerCallbackQuery", { callback_query_id: tap.queryId })).description ?? "", /query is too old/);
  const late = await ada.taps("Yes");
  await call(api, "getUpdates", { offset: late.updateId + 1, timeout: 1 });
  assert.match((await call(api, "answerCallbackQuery", { callback_query_id: late.queryId })).description ?? "", /query is too old/);
});

test("a fault hits as often as planned, and no longer once it is lifted", async () => {
  await using api = await startBotApi();
  api.fault("getMe", { kind: "flood", retryAfter: 3 }, 2);
  for (const ok of [false, false, true]) assert.equal((await call(api, "getMe")).ok, ok);
  {
    using _ = api.fault("*", { kind: "error", code: 401, description: "Unauthorized" }, Infinity);
    assert.equal((await call(api, "getMe")).error_code, 401);
  }
  assert.ok((await call(api, "getMe")).ok);
});

test("what Telegram would make links of is found, save in code", async () => {
  await using api = await startBotApi();
  const ada = api.user(42);
  const bait = "https://a.example @durov #sale /start b@c.example d.com ";
  await call(api, "sendMessage", { chat_id: 42, text: bait + bait, entities: [{ type: "code", offset: 0, length: bait.length }] });
  assert.deepEqual(ada.inbox[0]?.links, ["https://a.example", "@durov", "#sale", "/start", "b@c.example", "d.com"]);
});

test("a trap springs once, at its stage, on the call that fits", async () => {
  await using api = await startBotApi();
  const ada = api.user(42);
  const seen: string[] = [];
  for (const stage of ["arrived", "processed", "answered"] as const) {
    void api.trap("sendMessage", stage, () => seen.push(`${stage} ${ada.inbox.length}`), (call) => call.params["text"] === "second");
  }
  for (const text of ["first", "second", "second"]) assert.ok((await call(api, "sendMessage", { chat_id: 42, text })).ok);
  assert.deepEqual(seen, ["arrived 1", "processed 2", "answered 2"]);
});

test("a call that is not processed springs no later trap", async () => {
  await using api = await startBotApi();
  const seen: string[] = [];
  for (const stage of ["arrived", "processed", "answered"] as const) void api.trap("getMe", stage, () => seen.push(stage));
  api.fault("getMe", { kind: "error", code: 500, description: "Internal Server Error" });
  await call(api, "getMe");
  assert.deepEqual(seen, ["arrived"]);
});

test("jumbled updates come twice, the last first, and stay until they are confirmed", async () => {
  await using api = await startBotApi({ firstUpdateId: 7 });
  for (const text of ["one", "two"]) api.user(42).says(text);
  api.fault("getUpdates", { kind: "jumbled" });
  assert.deepEqual(await poll(api), [8, 7, 8, 7]);
  assert.deepEqual(await poll(api), [7, 8]);
});

test("a stranded poll stays open and hears nothing; the next one does", async () => {
  await using api = await startBotApi({ firstUpdateId: 7 });
  const hangUp = new AbortController();
  const stranded = fetch(`${api.url}/bot${api.token}/getUpdates?timeout=20`, { signal: hangUp.signal }).then(() => "answered", () => "hung up");
  await api.polled();
  api.strandPoll();
  api.user(42).says("hello");
  assert.deepEqual(await poll(api), [7]);
  hangUp.abort();
  assert.equal(await stranded, "hung up");
});
