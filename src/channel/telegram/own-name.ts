import type { TelegramClient } from "./client.ts";

/** The bot's name, by which people of a group say which bot a command is for. */
export class OwnName {
  readonly #client: TelegramClient;
  #username: string | undefined;

  constructor(client: TelegramClient) {
    this.#client = client;
  }

  /** Whether a command is for this bot, or for no bot in particular. While Telegram does not say the name, only the latter is certain. */
  async isMeant({ text, chatId }: { readonly text: string; readonly chatId: number }, signal: AbortSignal): Promise<boolean> {
    const named = /^\/\w+@(\w+)/.exec(text.trim())?.[1];
    if (named === undefined || chatId > 0) return true;
    this.#username ??= await this.#client.me(signal).then(
      ({ username }) => username,
      () => undefined,
    );
    return named.toLowerCase() === this.#username?.toLowerCase();
  }
}
