import { telegramChannel, type TelegramOptions } from "../../../src/channel/telegram/telegram.ts";
import type { Channel } from "../../../src/channel/channel.ts";
import { startBotApi, type BotApiOptions, type BotApiServer } from "../../botapi/server.ts";
import type { Tap, User } from "../../botapi/user.ts";
import type { Shown, Stage } from "../channel.contract.ts";

/** A channel on a Bot API of its own, and Ada's phone. */
export class TelegramStage implements Stage {
  readonly api: BotApiServer;
  readonly ada: User;
  readonly channel: Channel;

  constructor(api: BotApiServer, options: Partial<TelegramOptions>) {
    this.api = api;
    this.ada = api.user(42, { first_name: "Ada" });
    this.channel = telegramChannel({ token: api.token, allowedUsers: [42], apiRoot: api.url, offsets: offsetsInMemory(), random: () => 0, ...options });
  }

  async sees(fits: (shown: Shown) => boolean): Promise<Shown> {
    return await this.api.until("prompt that looks as expected", () => {
      const message = this.ada.inbox.at(-1);
      if (message === undefined) return undefined;
      const shown = { text: message.text, labels: message.buttons.map((button) => button.text) };
      return fits(shown) ? shown : undefined;
    });
  }

  async taps(label: string): Promise<{ told(): Promise<string> }> {
    const tap: Tap = await this.ada.taps(label);
    return { told: () => tap.toast() };
  }

  async writes(text: string): Promise<{ told(): Promise<string> }> {
    const before = this.ada.inbox.length;
    this.ada.replies(text);
    return { told: async () => (await this.api.until("word about a reply", () => this.ada.inbox[before])).text };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.api[Symbol.asyncDispose]();
  }
}

export async function openStage(options: Partial<TelegramOptions> = {}, botApi: BotApiOptions = {}): Promise<TelegramStage> {
  return new TelegramStage(await startBotApi(botApi), options);
}

export function offsetsInMemory(next?: number): { get(): number | undefined; set(offset: number): void } {
  let kept = next;
  return { get: () => kept, set: (offset) => void (kept = offset) };
}
