import { randomBytes } from "node:crypto";
import { systemClock } from "../async/clock.ts";
import type { Channel } from "../channel/channel.ts";
import type { Store } from "../store/store.ts";
import type { Config, TelegramConfig } from "./config.ts";
import type { TelegramState } from "../channel/telegram/health.ts";
import { Failure } from "./failure.ts";
import type { RunReport } from "./log-file.ts";
import { version } from "./package.ts";

/** The channels of one run, and the words that say where prompts go. */
export interface OpenChannels extends AsyncDisposable {
  readonly channels: readonly Channel[];
  readonly where: string;
}

/**
 * Opens the channel that was asked for; of itself Telegram if it is configured, else the page.
 * @throws Failure when it can't be opened
 */
export async function openChannels(wanted: "telegram" | "page" | "none" | undefined, config: Config, store: Store, report: RunReport): Promise<OpenChannels> {
  const name = wanted ?? (config.telegram ? "telegram" : "page");
  switch (name) {
    case "none":
      return { channels: [], where: "prompts stay at the terminal", [Symbol.asyncDispose]: async () => undefined };
    case "page":
      return await openPage(config.pagePort);
    case "telegram":
      if (!config.telegram) throw new Failure("Telegram is not configured", 'put bot_token and allowed_users under [telegram] in config.toml, or leave "--channel" out to use the page');
      return await openTelegram(config.telegram, store, report);
  }
}

async function openPage(port: number): Promise<OpenChannels> {
  const { pageChannel } = await import("../channel/page/page-channel.ts");
  try {
    const page = await pageChannel({ port, clock: systemClock, random: randomBytes, version: version() });
    return { channels: [page], where: `prompts go to ${page.url}`, [Symbol.asyncDispose]: () => page[Symbol.asyncDispose]() };
  } catch (error) {
    throw new Failure(`the page cannot be served: ${error instanceof Error ? error.message : String(error)}`, "set another page.port in config.toml; 0 is any free one", { cause: error });
  }
}

async function openTelegram(telegram: TelegramConfig, store: Store, report: RunReport): Promise<OpenChannels> {
  const { telegramChannel } = await import("../channel/telegram/telegram.ts");
  // Each bot counts its updates by itself.
  const bot = `telegram:${telegram.token.reveal().split(":")[0]}`;
  const channel = telegramChannel({
    token: telegram.token.reveal(),
    allowedUsers: telegram.allowedUsers,
    apiRoot: telegram.apiRoot,
    clock: systemClock,
    offsets: { get: () => store.offset(bot), set: (offset) => store.setOffset(bot, offset) },
    onState: (state) => tellState(state, report),
  });
  const people = telegram.allowedUsers.length === 1 ? `user ${telegram.allowedUsers[0]}` : `${telegram.allowedUsers.length} users`;
  return { channels: [channel], where: `prompts go to Telegram, ${people}`, [Symbol.asyncDispose]: async () => undefined };
}

/** What the person learns of Telegram after the run: of a cut connection only if it was still cut then. */
function tellState({ is, message }: TelegramState, report: RunReport): void {
  report.log(is === "ok" ? "info" : "warn", `Telegram: ${message}`);
  switch (is) {
    case "ok":
      return report.recovered("telegram");
    case "degraded":
      return report.failing("telegram", new Failure(`Telegram could not be reached: ${message}`, "prompts waited at the terminal; check the network, and telegram.api_root if you set it"));
    case "conflict":
      return report.trouble(`another program is polling this bot (${message})`, 'answers may have gone there; "aegis status" shows the sessions of this machine');
    case "refused":
      return report.trouble(`Telegram refused the bot token (${message})`, "put the token that @BotFather shows into telegram.bot_token");
  }
}
