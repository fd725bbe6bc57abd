import type { Responder } from "../../prompt/reply.ts";
import { parseCommand } from "../../prompt/command.ts";
import { visibleLine } from "../visible.ts";

/** What may come of an update: something that a listed person did in the private chat, a stranger's doing, or nothing of ours. */
export type Admission =
  | {
      readonly is: "tap";
      readonly queryId: string;
      readonly chatId: number;
      readonly messageId: number;
      readonly data: string;
      /** The message bears a button with this data; a client can send any. */
      readonly isOnMessage: boolean;
      readonly by: Responder;
    }
  | { readonly is: "reply"; readonly chatId: number; readonly messageId: number; readonly replyTo: number; readonly text: string; readonly by: Responder }
  /** One of our commands; `replyTo`: the message of ours that it replies to. */
  | { readonly is: "command"; readonly chatId: number; readonly messageId: number; readonly replyTo: number | undefined; readonly text: string; readonly by: Responder }
  /** Written by a listed person, but no reply to a message of ours. */
  | { readonly is: "talk"; readonly chatId: number; readonly messageId: number }
  | { readonly is: "stranger"; readonly id: number }
  | { readonly is: "dropped"; readonly why: string };

/** Whom the bot listens to, and who it is itself. */
export interface Door {
  /** Numeric user ids. */
  readonly allowed: ReadonlySet<number>;
  readonly botId: number;
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
  if (!isPrivateWith(message["chat"], userId)) return dropped("not in the private chat");
  const { message_id: messageId, text, reply_to_message: target } = message;
  if (!isId(messageId)) return dropped("message without an id");
  const isReply = isDict(target) && isOurs(target, userId, door);
  const replyTo = isReply ? target["message_id"] : undefined;
  if (typeof text === "string" && isCommand(text, isReply)) return { is: "command", chatId: userId, messageId, replyTo: isId(replyTo) ? replyTo : undefined, text, by };
  if (typeof text !== "string" || !isReply) return { is: "talk", chatId: userId, messageId };
  if (!isId(replyTo)) return { is: "talk", chatId: userId, messageId };
  return { is: "reply", chatId: userId, messageId, replyTo, text, by };
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
  if (message["business_connection_id"] !== undefined || !isOurs(message, userId, door) || !isId(messageId)) return dropped("tap on a message that is not ours");
  if (typeof data !== "string") return dropped("tap without data");
  return { is: "tap", queryId, chatId: userId, messageId, data, isOnMessage: bears(message, data), by };
}

/** A message of this bot in the person's private chat. One that is too old for Telegram to look up comes without its sender. */
function isOurs(message: Dict, userId: number, door: Door): boolean {
  const { from, chat } = message;
  return isPrivateWith(chat, userId) && (from === undefined || (isDict(from) && from["id"] === door.botId));
}

function bears({ reply_markup: markup }: Dict, data: string): boolean {
  const rows = isDict(markup) && Array.isArray(markup["inline_keyboard"]) ? markup["inline_keyboard"] : [];
  return rows.flat().some((button: unknown) => isDict(button) && button["callback_data"] === data);
}

function isPrivateWith(chat: unknown, userId: number): boolean {
  return isDict(chat) && chat["type"] === "private" && chat["id"] === userId;
}

function nameOf(from: Dict): string {
  const names = [from["first_name"], from["username"]].filter((name) => typeof name === "string");
  return names.map((name) => visibleLine(name, 64)).find((name) => name !== "") ?? String(from["id"]);
}
