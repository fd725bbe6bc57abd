import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Telegram } from "telegraf";
import type { Clock, EpochMillis, Millis } from "../../async/clock.ts";
import { Deadline } from "../../async/deadline.ts";
import type { Keyboard } from "./keyboard.ts";
import { botIdIn } from "./recipient.ts";
import type { RichText } from "./rich-text.ts";
import { RedirectRefused, troubleFrom } from "./transport-error.ts";
import { TelegramTrouble } from "./trouble.ts";

/** A bot token: the text itself, or something that gives it away only when asked. */
export type Token = string | { reveal(): string };

/** How long answers are waited for. What Telegram may hold and what we add to it is the time for which we may be deaf: below 45 s. */
export interface Patience {
  /** How long Telegram may hold a poll open, in seconds. */
  readonly pollS: number;
  /** How much longer its answer may take until the connection counts as dead. */
  readonly graceMs: Millis;
  /** For every other call. */
  readonly callMs: Millis;
}

export const usualPatience: Patience = { pollS: 25, graceMs: 10_000, callMs: 15_000 };

/** What Telegram says of the bot. */
export interface BotCard {
  readonly id: number;
  readonly name: string;
  /** Without "@". */
  readonly username: string;
  /** Anybody may put it into a group. */
  readonly joinsGroups: boolean;
  /** In a group it gets every message. */
  readonly readsGroups: boolean;
}

/** How something is sent besides what. */
export interface Sending {
  /** The phone does not ring. */
  readonly silent?: boolean;
  /** The message that it replies to. */
  readonly replyTo?: number;
  /** The topic that it goes to; 0: none. */
  readonly thread?: number;
}

export interface PinnedText {
  readonly text: string;
  /** By Telegram's clock. */
  readonly at: EpochMillis;
  /** It once said something else. */
  readonly isEdited: boolean;
}

type Calls = Parameters<Telegram["callApi"]>;
/** A polyfill's, which differs from the platform's in types only. */
type TelegrafSignal = NonNullable<NonNullable<Calls[2]>["signal"]>;

/** The few Bot API calls we make. Each rejects with TelegramTrouble, which holds neither token nor payload. */
export class TelegramClient {
  readonly #token: Token;
  readonly #apiRoot: URL;
  readonly #clock: Clock;
  readonly #patience: Patience;
  readonly #agent: HttpAgent;
  #telegram: Promise<Telegram> | undefined;

  constructor({ token, apiRoot, clock, patience }: { token: Token; apiRoot: URL; clock: Clock; patience: Patience }) {
    this.#token = token;
    this.#apiRoot = apiRoot;
    this.#clock = clock;
    this.#patience = patience;
    // An agent's options go over a request's: so Node, under NODE_DEBUG=http or net, does not print the address, which holds the token.
    const keep = { keepAlive: true, keepAliveMsecs: 10_000, href: null, pathname: null };
    this.#agent = apiRoot.protocol === "http:" ? new HttpAgent(keep) : new HttpsAgent(keep);
  }

