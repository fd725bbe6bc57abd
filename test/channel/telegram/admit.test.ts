import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { admit, type Admission } from "../../../src/channel/telegram/admit.ts";

const door = { allowed: new Set([42]), botId: 110201543 };
const ada = { id: 42, is_bot: false, first_name: "Ada", username: "ada" };
const bot = { id: 110201543, is_bot: true, first_name: "aegis" };
const chat = { id: 42, type: "private", first_name: "Ada" };
const ours = { message_id: 100, from: bot, chat, date: 1, text: "asks" };
const message = { message_id: 7, from: ada, chat, date: 2, text: "left-pad", reply_to_message: ours };
const tap = { id: "q1", from: ada, message: ours, chat_instance: "-1", data: "ans:x" };

type Dict = Record<string, unknown>;
const text = (different: Dict): Dict => ({ update_id: 1, message: { ...message, ...different } });
const tapped = (different: Dict): Dict => ({ update_id: 1, callback_query: { ...tap, ...different } });
const without = (key: string, from: Dict): Dict => Object.fromEntries(Object.entries(from).filter(([name]) => name !== key));

const by = { channel: "telegram", id: "42", name: "Ada" };
const admitted: [string, unknown, Admission][] = [
  ["a tap on our message", tapped({}), { is: "tap", queryId: "q1", chatId: 42, messageId: 100, data: "ans:x", isOnMessage: false, by }],
  ["a tap on a button that its message bears", tapped({ message: { ...ours, reply_markup: { inline_keyboard: [[{ text: "Yes", callback_data: "ans:x" }]] } } }), { is: "tap", queryId: "q1", chatId: 42, messageId: 100, data: "ans:x", isOnMessage: true, by }],
  ["a tap on a message whose buttons are other ones", tapped({ message: { ...ours, reply_markup: { inline_keyboard: [[{ text: "Yes", callback_data: "ans:y" }], ["x"], null] } } }), { is: "tap", queryId: "q1", chatId: 42, messageId: 100, data: "ans:x", isOnMessage: false, by }],
  ["a tap on a message too old to come with its sender", tapped({ message: { message_id: 100, chat, date: 0 } }), { is: "tap", queryId: "q1", chatId: 42, messageId: 100, data: "ans:x", isOnMessage: false, by }],
  ["a tap with data that no button of ours carries, so that its spinner ends", tapped({ data: "" }), { is: "tap", queryId: "q1", chatId: 42, messageId: 100, data: "", isOnMessage: false, by }],
  ["a text that replies to our message", text({}), { is: "reply", chatId: 42, messageId: 7, replyTo: 100, text: "left-pad", by }],
  ["a reply that quotes a part of it", text({ quote: { text: "asks", position: 0 } }), { is: "reply", chatId: 42, messageId: 7, replyTo: 100, text: "left-pad", by }],
  ["a reply in a topic of the private chat", text({ message_thread_id: 3, is_topic_message: true }), { is: "reply", chatId: 42, messageId: 7, replyTo: 100, text: "left-pad", by }],
  ["somebody without a name", text({ from: { id: 42, is_bot: false } }), { is: "reply", chatId: 42, messageId: 7, replyTo: 100, text: "left-pad", by: { ...by, name: "42" } }],
  ["a name that plays tricks", text({ from: { ...ada, first_name: "A\u202Eda\n" } }), { is: "reply", chatId: 42, messageId: 7, replyTo: 100, text: "left-pad", by: { ...by, name: "A‹U+202E›da" } }],
  ["a text that replies to nothing", { update_id: 1, message: without("reply_to_message", message) }, { is: "talk", chatId: 42, messageId: 7, text: "left-pad", at: 2_000, by }],
  ["a text that replies to Ada's own message", text({ reply_to_message: { ...ours, from: ada } }), { is: "talk", chatId: 42, messageId: 7, text: "left-pad", at: 2_000, by }],
  ["a text that replies to another bot's message", text({ reply_to_message: { ...ours, from: { ...bot, id: 5 } } }), { is: "talk", chatId: 42, messageId: 7, text: "left-pad", at: 2_000, by }],
  ["a text that replies to a message of another chat", text({ reply_to_message: { ...ours, chat: { id: 43, type: "private" } } }), { is: "talk", chatId: 42, messageId: 7, text: "left-pad", at: 2_000, by }],
  ["a text that replies to a message without a number", text({ reply_to_message: without("message_id", ours) }), { is: "talk", chatId: 42, messageId: 7, text: "left-pad", at: 2_000, by }],
  ["a picture", { update_id: 1, message: { ...without("text", message), photo: [{}] } }, { is: "talk", chatId: 42, messageId: 7, text: undefined, at: 2_000, by }],
  ["a text that is no text", text({ text: 5 }), { is: "talk", chatId: 42, messageId: 7, text: undefined, at: 2_000, by }],
];
for (const [name, update, expected] of admitted) test(`let in: ${name}`, () => assert.deepEqual(admit(update, door), expected));

