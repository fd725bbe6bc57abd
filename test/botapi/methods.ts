import { ApiError, badRequest } from "./api-error.ts";
import type { Upload } from "./body.ts";
import type { Chat } from "./chat.ts";
import { Group } from "./group.ts";
import { checkedMarkup } from "./markup.ts";
import { checkPhoto } from "./photo.ts";
import { type Dict, isDict, type Params } from "./params.ts";
import { checkedText, type FormattedText } from "./text.ts";
import type { World } from "./world.ts";

type Method = (world: World, params: Params, gone: AbortSignal) => unknown;

/** The Bot API methods that are served; results as Telegram gives them. */
export const methods: Readonly<Record<string, Method>> = {
  getMe: (world) => ({ ...world.bot, can_join_groups: false, can_read_all_group_messages: false, supports_inline_queries: false }),

  async getUpdates(world, params, gone) {
    const limit = params.integer("limit") ?? 100;
    const timeout = params.integer("timeout") ?? 0;
    const allowed = params.json("allowed_updates");
    if (allowed !== undefined && (!Array.isArray(allowed) || !allowed.every((kind) => typeof kind === "string"))) throw badRequest("can't parse allowed_updates");
    const request = { offset: params.integer("offset") ?? 0, limit: Math.min(100, Math.max(1, limit)), timeoutMs: Math.min(50, Math.max(0, timeout)) * 1000, allowed };
    params.finish("getUpdates");
    if (world.webhook !== "") throw conflict();
    return await world.updates.take(request, gone);
  },

  sendMessage(world, params) {
    const chat = world.chat(params.integer("chat_id"));
    const text = shownText(params);
    const markup = checkedMarkup(params.json("reply_markup"));
    const common = sendOptions(params, chat);
    params.finish("sendMessage");
    return world.post(chat, { from: world.bot, text, markup, ...common }).toJson(chat.json);
  },

  sendDocument: (world, params) => sendFile(world, params, "document"),
  sendPhoto: (world, params) => sendFile(world, params, "photo"),

  editMessageText(world, params) {
    const chat = world.chat(params.integer("chat_id"));
    const message = world.message(chat, params.integer("message_id"), "edit");
    const text = shownText(params);
    const markup = checkedMarkup(params.json("reply_markup"));
    linkPreview(params);
    params.finish("editMessageText");
    if (!markup.editable) throw badRequest("inline keyboard expected");
    if (message.equals(text, markup)) throw notModified();
    message.edit(text, markup);
    return message.toJson(chat.json);
  },

  editMessageReplyMarkup(world, params) {
    const chat = world.chat(params.integer("chat_id"));
    const message = world.message(chat, params.integer("message_id"), "edit");
    const markup = checkedMarkup(params.json("reply_markup"));
    params.finish("editMessageReplyMarkup");
    const text = { text: message.text, entities: message.entities };
    if (message.equals(text, markup)) throw notModified();
    message.edit(text, markup);
    return message.toJson(chat.json);
  },

  answerCallbackQuery(world, params) {
    const id = params.string("callback_query_id");
    const text = params.string("text") ?? "";
    params.boolean("show_alert");
    params.integer("cache_time");
    params.finish("answerCallbackQuery");
    if (text.length > 200) throw badRequest("MESSAGE_TOO_LONG");
    const query = world.queries.find((query) => query.id === id);
    const isLate = query !== undefined && Date.now() - query.at > world.queryLifetimeMs;
    if (query === undefined || isLate || query.toast !== undefined) throw badRequest("query is too old and response timeout expired or query ID is invalid");
    query.toast = text;
    return true;
  },

  deleteMessage(world, params) {
    const chat = world.chat(params.integer("chat_id"));
    const message = world.message(chat, params.integer("message_id"), "delete");
    params.finish("deleteMessage");
    message.isDeleted = true;
    return true;
  },

  pinChatMessage(world, params) {
    const chat = world.chat(params.integer("chat_id"));
    const message = world.message(chat, params.integer("message_id"), "pin");
    params.boolean("disable_notification");
    params.finish("pinChatMessage");
    chat.pinned = message.id;
    return true;
  },

  setMyCommands(world, params) {
    const commands = params.json("commands");
    params.json("scope");
    params.string("language_code");
    params.finish("setMyCommands");
    const isCommand = (item: unknown): boolean =>
      isDict(item) && typeof item["command"] === "string" && /^[a-z0-9_]{1,32}$/.test(item["command"]) && typeof item["description"] === "string" && item["description"].length >= 1 && item["description"].length <= 256;
    if (!Array.isArray(commands) || commands.length > 100 || !commands.every(isCommand)) throw badRequest("BOT_COMMAND_INVALID");
    world.commands = commands;
    return true;
  },

  createForumTopic(world, params) {
    const chat = world.chat(params.integer("chat_id"));
    const name = params.string("name") ?? "";
    params.finish("createForumTopic");
    if (!(chat instanceof Group)) throw badRequest("the chat is not a forum");
    chat.mayOpenTopics();
    if (name === "" || name.length > 128) throw badRequest("topic name must be 1-128 characters long");
    return { message_thread_id: world.openTopic(chat, name), name, icon_color: 7_322_096 };
  },

  closeForumTopic(world, params) {
    const chat = world.chat(params.integer("chat_id"));
    const thread = params.integer("message_thread_id");
    params.finish("closeForumTopic");
    if (!(chat instanceof Group)) throw badRequest("the chat is not a forum");
    chat.closeTopic(thread ?? 0);
    return true;
  },

  getChatMember(world, params) {
    const chat = world.chat(params.integer("chat_id"));
    const user = params.integer("user_id");
    params.finish("getChatMember");
    if (!(chat instanceof Group) || user !== world.botId) throw badRequest("user not found");
    return { user: world.bot, ...chat.botRights };
  },

  getChat(world, params) {
    const chat = world.chat(params.integer("chat_id"));
    const pinned = chat.pinned === undefined ? undefined : chat.find(chat.pinned);
    return { ...chat.json, ...(pinned === undefined ? {} : { pinned_message: pinned.toJson(chat.json) }) };
  },

  getWebhookInfo: (world) => ({ url: world.webhook, has_custom_certificate: false, pending_update_count: world.updates.unconfirmed }),

  deleteWebhook(world) {
    world.webhook = "";
    return true;
  },

  sendChatAction(world, params) {
    world.chat(params.integer("chat_id"));
    if (!["typing", "upload_photo", "upload_document"].includes(params.string("action") ?? "")) throw badRequest("wrong parameter action in request");
    return true;
  },
};

