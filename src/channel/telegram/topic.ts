import type { TelegramClient } from "./client.ts";
import { TelegramTrouble } from "./trouble.ts";

/** Where a session's messages go in a chat. */
export interface Place {
  /** Lets `send` put something there. @returns what it gave, and the topic in which it stands; 0: in none */
  put<T>(send: (thread: number) => Promise<T>, signal: AbortSignal): Promise<{ readonly sent: T; readonly thread: number }>;
}

/** In a topic that somebody else opened, or, 0, in none. */
export function fixedPlace(thread: number): Place {
  return { put: async (send) => ({ sent: await send(thread), thread }) };
}

export interface TopicParts {
  readonly client: TelegramClient;
  /** The group's number, which is negative. */
  readonly chat: number;
  /** At most 128 UTF-16 units. */
  readonly name: string;
  /** Told of each topic that was opened, before anything is sent to it. */
  readonly onOpened: (thread: number) => Promise<void>;
  /** Told once why there can be none; what is sent then stands in the group, among everything else. */
  readonly onRefused: (message: string) => void;
}

/** One session's topic in a group: opened with the first message, anew when somebody has deleted or closed it, closed at the end. */
export class Topic implements Place {
  readonly #parts: TopicParts;
  #opening: Promise<number> | undefined;
  #isRefused = false;

  constructor(parts: TopicParts) {
    this.#parts = parts;
  }

  async put<T>(send: (thread: number) => Promise<T>, signal: AbortSignal): Promise<{ readonly sent: T; readonly thread: number }> {
    const opening = (this.#opening ??= this.#open(signal));
    try {
      const thread = await opening;
      return { sent: await send(thread), thread };
    } catch (error) {
      if (!(error instanceof TelegramTrouble) || !isGone(error)) throw error;
      if (this.#opening === opening) this.#opening = undefined;
    }
    const thread = await (this.#opening ??= this.#open(signal));
    return { sent: await send(thread), thread };
  }

  /** Nothing more is sent. A topic that cannot be closed is as good. */
  async close(signal: AbortSignal): Promise<void> {
    const thread = await this.#opening?.catch(() => 0);
    if (thread !== undefined && thread !== 0) await this.#parts.client.closeTopic(this.#parts.chat, thread, signal).catch(() => undefined);
  }

  /** 0: Telegram refuses one. Rejects when it may be had later. */
  async #open(signal: AbortSignal): Promise<number> {
    const { client, chat, name, onOpened, onRefused } = this.#parts;
    if (this.#isRefused) return 0;
    try {
      const thread = await client.openTopic(chat, name, signal);
      await onOpened(thread);
      return thread;
    } catch (error) {
      if (!(error instanceof TelegramTrouble) || error.code !== 400) {
        this.#opening = undefined;
        throw error;
      }
      this.#isRefused = true;
      onRefused(error.message);
      return 0;
    }
  }
}

/** Deleted, or closed by somebody whose topics the bot may not write to. */
function isGone({ code, message }: TelegramTrouble): boolean {
  return code === 400 && /message thread not found|TOPIC_DELETED|TOPIC_CLOSED/.test(message);
}
