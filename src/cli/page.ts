import { randomBytes } from "node:crypto";
import { messageOf } from "../async/message-of.ts";
import { systemClock } from "../async/clock.ts";
import { pageChannel, type PageChannel } from "../channel/page/page-channel.ts";
import { veiled } from "../channel/page/veil.ts";
import { labelOf } from "../channel/page/prompt-view.ts";
import type { SessionLine } from "../channel/page/wire.ts";
import type { SessionId } from "../prompt/prompt.ts";
import type { SessionRow } from "../store/store.ts";
import { Failure } from "./failure.ts";
import { version } from "./package.ts";
import { earlierPrompts } from "./page-history.ts";
import type { OpenWay, Sight } from "./way.ts";

/** Of the page's list of sessions. */
const shownSessions = 20;

/**
 * Serves the page on `port`, or, where that can't be had, on any free one: a second session must be answerable, too.
 * @returns a Failure when the page can't be served
 */
export async function openPage(port: number): Promise<OpenWay | Failure> {
  try {
    const page = await serve(port);
    return wayOf(page, `prompts go to ${page.url}`);
  } catch (error) {
    return port === 0 ? unserved(error) : await openElsewhere(messageOf(error));
  }
}

async function openElsewhere(why: string): Promise<OpenWay | Failure> {
  try {
    const page = await serve(0);
    return wayOf(page, `${why}, so prompts go to ${page.url}`);
  } catch (error) {
    return unserved(error);
  }
}

function serve(port: number): Promise<PageChannel> {
  return pageChannel({ port, clock: systemClock, random: randomBytes, version: version() });
}

function unserved(error: unknown): Failure {
  return new Failure(`the page cannot be served: ${messageOf(error)}`, '"aegis setup" connects a Telegram bot, which needs no page', { cause: error });
}

function wayOf(page: PageChannel, where: string): OpenWay {
  return { where, channels: async () => [page], watch: (sight, signal) => showOn(page, sight, signal), [Symbol.asyncDispose]: () => page[Symbol.asyncDispose]() };
}

/** Shows the screen and the sessions on the page, as they change. */
async function showOn(page: PageChannel, sight: Sight, signal: AbortSignal): Promise<void> {
  const { sessionId, store, looked } = sight;
  page.history(earlierPrompts(store, sessionId));
  while (!signal.aborted) {
    await page.watched(signal);
    page.screen(veiled(await sight.picture(), sight.secrets));
    page.sessions(store.sessions({ last: shownSessions }).map((row) => lineOf(row, sessionId)));
    await looked.rung(signal);
  }
}

function lineOf(row: SessionRow, here: SessionId): SessionLine {
  const { id, startedAt, endedAt = null, exitCode = null, prompts, answered } = row;
  return { ...labelOf(row), id, here: id === here, startedAt, endedAt, exitCode, prompts, answered };
}
