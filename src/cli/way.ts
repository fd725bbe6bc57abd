import type { Bell } from "../async/bell.ts";
import type { Channel } from "../channel/channel.ts";
import type { FindSecrets } from "../channel/drawing/cover.ts";
import type { Picture } from "../detector/picture.ts";
import type { SessionCard, SessionId } from "../prompt/prompt.ts";
import type { Store } from "../store/store.ts";
import type { Config, TelegramConfig } from "./config.ts";
import { Failure } from "./failure.ts";
import type { RunReport } from "./log-file.ts";

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
  readonly session: SessionCard;
  readonly config: Config;
  readonly store: Store;
  readonly report: RunReport;
}

/** A way as far as it must be open before the child starts: its words, and, once there is a store, its channels. */
export interface OpenWay extends AsyncDisposable {
  readonly where: string;
  channels(parts: ChannelParts): Promise<readonly Channel[]>;
  /** Shows people the session while it runs; undefined: this way has nothing to look at. */
  readonly watch?: (sight: Sight, signal: AbortSignal) => Promise<void>;
}

/** What can be seen of a running session. */
export interface Sight {
  readonly sessionId: SessionId;
  readonly store: Store;
  /** Rings after every look at the screen. */
  readonly looked: Bell;
  picture(): Promise<Picture>;
  /** Finds what nobody must see of it. */
  readonly secrets: FindSecrets;
}

const nothingToClose = async (): Promise<void> => undefined;

/** @returns a Failure when the way can't be opened */
export async function openWay(way: Way): Promise<OpenWay | Failure> {
  switch (way.is) {
    case "none":
      return { where: "prompts stay at the terminal", channels: async () => [], [Symbol.asyncDispose]: nothingToClose };
    case "page":
      return await (await import("./page.ts")).openPage(way.port);
    case "telegram":
      return { where: `prompts go to Telegram, ${peopleOf(way.telegram)}`, channels: (parts) => telegramOf(way.telegram, parts), [Symbol.asyncDispose]: nothingToClose };
  }
}

async function telegramOf(telegram: TelegramConfig, parts: ChannelParts): Promise<readonly Channel[]> {
  const { openTelegram } = await import("./telegram.ts");
  return [openTelegram(telegram, parts)];
}

function peopleOf({ allowedUsers, group }: TelegramConfig): string {
  if (group !== undefined) return `group ${group}`;
  return allowedUsers.length === 1 ? `user ${allowedUsers[0]}` : `${allowedUsers.length} users`;
}
