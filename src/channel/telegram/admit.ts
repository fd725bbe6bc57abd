import type { EpochMillis } from "../../async/clock.ts";
import type { Responder } from "../../prompt/reply.ts";
import { parseCommand } from "../../prompt/command.ts";
import { visibleLine } from "../visible.ts";

/** What may come of an update: something that a listed person did in the private chat or the listed group, a stranger's doing, or nothing of ours. `thread`: the topic of the group; absent: none. */
export type Admission =
  | {
      readonly is: "tap";
      readonly queryId: string;
      readonly chatId: number;
      readonly thread?: number;
      readonly messageId: number;
      readonly data: string;
      /** The message bears a button with this data; a client can send any. */
      readonly isOnMessage: boolean;
      readonly by: Responder;
    }
  | { readonly is: "reply"; readonly chatId: number; readonly thread?: number; readonly messageId: number; readonly replyTo: number; readonly text: string; readonly by: Responder }
  /** One of our commands; `replyTo`: the message of ours that it replies to. */
  | { readonly is: "command"; readonly chatId: number; readonly thread?: number; readonly messageId: number; readonly replyTo: number | undefined; readonly text: string; readonly by: Responder }
  /** Written by a listed person, but no reply to a message of ours. `text` undefined: a sticker, a voice, …; `at`: by Telegram's clock, in whole seconds. */
  | { readonly is: "talk"; readonly chatId: number; readonly thread?: number; readonly messageId: number; readonly text: string | undefined; readonly at: EpochMillis; readonly by: Responder }
  | { readonly is: "stranger"; readonly id: number }
  | { readonly is: "dropped"; readonly why: string };

/** Whom the bot listens to, and who it is itself. */
export interface Door {
  /** Numeric user ids. */
  readonly allowed: ReadonlySet<number>;
  readonly botId: number;
  /** The group in which they may answer as well; undefined: none. */
  readonly group?: number | undefined;
}

type Dict = Readonly<Record<string, unknown>>;

const isDict = (value: unknown): value is Dict => typeof value === "object" && value !== null && !Array.isArray(value);
const isId = (value: unknown): value is number => Number.isSafeInteger(value);
const dropped = (why: string): Admission => ({ is: "dropped", why });

/** What carries one of these was not done here, now, by the person whose name it bears (Bot API 10.3). */
const borrowed = [
  "sender_chat", "sender_business_bot", "business_connection_id", "via_bot", "is_from_offline", "is_automatic_forward", "edit_date", "external_reply",
  "forward_origin", "forward_date", "forward_from", "forward_from_chat", "forward_sender_name", "guest_query_id", "guest_bot_caller_user", "guest_bot_caller_chat",
];

/** The one door: who sent it is looked at first, so that nothing of a stranger's update is read any further. Never throws. */
export function admit(update: unknown, door: Door): Admission {
  if (!isDict(update)) return dropped("not an update");
  const kinds = Object.keys(update).filter((key) => key !== "update_id");
  const [kind] = kinds;
  if (kinds.length !== 1 || (kind !== "message" && kind !== "callback_query")) return dropped(`kind ${kinds.join("+")}`);
  const event = update[kind];
  if (!isDict(event)) return dropped("malformed");
  const { from } = event;
  if (!isDict(from) || !isId(from["id"])) return dropped("nobody sent it");
  if (!door.allowed.has(from["id"])) return { is: "stranger", id: from["id"] };
  if ((from["is_bot"] ?? false) !== false) return dropped("sent by a bot");
  const mark = borrowed.find((key) => event[key] !== undefined);
  if (mark !== undefined) return dropped(`it has ${mark}`);
  const by: Responder = { channel: "telegram", id: String(from["id"]), name: nameOf(from) };
  return kind === "message" ? admitMessage(event, from["id"], by, door) : admitTap(event, from["id"], by, door);
}

