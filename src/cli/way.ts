import { randomBytes } from "node:crypto";
import { messageOf } from "../async/message-of.ts";
import type { Bell } from "../async/bell.ts";
import { systemClock } from "../async/clock.ts";
import type { PageChannel } from "../channel/page/page-channel.ts";
import { labelOf } from "../channel/page/prompt-view.ts";
import type { SessionLine } from "../channel/page/wire.ts";
import type { Channel } from "../channel/channel.ts";
import type { Picture } from "../detector/picture.ts";
import type { SessionId } from "../prompt/prompt.ts";
import type { SessionRow, Store } from "../store/store.ts";
import type { Config, TelegramConfig } from "./config.ts";
import { Failure } from "./failure.ts";
import type { RunReport } from "./log-file.ts";
import { version } from "./package.ts";

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
}

/** Of the page's list of sessions. */
const shownSessions = 20;

const nothingToClose = async (): Promise<void> => undefined;

/** @returns a Failure when the way can't be opened */
export async function openWay(way: Way): Promise<OpenWay | Failure> {
  switch (way.is) {
    case "none":
      return { where: "prompts stay at the terminal", channels: async () => [], [Symbol.asyncDispose]: nothingToClose };
    case "page":
      return await openPage(way.port);
    case "telegram":
      return { where: `prompts go to Telegram, ${peopleOf(way.telegram)}`, channels: (parts) => telegramOf(way.telegram, parts), [Symbol.asyncDispose]: nothingToClose };
  }
}

async function openPage(port: number): Promise<OpenWay | Failure> {
  const { pageChannel } = await import("../channel/page/page-channel.ts");
  try {
    const page = await pageChannel({ port, clock: systemClock, random: randomBytes, version: version() });
    return { where: `prompts go to ${page.url}`, channels: async () => [page], watch: (sight, signal) => showOn(page, sight, signal), [Symbol.asyncDispose]: () => page[Symbol.asyncDispose]() };
  } catch (error) {
    return new Failure(`the page cannot be served: ${messageOf(error)}`, "set another page.port in config.toml; 0 is any free one", { cause: error });
  }
}

/** Shows the screen and the sessions on the page, as they change. */
async function showOn(page: PageChannel, sight: Sight, signal: AbortSignal): Promise<void> {
  const { sessionId, store, looked } = sight;
  while (!signal.aborted) {
    await page.watched(signal);
    page.screen(await sight.picture());
    page.sessions(store.sessions({ last: shownSessions }).map((row) => lineOf(row, sessionId)));
    await looked.rung(signal);
  }
}

function lineOf(row: SessionRow, here: SessionId): SessionLine {
  const { id, startedAt, endedAt = null, exitCode = null, prompts, answered } = row;
  return { ...labelOf(row), id, here: id === here, startedAt, endedAt, exitCode, prompts, answered };
}

async function telegramOf(telegram: TelegramConfig, parts: ChannelParts): Promise<readonly Channel[]> {
  const { openTelegram } = await import("./telegram.ts");
  return [openTelegram(telegram, parts)];
}

function peopleOf({ allowedUsers }: TelegramConfig): string {
  return allowedUsers.length === 1 ? `user ${allowedUsers[0]}` : `${allowedUsers.length} users`;
}
