import assert from "node:assert/strict";
import { test } from "node:test";
import { guestOf } from "../../../src/channel/telegram/guest.ts";

const botId = 110_201_543;
const ada = { id: 12_345_678, is_bot: false, first_name: "Ada", username: "ada" };
const start = { message_id: 7, from: ada, chat: { id: ada.id, type: "private", first_name: "Ada" }, date: 1, text: "/start ab_C-9" };

test("who opens the link is taken with the code that it carried", () => {
  assert.deepEqual(guestOf({ update_id: 1, message: start }, botId), { id: ada.id, name: "Ada", username: "ada", code: "ab_C-9" });
  assert.equal(guestOf({ update_id: 1, message: { ...start, from: { ...ada, username: undefined } } }, botId)?.username, undefined);
});

const others: ReadonlyArray<readonly [string, unknown]> = [
  ["a greeting without a code", { ...start, text: "/start" }],
  ["a code among other words", { ...start, text: "please /start ab_C-9" }],
  ["two codes", { ...start, text: "/start ab_C-9 x" }],
  ["a code of other letters", { ...start, text: "/start ab.C" }],
  ["a code in a group", { ...start, chat: { id: -5, type: "group", title: "office" } }],
  ["a code in somebody else's chat", { ...start, chat: { id: 666, type: "private" } }],
  ["a forwarded code", { ...start, forward_origin: { type: "hidden_user" } }],
  ["an edited code", { ...start, edit_date: 2 }],
  ["a code of a bot", { ...start, from: { ...ada, is_bot: true } }],
  ["a code on behalf of a channel", { ...start, sender_chat: { id: -1 } }],
  ["a code of nobody", { ...start, from: undefined }],
  ["a text that is none", { ...start, text: 5 }],
];

for (const [title, message] of others) {
  test(`${title} pairs nobody`, () => assert.equal(guestOf({ update_id: 1, message }, botId), undefined));
}

test("what is no message pairs nobody", () => {
  for (const update of [undefined, null, 5, "x", {}, { update_id: 1 }, { update_id: 1, edited_message: start }, { update_id: 1, message: [] }]) assert.equal(guestOf(update, botId), undefined);
});
