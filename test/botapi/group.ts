import { badRequest } from "./api-error.ts";
import { Chat } from "./chat.ts";
import type { Dict } from "./params.ts";

export interface GroupOptions {
  readonly title?: string;
  readonly isForum?: boolean;
  /** What its administrators allow the bot. */
  readonly canManageTopics?: boolean;
}

interface Topic {
  readonly name: string;
  isClosed: boolean;
  isDeleted: boolean;
}

/** A supergroup that the bot is in. */
export class Group extends Chat {
  readonly #title: string;
  readonly #isForum: boolean;
  readonly #canManageTopics: boolean;
  /** By the number of the message that opened it. */
  readonly topics = new Map<number, Topic>();

  constructor(id: number, { title = "agents", isForum = true, canManageTopics = true }: GroupOptions) {
    super({ id, first_name: title });
    this.#title = title;
    this.#isForum = isForum;
    this.#canManageTopics = canManageTopics;
  }

  override get json(): Dict {
    return { id: this.person.id, type: "supergroup", title: this.#title, ...(this.#isForum ? { is_forum: true } : {}) };
  }

  get botRights(): Dict {
    return this.#canManageTopics ? { status: "administrator", can_manage_topics: true } : { status: "member" };
  }

  openTopic(thread: number, name: string): void {
    this.topics.set(thread, { name, isClosed: false, isDeleted: false });
  }

  closeTopic(thread: number): void {
    if (!this.#canManageTopics) throw badRequest("not enough rights to close the topic");
    const topic = this.topics.get(thread);
    if (topic === undefined || topic.isDeleted) throw badRequest("TOPIC_ID_INVALID");
    if (topic.isClosed) throw badRequest("TOPIC_NOT_MODIFIED");
    topic.isClosed = true;
  }

  /** Somebody takes it away, with all that stands in it. */
  deleteTopic(thread: number): void {
    const topic = this.topics.get(thread);
    if (topic !== undefined) topic.isDeleted = true;
    for (const message of this.messages) if (message.thread === thread) message.isDeleted = true;
  }

  /** Refuses to open a topic as Telegram does. */
  mayOpenTopics(): void {
    if (!this.#isForum) throw badRequest("the chat is not a forum");
    if (!this.#canManageTopics) throw badRequest("not enough rights to create a topic");
  }

  override mayPostTo(thread: number): void {
    const topic = this.topics.get(thread);
    if (topic === undefined || topic.isDeleted) throw badRequest("message thread not found");
    if (topic.isClosed && !this.#canManageTopics) throw badRequest("TOPIC_CLOSED");
  }
}
