import { randomBytes } from "node:crypto";
import { messageOf } from "../async/message-of.ts";
import { systemClock } from "../async/clock.ts";
import { pageChannel, type PageChannel } from "../channel/page/page-channel.ts";
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

/** @returns a Failure when the page can't be served */
export async function openPage(port: number): Promise<OpenWay | Failure> {
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
  page.history(earlierPrompts(store, sessionId));
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