function admitMessage(message: Dict, userId: number, by: Responder, door: Door): Admission {
  const chatId = chatOf(message["chat"], userId, door);
  if (chatId === undefined) return dropped("not in the private chat");
  const { message_id: messageId, text, date, reply_to_message: target } = message;
  if (!isId(messageId)) return dropped("message without an id");
  const thread = threadOf(message, chatId);
  const place = { chatId, ...(thread === 0 ? {} : { thread }) };
  // Whoever writes into a topic replies, for Telegram, to the message that opened it.
  const isReply = isDict(target) && isOurs(target, { chatId, userId }, door) && target["message_id"] !== thread;
  const replied = isReply ? target["message_id"] : undefined;
  const replyTo = isId(replied) ? replied : undefined;
  if (typeof text === "string" && isCommand(text, isReply)) return { is: "command", ...place, messageId, replyTo, text, by };
  if (typeof text === "string" && replyTo !== undefined) return { is: "reply", ...place, messageId, replyTo, text, by };
  // Outside the topics, the people of a group talk to each other.
  if (chatId !== userId && thread === 0) return dropped("said among people");
  return { is: "talk", ...place, messageId, text: typeof text === "string" ? text : undefined, at: isId(date) ? date * 1000 : 0, by };
}

/** In a reply, a command that is not ours is an answer: agents have commands of their own. */
function isCommand(text: string, isReply: boolean): boolean {
  const command = parseCommand(text);
  return command !== undefined && !(isReply && command.is === "unknown");
}

function admitTap(query: Dict, userId: number, by: Responder, door: Door): Admission {
  const { id: queryId, message, data } = query;
  if (typeof queryId !== "string" || queryId === "") return dropped("tap without an id");
  if (query["inline_message_id"] !== undefined || !isDict(message)) return dropped("tap on no message of a chat");
  const { message_id: messageId } = message;
  const chatId = chatOf(message["chat"], userId, door);
  if (message["business_connection_id"] !== undefined || chatId === undefined || !isOurs(message, { chatId, userId }, door) || !isId(messageId)) return dropped("tap on a message that is not ours");
  if (typeof data !== "string") return dropped("tap without data");
  const thread = threadOf(message, chatId);
  return { is: "tap", queryId, chatId, ...(thread === 0 ? {} : { thread }), messageId, data, isOnMessage: bears(message, data), by };
}

/** A message of this bot in that chat. One that is too old for Telegram to look up comes without its sender. */
function isOurs(message: Dict, { chatId, userId }: { chatId: number; userId: number }, door: Door): boolean {
  const { from, chat } = message;
  return chatOf(chat, userId, door) === chatId && (from === undefined || (isDict(from) && from["id"] === door.botId));
}

/** The topic of the group in which a message stands; 0: in none. A thread that is no topic is but a row of replies. */
function threadOf({ is_topic_message: isTopical, message_thread_id: thread }: Dict, chatId: number): number {
  return chatId < 0 && isTopical === true && isId(thread) ? thread : 0;
}

function bears({ reply_markup: markup }: Dict, data: string): boolean {
  const rows = isDict(markup) && Array.isArray(markup["inline_keyboard"]) ? markup["inline_keyboard"] : [];
  return rows.flat().some((button: unknown) => isDict(button) && button["callback_data"] === data);
}

/** The number of the private chat with this person, or of the listed group; undefined: neither. */
function chatOf(chat: unknown, userId: number, { group }: Door): number | undefined {
  if (!isDict(chat)) return undefined;
  if (chat["type"] === "private" && chat["id"] === userId) return userId;
  return group !== undefined && chat["id"] === group && (chat["type"] === "supergroup" || chat["type"] === "group") ? group : undefined;
}

function nameOf(from: Dict): string {
  const names = [from["first_name"], from["username"]].filter((name) => typeof name === "string");
  return names.map((name) => visibleLine(name, 64)).find((name) => name !== "") ?? String(from["id"]);
}