  get botId(): number {
    return botIdIn(this.#secret);
  }

  /**
   * Waits for updates.
   *
   * @param offset confirms the updates before it; undefined: confirms none
   * @returns updates as they came, unchecked
   */
  async updates(offset: number | undefined, signal: AbortSignal): Promise<unknown> {
    const { pollS: timeout, graceMs } = this.#patience;
    return await this.#call("getUpdates", { timeout, allowed_updates: ["message", "callback_query"], ...(offset === undefined ? {} : { offset }) }, timeout * 1000 + graceMs, signal);
  }

  /**
   * Looks at the newest update without waiting. Telegram forgets all before it, as with every negative offset.
   *
   * @returns its number; undefined: nothing waits
   */
  async newestUpdate(signal: AbortSignal): Promise<number | undefined> {
    const waiting = await this.#call("getUpdates", { timeout: 0, limit: 1, offset: -1, allowed_updates: ["message", "callback_query"] }, this.#patience.callMs, signal);
    return waiting[0]?.update_id;
  }

  async me(signal: AbortSignal): Promise<BotCard> {
    const { id, first_name, username, can_join_groups, can_read_all_group_messages } = await this.#call("getMe", {}, this.#patience.callMs, signal);
    return { id, name: first_name, username, joinsGroups: can_join_groups, readsGroups: can_read_all_group_messages };
  }

  /** @returns the address that takes the bot's updates, without which nobody can poll; undefined: there is none */
  async webhook(signal: AbortSignal): Promise<string | undefined> {
    const { url } = await this.#call("getWebhookInfo", {}, this.#patience.callMs, signal);
    return url === undefined || url === "" ? undefined : url;
  }

  async removeWebhook(signal: AbortSignal): Promise<void> {
    await this.#call("deleteWebhook", {}, this.#patience.callMs, signal);
  }

  /** Whether this person has a chat with the bot, so that it may write to them. */
  async knows(userId: number, signal: AbortSignal): Promise<boolean> {
    try {
      await this.#call("getChat", { chat_id: userId }, this.#patience.callMs, signal);
      return true;
    } catch (error) {
      if (error instanceof TelegramTrouble && (error.code === 400 || error.code === 403)) return false;
      throw error;
    }
  }

  /** @returns the newest pinned message of a chat; undefined: none is pinned, or it has no text */
  async pinned(chatId: number, signal: AbortSignal): Promise<PinnedText | undefined> {
    const { pinned_message: pinned } = await this.#call("getChat", { chat_id: chatId }, this.#patience.callMs, signal);
    if (pinned === undefined || !("text" in pinned)) return undefined;
    return { text: pinned.text, at: pinned.date * 1_000, isEdited: pinned.edit_date !== undefined };
  }

  /** What a group allows the bot. @returns undefined: the bot is not in it */
  async group(chatId: number, signal: AbortSignal): Promise<{ readonly isForum: boolean; readonly managesTopics: boolean } | undefined> {
    if (!(await this.knows(chatId, signal))) return undefined;
    const chat = await this.#call("getChat", { chat_id: chatId }, this.#patience.callMs, signal);
    const member = await this.#call("getChatMember", { chat_id: chatId, user_id: this.botId }, this.#patience.callMs, signal);
    return { isForum: "is_forum" in chat, managesTopics: member.status === "administrator" && member.can_manage_topics === true };
  }

  /** @returns the id of the new message */
  async sendMessage(chatId: number, text: RichText, extra: Sending & { keyboard?: Keyboard }, signal: AbortSignal): Promise<number> {
    const sent = await this.#call("sendMessage", {
      chat_id: chatId,
      ...shown(text),
      ...(extra.keyboard === undefined ? {} : { reply_markup: extra.keyboard }),
      ...options(extra),
    }, this.#patience.callMs, signal);
    return sent.message_id;
  }

