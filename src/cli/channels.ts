import { randomBytes } from "node:crypto";
import { systemClock } from "../async/clock.ts";
import type { Channel } from "../channel/channel.ts";
import type { AuditEvent } from "../prompt/event.ts";
import type { SessionId } from "../prompt/prompt.ts";
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

export type ChannelName = "telegram" | "page" | "none";

/** Where the prompts of a run go. */
export type Way = { readonly is: "none" } | { readonly is: "page"; readonly port: number } | { readonly is: "telegram"; readonly telegram: TelegramConfig };

/**
 * The way that was asked for; of itself Telegram if it is configured, else the page.
 * @throws Failure when Telegram was asked for, but is not configured
 */
export function wayFor(wanted: ChannelName | undefined, { telegram, pagePort }: Config): Way {
  switch (wanted ?? (telegram ? "telegram" : "page")) {
    case "none":
      return { is: "none" };
    case "page":
      return { is: "page", port: pagePort };
    case "telegram":
      if (telegram) return { is: "telegram", telegram };
      throw new Failure("Telegram is not configured", 'run "aegis setup", or leave "--channel" out to use the page');
  }
}

export interface ChannelParts {
  readonly sessionId: SessionId;
  readonly config: Config;
  readonly store: Store;
  readonly report: RunReport;
}

/** @throws Failure when the channel can't be opened */
export async function openChannels(way: Way, parts: ChannelParts): Promise<OpenChannels> {
  switch (way.is) {
    case "none":
      return { channels: [], where: "prompts stay at the terminal", [Symbol.asyncDispose]: async () => undefined };
    case "page":
      return await openPage(way.port);
    case "telegram":
      return await openTelegram(way.telegram, parts);
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

async function openTelegram(telegram: TelegramConfig, { sessionId, store, report }: ChannelParts): Promise<OpenChannels> {
  const { telegramChannel } = await import("../channel/telegram/telegram.ts");
  const attest = (type: string, data: AuditEvent["data"]): void => {
    const event = { type, at: systemClock.wall(), sessionId, data };
    store.record(event).catch((error: unknown) => report.log("warn", `${type} not in the log: ${error instanceof Error ? error.message : String(error)}`));
  };
  // Each bot counts its updates by itself.
  const bot = `telegram:${telegram.token.reveal().split(":")[0]}`;
  const channel = telegramChannel({
    token: telegram.token.reveal(),
    allowedUsers: telegram.allowedUsers,
    apiRoot: telegram.apiRoot,
    clock: systemClock,
    offsets: { get: () => store.offset(bot), set: (offset) => store.setOffset(bot, offset) },
    onState: (state) => {
      tellState(state, report);
      attest(`telegram.${state.is}`, { message: state.message });
    },
    onStranger: ({ count, ids }) => attest("auth.rejected", { count, ids }),
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