const strangers: [string, unknown][] = [
  ["a stranger's text", text({ from: { ...ada, id: 43 }, chat: { ...chat, id: 43 } })],
  ["a stranger who bears a listed name", text({ from: { ...ada, id: 43 } })],
  ["a stranger's tap", tapped({ from: { ...ada, id: 43 } })],
  ["a stranger's tap on the owner's message", tapped({ from: { id: 43, is_bot: false } })],
  ["a group's anonymous admin", text({ from: { id: 1087968824, is_bot: true }, sender_chat: { id: -100, type: "supergroup" }, chat: { id: -100, type: "supergroup" } })],
  ["a channel's post in its linked group", text({ from: { id: 777000, is_bot: false }, sender_chat: { id: -100, type: "channel" } })],
  ["the bot itself", text({ from: bot })],
  ["an id with the sign turned", tapped({ from: { ...ada, id: -42 } })],
];
for (const [name, update] of strangers) test(`a stranger: ${name}`, () => assert.equal(admit(update, door).is, "stranger"));

const dropped: [string, unknown][] = [
  ["nothing", undefined],
  ["null", null],
  ["a string", "update"],
  ["a list", [tapped({})]],
  ["an update of no kind", { update_id: 1 }],
  ["a kind that is null", { update_id: 1, message: null }],
  ["a kind that is a list", { update_id: 1, callback_query: [] }],
  ["two kinds at once", { update_id: 1, message, callback_query: tap }],
  ["an edited message", { update_id: 1, edited_message: message }],
  ["a channel post", { update_id: 1, channel_post: message }],
  ["an edited channel post", { update_id: 1, edited_channel_post: message }],
  ["a business message, whose chat id may equal the owner's", { update_id: 1, business_message: { ...message, business_connection_id: "b" } }],
  ["a guest message", { update_id: 1, guest_message: message }],
  ["an inline query", { update_id: 1, inline_query: { id: "1", from: ada, query: "yes", offset: "" } }],
  ["a chosen inline result", { update_id: 1, chosen_inline_result: { from: ada, result_id: "1", query: "" } }],
  ["a reaction", { update_id: 1, message_reaction: { chat, user: ada, message_id: 100 } }],
  ["a poll answer", { update_id: 1, poll_answer: { poll_id: "1", user: ada, option_ids: [0] } }],
  ["a change of membership", { update_id: 1, my_chat_member: { chat, from: ada } }],
  ["a text that nobody sent", { update_id: 1, message: without("from", message) }],
  ["a sender whose id is a string", text({ from: { ...ada, id: "42" } })],
  ["a sender whose id is no whole number", text({ from: { ...ada, id: 42.5 } })],
  ["a sender who is a list", text({ from: [ada] })],
  ["a listed id that is a bot", text({ from: { ...ada, is_bot: true } })],
  ["a listed id that may be a bot", text({ from: { ...ada, is_bot: "false" } })],
  ["a group", text({ chat: { id: -5, type: "group" } })],
  ["a supergroup that bears the user's id", text({ chat: { id: 42, type: "supergroup" } })],
  ["a chat without a type", text({ chat: { id: 42 } })],
  ["another person's private chat", text({ chat: { id: 43, type: "private" } })],
  ["no chat", { update_id: 1, message: without("chat", message) }],
  ["a message without a number", { update_id: 1, message: without("message_id", message) }],
  ["a forward", text({ forward_origin: { type: "user", sender_user: ada, date: 1 } })],
  ["a forward of old", text({ forward_from: ada, forward_date: 1 })],
  ["a forward from a hidden sender", text({ forward_sender_name: "Ada" })],
  ["a forward from a channel", text({ forward_from_chat: { id: -100, type: "channel" } })],
  ["an automatic forward", text({ is_automatic_forward: true })],
  ["an edited text", text({ edit_date: 3 })],
  ["a text in a chat's name", text({ sender_chat: { id: -100, type: "channel" } })],
  ["a text through a bot", text({ via_bot: { id: 5, is_bot: true } })],
  ["a text of a business account's bot", text({ sender_business_bot: bot })],
  ["a text over a business connection", text({ business_connection_id: "b" })],
  ["a scheduled text", text({ is_from_offline: true })],
  ["a reply to a message of elsewhere", text({ external_reply: { origin: {} } })],
  ["a guest's query", text({ guest_query_id: "g" })],
  ["a tap on an inline message", { update_id: 1, callback_query: { ...without("message", tap), inline_message_id: "i" } }],
  ["a tap that names both a message and an inline one", tapped({ inline_message_id: "i" })],
  ["a tap on no message", { update_id: 1, callback_query: without("message", tap) }],
  ["a tap in a group", tapped({ message: { ...ours, chat: { id: -5, type: "group" } } })],
  ["a tap in another's chat", tapped({ message: { ...ours, chat: { id: 43, type: "private" } } })],
  ["a tap on another bot's message", tapped({ message: { ...ours, from: { ...bot, id: 5 } } })],
  ["a tap on a message without a number", tapped({ message: without("message_id", ours) })],
  ["a tap over a business connection", tapped({ message: { ...ours, business_connection_id: "b" } })],
  ["a tap without data", { update_id: 1, callback_query: without("data", tap) }],
  ["a tap on a game", { update_id: 1, callback_query: { ...without("data", tap), game_short_name: "g" } }],
  ["a tap whose data is a number", tapped({ data: 1 })],
  ["a tap without an id", { update_id: 1, callback_query: without("id", tap) }],
  ["a tap whose id is empty", tapped({ id: "" })],
  ["a tap that nobody made", { update_id: 1, callback_query: without("from", tap) }],
  ["a tap by a bot", tapped({ from: { ...ada, is_bot: true } })],
];
for (const [name, update] of dropped) test(`dropped: ${name}`, () => assert.equal(admit(update, door).is, "dropped"));