  async sendDocument(chatId: number, file: { name: string; content: string | Uint8Array }, extra: Sending, signal: AbortSignal): Promise<number> {
    const document = { source: Buffer.from(file.content), filename: file.name };
    return (await this.#call("sendDocument", { chat_id: chatId, document, ...options(extra) }, this.#patience.callMs * 2, signal)).message_id;
  }

  /** @param picture PNG */
  async sendPhoto(chatId: number, picture: Uint8Array, extra: Sending, signal: AbortSignal): Promise<number> {
    const photo = { source: Buffer.from(picture), filename: "screen.png" };
    return (await this.#call("sendPhoto", { chat_id: chatId, photo, ...options(extra) }, this.#patience.callMs * 2, signal)).message_id;
  }

  /** What Telegram's menu offers: in one chat, or, undefined, in all private ones. */
  async setCommands(commands: ReadonlyArray<{ readonly command: string; readonly description: string }>, chatId: number | undefined, signal: AbortSignal): Promise<void> {
    const scope = chatId === undefined ? ({ type: "all_private_chats" } as const) : ({ type: "chat", chat_id: chatId } as const);
    await this.#call("setMyCommands", { commands: [...commands], scope }, this.#patience.callMs, signal);
  }

  /** @returns the number of the message with which the new topic begins */
  async openTopic(chatId: number, name: string, signal: AbortSignal): Promise<number> {
    return (await this.#call("createForumTopic", { chat_id: chatId, name }, this.#patience.callMs, signal)).message_thread_id;
  }

  async closeTopic(chatId: number, thread: number, signal: AbortSignal): Promise<void> {
    await this.#call("closeForumTopic", { chat_id: chatId, message_thread_id: thread }, this.#patience.callMs, signal);
  }

  /** Replaces a message's text and its buttons, by none if none are given. */
  async editMessage(chatId: number, messageId: number, text: RichText, signal: AbortSignal, keyboard?: Keyboard): Promise<void> {
    await this.#call("editMessageText", { chat_id: chatId, message_id: messageId, ...shown(text), ...(keyboard === undefined ? {} : { reply_markup: keyboard }) }, this.#patience.callMs, signal);
  }

  async pinMessage(chatId: number, messageId: number, signal: AbortSignal): Promise<void> {
    await this.#call("pinChatMessage", { chat_id: chatId, message_id: messageId, disable_notification: true }, this.#patience.callMs, signal);
  }

  async removeButtons(chatId: number, messageId: number, signal: AbortSignal): Promise<void> {
    await this.#call("editMessageReplyMarkup", { chat_id: chatId, message_id: messageId }, this.#patience.callMs, signal);
  }

  /** Telegram deletes messages that are younger than two days, in private chats also those that the person wrote. */
  async deleteMessage(chatId: number, messageId: number, signal: AbortSignal): Promise<void> {
    await this.#call("deleteMessage", { chat_id: chatId, message_id: messageId }, this.#patience.callMs, signal);
  }

  async answerTap(queryId: string, toast: string, signal: AbortSignal): Promise<void> {
    await this.#call("answerCallbackQuery", { callback_query_id: queryId, text: toast }, this.#patience.callMs, signal);
  }

  /** Drops idle connections, which may be dead after the machine has slept. */
  dropConnections(): void {
    this.#agent.destroy();
  }

  get #secret(): string {
    return typeof this.#token === "string" ? this.#token : this.#token.reveal();
  }

  async #call<M extends Calls[0]>(method: M, payload: Parameters<typeof Telegram.prototype.callApi<M>>[1], deadlineMs: Millis, signal: AbortSignal) {
    using deadline = new Deadline(deadlineMs, this.#clock, signal);
    try {
      const telegram = await (this.#telegram ??= this.#open());
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the platform's signal works; only the types quarrel
      return await telegram.callApi(method, payload, { signal: deadline.signal as unknown as TelegrafSignal });
    } catch (error) {
      throw troubleFrom(method, error, (text) => text.replaceAll(this.#secret, "[token]"));
    }
  }

  /** telegraf takes 40 ms to load, so it is loaded with the first call. */
  async #open(): Promise<Telegram> {
    const { Telegram } = await import("telegraf");
    const telegram = new Telegram(this.#secret, { apiRoot: this.#apiRoot.href });
    const home = new URL(`./bot${this.#secret}/`, this.#apiRoot).href;
    // node-fetch follows redirects, and asks for an agent at every hop: the place to refuse them.
    const agent = ({ href }: { href: string }): HttpAgent => {
      if (!href.startsWith(home)) throw new RedirectRefused("not the api_root");
      return this.#agent;
    };
    Object.assign(telegram.options, { agent });
    return telegram;
  }
}

function options({ silent, replyTo, thread = 0 }: Sending) {
  return {
    ...(thread === 0 ? {} : { message_thread_id: thread }),
    ...(silent === true ? { disable_notification: true } : {}),
    ...(replyTo === undefined ? {} : { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }),
  };
}

/** Link previews would make Telegram fetch addresses that stand in the terminal's text. */
function shown({ text, entities }: RichText) {
  return { text, entities: [...entities], link_preview_options: { is_disabled: true } };
}
