import { ApiError, badRequest } from "./api-error.ts";
import { Chat, Message, type Person } from "./chat.ts";
import type { Fault } from "./fault.ts";
import { Faults } from "./fault.ts";
import { Group, type GroupOptions } from "./group.ts";
import { Journal } from "./journal.ts";
import type { Dict } from "./params.ts";
import { PollQueue } from "./poll-queue.ts";
import { Traps } from "./trap.ts";

/** A tap that waits for its answer. */
export interface CallbackQuery {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly chatId: number;
  /** What the bot said to it; undefined: nothing yet. "" is an answer that only ends the spinner. */
  toast: string | undefined;
}

/** Everything the server knows: the bot, its chats, what is queued for it, and what it did. */
export class World {
  readonly token: string;
  readonly bot: Dict;
  readonly updates: PollQueue;
  readonly journal = new Journal();
  readonly faults = new Faults();
  readonly traps = new Traps();
  readonly chats = new Map<number, Chat>();
  readonly queries: CallbackQuery[] = [];
  readonly queryLifetimeMs: number;
  webhook = "";
  commands: unknown = [];
  #nextMessage = 100;
  #nextQuery = 7_000_000_000n;

  constructor(given: { token: string; botName: string; firstUpdateId: number; queryLifetimeMs: number }) {
    this.token = given.token;
    this.bot = { id: this.botId, is_bot: true, first_name: given.botName, username: `${given.botName}_bot` };
    this.updates = new PollQueue(given.firstUpdateId);
    this.queryLifetimeMs = given.queryLifetimeMs;
  }

  get botId(): number {
    return Number(this.token.split(":")[0]);
  }

  /** The chat with a person, which exists once the person has pressed Start. */
  chatWith(person: Person): Chat {
    const chat = this.chats.get(person.id) ?? new Chat(person);
    this.chats.set(person.id, chat);
    return chat;
  }

  chat(id: number | undefined): Chat {
    const chat = id === undefined ? undefined : this.chats.get(id);
    if (chat === undefined) throw badRequest(id === undefined ? "chat_id is empty" : "chat not found");
    if (chat.isBlocked) throw new ApiError(403, "Forbidden: bot was blocked by the user");
    return chat;
  }

  message(chat: Chat, id: number | undefined, verb: string): Message {
    const message = id === undefined ? undefined : chat.find(id);
    if (message === undefined) throw badRequest(id === undefined ? "message identifier is not specified" : `message to ${verb} not found`);
    if (verb === "edit" && (!message.isFromBot || !message.markup.editable)) throw badRequest("message can't be edited");
    return message;
  }

  post(chat: Chat, given: Omit<ConstructorParameters<typeof Message>[0], "id" | "chatId">): Message {
    const message = new Message({ ...given, id: this.#nextMessage++, chatId: chat.person.id });
    chat.messages.push(message);
    return message;
  }

  group(id: number, options: GroupOptions): Group {
    const known = this.chats.get(id);
    if (known instanceof Group) return known;
    const group = new Group(id, options);
    this.chats.set(id, group);
    return group;
  }

  /** The number of the message that opens it. */
  openTopic(group: Group, name: string): number {
    const thread = this.#nextMessage++;
    group.openTopic(thread, name);
    return thread;
  }

  openQuery(chatId: number): CallbackQuery {
    const query: CallbackQuery = { id: String(this.#nextQuery++), at: Date.now(), chatId, toast: undefined };
    this.queries.push(query);
    return query;
  }

  fault(method: string): Fault | undefined {
    return this.faults.next(method);
  }
}