test("no update of any shape gets in unless a listed person sent it in the private chat", () => {
  const value = fc.oneof(fc.constant(42), fc.constant("private"), fc.constant(chat), fc.constant(ada), fc.constant(ours), fc.string(), fc.jsonValue());
  const event = fc.dictionary(fc.constantFrom("id", "from", "chat", "message", "text", "data", "message_id", "reply_to_message", "sender_chat", "forward_origin"), value);
  const kind = fc.constantFrom("message", "callback_query", "edited_message", "business_message");
  fc.assert(
    fc.property(kind, event, (kind, event) => {
      const admission = admit({ update_id: 1, [kind]: event }, door);
      if (admission.is === "dropped" || admission.is === "stranger") return;
      assert.equal(admission.chatId, 42);
      assert.match(JSON.stringify(event["from"]), /"id":42\b/);
      assert.deepEqual([event["sender_chat"], event["forward_origin"]], [undefined, undefined]);
    }),
    { numRuns: 5_000 },
  );
  fc.assert(fc.property(fc.anything(), (update) => admit(update, door).is === "dropped"));
});

const forum = { id: -1001234567890, type: "supergroup", title: "agents", is_forum: true };
const inTopic = { message_thread_id: 45, is_topic_message: true };
const opening = { message_id: 45, from: bot, chat: forum, date: 1, ...inTopic, forum_topic_created: { name: "shop" } };
const oursThere = { ...ours, chat: forum, ...inTopic };
const withGroup = { ...door, group: forum.id };
const chatId = forum.id;

const admittedThere: [string, unknown, Admission][] = [
  ["a tap", tapped({ message: oursThere }), { is: "tap", queryId: "q1", chatId, thread: 45, messageId: 100, data: "ans:x", isOnMessage: false, by }],
  ["a reply to our message", text({ chat: forum, ...inTopic, reply_to_message: oursThere }), { is: "reply", chatId, thread: 45, messageId: 7, replyTo: 100, text: "left-pad", by }],
  ["a reply outside the topics", text({ chat: forum, reply_to_message: { ...ours, chat: forum } }), { is: "reply", chatId, messageId: 7, replyTo: 100, text: "left-pad", by }],
  ["a reply in a row of replies that is no topic", text({ chat: forum, message_thread_id: 100, reply_to_message: { ...ours, chat: forum } }), { is: "reply", chatId, messageId: 7, replyTo: 100, text: "left-pad", by }],
  ["words in a topic, which reply to its beginning", text({ chat: forum, ...inTopic, reply_to_message: opening }), { is: "talk", chatId, thread: 45, messageId: 7, text: "left-pad", at: 2_000, by }],
  ["a command in a topic", text({ chat: forum, ...inTopic, reply_to_message: opening, text: "/screen" }), { is: "command", chatId, thread: 45, messageId: 7, replyTo: undefined, text: "/screen", by }],
  ["a command outside the topics", { update_id: 1, message: { ...without("reply_to_message", message), chat: forum, text: "/status" } }, { is: "command", chatId, messageId: 7, replyTo: undefined, text: "/status", by }],
  ["the private chat as before", text({}), { is: "reply", chatId: 42, messageId: 7, replyTo: 100, text: "left-pad", by }],
];
for (const [name, update, expected] of admittedThere) test(`let in with a group: ${name}`, () => assert.deepEqual(admit(update, withGroup), expected));

const refusedThere: [string, unknown, Admission["is"]][] = [
  ["a stranger's tap in the group", tapped({ from: { ...ada, id: 43 }, message: oursThere }), "stranger"],
  ["a stranger's words in the group", text({ from: { ...ada, id: 43 }, chat: forum }), "stranger"],
  ["an anonymous administrator", text({ sender_chat: forum, chat: forum, reply_to_message: oursThere }), "dropped"],
  ["what people say to each other outside the topics", { update_id: 1, message: { ...without("reply_to_message", message), chat: forum } }, "dropped"],
  ["another group", text({ chat: { ...forum, id: -5 } }), "dropped"],
  ["a channel that bears the group's number", text({ chat: { ...forum, type: "channel" } }), "dropped"],
  ["a tap in another group", tapped({ message: { ...ours, chat: { ...forum, id: -5 } } }), "dropped"],
  ["a tap on another bot's message in the group", tapped({ message: { ...oursThere, from: { ...bot, id: 5 } } }), "dropped"],
];
for (const [name, update, is] of refusedThere) test(`not let in with a group: ${name}`, () => assert.equal(admit(update, withGroup).is, is));
