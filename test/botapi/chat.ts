import { badRequest } from "./api-error.ts";
import { type Button, type Markup, noMarkup } from "./markup.ts";
import type { Dict } from "./params.ts";
import { type Entity, type FormattedText, autoLinks } from "./text.ts";

export interface Person {
  readonly id: number;
  readonly first_name: string;
  readonly username?: string;
}

export interface Attachment {
  readonly fileName: string;
  readonly bytes: Buffer;
}

/** A message as the chat now shows it. */
export class Message {
  readonly id: number;
  readonly chatId: number;
  readonly from: Dict;
  /** Seconds since 1970. */
  readonly date: number;
  readonly replyTo: number | undefined;
  /** The topic of the group in which it stands; undefined: in none. */
  readonly thread: number | undefined;
  readonly isSilent: boolean;
  readonly document: Attachment | undefined;
  readonly photo: Attachment | undefined;
  #versions: { text: FormattedText; markup: Markup }[];
  isDeleted = false;

  constructor(given: {
    id: number; chatId: number; from: Dict; text: FormattedText; markup?: Markup; replyTo?: number | undefined; thread?: number | undefined;
    date?: number | undefined; isSilent?: boolean; document?: Attachment | undefined; photo?: Attachment | undefined;
  }) {
    this.id = given.id;
    this.chatId = given.chatId;
    this.from = given.from;
    this.date = given.date ?? Math.floor(Date.now() / 1000);
    this.replyTo = given.replyTo;
    this.thread = given.thread;
    this.isSilent = given.isSilent ?? false;
    this.document = given.document;
    this.photo = given.photo;
    this.#versions = [{ text: given.text, markup: given.markup ?? noMarkup }];
  }

  get #now(): { text: FormattedText; markup: Markup } {
    const version = this.#versions.at(-1);
    if (version === undefined) throw new RangeError("a message without a version");
    return version;
  }

  get text(): string {
    return this.#now.text.text;
  }

  get entities(): readonly Entity[] {
    return this.#now.text.entities;
  }

  get markup(): Markup {
    return this.#now.markup;
  }

  get buttons(): readonly Button[] {
    return this.#now.markup.buttons;
  }

  /** The button that it bears with this label, or one that fits. @throws RangeError when there is none */
  button(label: string | RegExp): Button {
    const found = this.buttons.find(({ text }) => (typeof label === "string" ? text === label : label.test(text)));
    if (found === undefined) throw new RangeError(`no button ${label} among ${this.buttons.map(({ text }) => text).join(", ")}`);
    return found;
  }

  /** The buttons that it was sent with. */
  get firstButtons(): readonly Button[] {
    return this.#versions[0]?.markup.buttons ?? [];
  }

  /** Text that Telegram would make a link, mention, hashtag or command of by itself. */
  get links(): string[] {
    return autoLinks(this.#now.text);
  }

  get isFromBot(): boolean {
    return this.from["is_bot"] === true;
  }

  /** How often it was edited. */
  get edits(): number {
    return this.#versions.length - 1;
  }

  /** The text of the pieces that carry an entity of this type. */
  within(type: string): string[] {
    return this.entities.filter((entity) => entity.type === type).map((entity) => this.text.slice(entity.offset, entity.offset + entity.length));
  }

  edit(text: FormattedText, markup: Markup): void {
    this.#versions.push({ text, markup });
  }

  /** Whether an edit would change nothing; Telegram refuses those. */
  equals(text: FormattedText, markup: Markup): boolean {
    return JSON.stringify(this.#now) === JSON.stringify({ text, markup });
  }

  /** As Telegram's Message object. */
  toJson(chat: Dict): Dict {
    const caption = this.document !== undefined || this.photo !== undefined;
    return {
      message_id: this.id,
      from: this.from,
      chat,
      date: this.date,
      ...(this.thread === undefined ? {} : { message_thread_id: this.thread, is_topic_message: true }),
      ...(this.edits > 0 ? { edit_date: Math.floor(Date.now() / 1000) } : {}),
      ...(caption ? { caption: this.text } : { text: this.text }),
      ...(this.entities.length > 0 ? { [caption ? "caption_entities" : "entities"]: this.entities } : {}),
      ...(this.document === undefined ? {} : { document: { file_id: `file${this.id}`, file_unique_id: `u${this.id}`, file_name: this.document.fileName, file_size: this.document.bytes.length } }),
      ...(this.buttons.length > 0 ? { reply_markup: { inline_keyboard: this.buttons.map(({ text, data }) => [{ text, callback_data: data }]) } } : {}),
    };
  }
}

/** A private chat between the bot and one person. */
export class Chat {
  readonly person: Person;
  readonly messages: Message[] = [];
  /** The person has blocked the bot: sends to it get a 403. */
  isBlocked = false;
  pinned: number | undefined;

  constructor(person: Person) {
    this.person = person;
  }

  get json(): Dict {
    return { ...this.person, type: "private" };
  }

  /** Refuses a topic that there is not. Only groups have any here. */
  mayPostTo(_thread: number): void {
    throw badRequest("message thread not found");
  }

  find(id: number): Message | undefined {
    return this.messages.find((message) => message.id === id && !message.isDeleted);
  }
}
