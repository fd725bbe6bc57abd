import type { Button } from "./markup.ts";
import type { Chat, Message, Person } from "./chat.ts";
import type { Group } from "./group.ts";
import type { Dict } from "./params.ts";
import type { World } from "./world.ts";

/** A button that was tapped, and the words that came back. */
export interface Tap {
  readonly queryId: string;
  readonly updateId: number;
  /** What the bot showed; "" when it only ended the spinner. Rejects when nothing comes. */
  toast(): Promise<string>;
}

/** A person at the phone, whose doings become updates for the bot. */
export class User {
  readonly #world: World;
  readonly person: Person;
  readonly chat: Chat;

  /** @param chat where this person is heard and reads: the private chat with the bot, or a group */
  constructor(world: World, person: Person, chat: Chat = world.chatWith(person)) {
    this.#world = world;
    this.person = person;
    this.chat = chat;
  }

  /** The same person in a group. */
  in(group: Group): User {
    return new User(this.#world, this.person, group);
  }

  get #from(): Dict {
    return { ...this.person, is_bot: false, language_code: "en" };
  }

  /** The bot's messages in this chat, oldest first. */
  get inbox(): Message[] {
    return this.chat.messages.filter((message) => message.isFromBot && !message.isDeleted);
  }

  /** Taps the newest button with this label that the chat shows, waiting for one to appear. */
  async taps(label: string): Promise<Tap> {
    const found = await this.#world.journal.until(`button "${label}" for ${this.person.first_name}`, () => {
      const message = this.inbox.findLast((message) => message.buttons.some((button) => button.text === label));
      const button = message?.buttons.find((button) => button.text === label);
      return message === undefined || button === undefined ? undefined : { message, button };
    });
    return this.presses(found.button, found.message);
  }

  /** Taps a button that the chat may no longer show, or never did: a second phone, an old client, a forged one. */
  presses(button: Pick<Button, "data">, message: Message): Tap {
    const query = this.#world.openQuery(this.chat.person.id);
    const updateId = this.#world.updates.put({
      callback_query: { id: query.id, from: this.#from, message: message.toJson(this.chat.json), chat_instance: "-1", data: button.data },
    });
    const { journal } = this.#world;
    return { queryId: query.id, updateId, toast: () => journal.until(`answer to ${this.person.first_name}'s tap`, () => query.toast) };
  }

  /** Replies to a message of the bot, by default its newest. */
  replies(text: string, { to }: { to?: Message } = {}): number {
    const target = to ?? this.inbox.at(-1);
    if (target === undefined) throw new RangeError("the bot has sent nothing that could be replied to");
    return this.#says(text, target);
  }

  /**
   * Whoever writes into a topic of a group replies, for Telegram, to the message that opened it.
   * @param afterS how much later Telegram dates it: people take a while to read
   */
  says(text: string, { thread, afterS = 0 }: { thread?: number; afterS?: number } = {}): number {
    return this.#says(text, undefined, { thread, afterS });
  }

  #says(text: string, target: Message | undefined, { thread = target?.thread, afterS = 0 }: { thread?: number | undefined; afterS?: number } = {}): number {
    const message = this.#world.post(this.chat, { from: this.#from, text: { text, entities: [] }, replyTo: target?.id, thread, date: Math.floor(Date.now() / 1000) + afterS });
    const opening = thread === undefined ? {} : { reply_to_message: { message_id: thread, from: this.#world.bot, chat: this.chat.json, date: message.date, message_thread_id: thread, is_topic_message: true, forum_topic_created: { name: "topic", icon_color: 7_322_096 } } };
    const reply = target === undefined ? opening : { reply_to_message: target.toJson(this.chat.json) };
    return this.#world.updates.put({ message: { ...message.toJson(this.chat.json), ...reply } });
  }

  /** Queues an update of any shape; gives its id. */
  sends(update: Dict): number {
    return this.#world.updates.put(update);
  }

  blocks(): void {
    this.chat.isBlocked = true;
  }
}