const conflict = (): Error => new ApiError(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
const notModified = (): Error => badRequest("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message");

function shownText(params: Params): FormattedText {
  refuseParseMode(params);
  return checkedText(params.string("text"), params.json("entities"));
}

/** This server does not parse markup, so nothing that relies on it can be tested here by mistake. */
function refuseParseMode(params: Params): void {
  if (params.string("parse_mode") !== undefined) throw badRequest("unsupported parse_mode");
}

function sendOptions(params: Params, chat: Chat): { isSilent: boolean; replyTo: number | undefined; thread: number | undefined } {
  const isSilent = params.boolean("disable_notification") ?? false;
  params.boolean("protect_content");
  const thread = params.integer("message_thread_id");
  if (thread !== undefined) chat.mayPostTo(thread);
  linkPreview(params);
  const reply = params.json("reply_parameters");
  if (reply === undefined) return { isSilent, replyTo: undefined, thread };
  if (!isDict(reply) || !Number.isInteger(reply["message_id"])) throw badRequest("can't parse reply parameters");
  const replyTo = Number(reply["message_id"]);
  // In topics, allow_sending_without_reply counts for nothing.
  if (thread !== undefined && chat.find(replyTo)?.thread !== thread) throw badRequest("message to be replied not found");
  return { isSilent, replyTo, thread };
}

function linkPreview(params: Params): void {
  const options = params.json("link_preview_options");
  if (options !== undefined && !isDict(options)) throw badRequest("can't parse link preview options");
}

function sendFile(world: World, params: Params, field: "document" | "photo"): Dict {
  const chat = world.chat(params.integer("chat_id"));
  const file: Upload | undefined = params.upload(field);
  const caption = params.string("caption") ?? "";
  const entities = params.json("caption_entities");
  const markup = checkedMarkup(params.json("reply_markup"));
  refuseParseMode(params);
  const common = sendOptions(params, chat);
  params.finish(field);
  if (file === undefined || file.bytes.length === 0) throw badRequest(`there is no ${field} in the request`);
  if (field === "photo") checkPhoto(file.bytes);
  if (caption.length > 1024) throw badRequest("message caption is too long");
  const text: FormattedText = caption === "" ? { text: "", entities: [] } : checkedText(caption, entities);
  return world.post(chat, { from: world.bot, text, markup, [field]: file, ...common }).toJson(chat.json);
}
