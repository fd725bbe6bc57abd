import { systemClock } from "../../async/clock.ts";
import { parseApiRoot } from "../../channel/telegram/api-root.ts";
import { TelegramClient, type BotCard } from "../../channel/telegram/client.ts";
import { TelegramTrouble } from "../../channel/telegram/trouble.ts";
import type { TelegramConfig } from "../config.ts";
import { clockFindings } from "./clock.ts";
import { good, type Finding } from "./finding.ts";
import { groupFinding } from "./group.ts";

/** Long enough for another poller that we have ended to come back and end us. */
const pollS = 3;

/**
 * What Telegram says of the bot, its people, and who takes its updates.
 *
 * @param poller the session of this machine that polls now; undefined: none
 */
export async function telegramFindings(telegram: TelegramConfig, poller: string | undefined): Promise<Finding[]> {
  const { signal } = new AbortController();
  const client = new TelegramClient({ token: telegram.token, apiRoot: parseApiRoot(telegram.apiRoot), clock: systemClock, patience: { pollS, graceMs: 10_000, callMs: 10_000 } });
  try {
    const card = await client.me(signal);
    const webhook = await webhookFinding(client, signal);
    const { group } = telegram;
    const places = group === undefined ? [...groupFindings(card), ...(await Promise.all(telegram.allowedUsers.map((user) => chatFinding(client, user, card, signal))))] : [await groupFinding(client, group, signal)];
    const polls = webhook.is === "good" ? [await pollFinding(client, poller, signal)] : [];
    return [good("telegram", `@${card.username} answers at ${new URL(telegram.apiRoot).host}`), ...places, webhook, ...polls, ...(await clockFindings(telegram.apiRoot))];
  } catch (error) {
    if (!(error instanceof TelegramTrouble)) throw error;
    const mend = error.isRefusedToken ? 'run "aegis setup" with the token that @BotFather shows' : "check the network, and telegram.api_root if you set it";
    return [{ id: "telegram", is: "bad", what: error.message, why: "prompts can't be asked on Telegram; programs run on, and wait at the terminal", mend }];
  }
}

function groupFindings({ joinsGroups, readsGroups }: BotCard): Finding[] {
  const findings: Finding[] = [];
  if (joinsGroups) findings.push({ id: "telegram.groups", is: "warning", what: "anybody may put the bot into a group", why: "aegis ignores groups, but others can make the bot look like theirs", mend: "send /setjoingroups to @BotFather and choose Disable" });
  if (readsGroups) findings.push({ id: "telegram.privacy", is: "warning", what: "in a group the bot gets every message", why: "a bot that asks for consent needs none of them", mend: "send /setprivacy to @BotFather and choose Enable" });
  return findings;
}

async function chatFinding(client: TelegramClient, user: number, card: BotCard, signal: AbortSignal): Promise<Finding> {
  if (await client.knows(user, signal)) return good("telegram.person", `${user} has a chat with the bot`);
  return { id: "telegram.person", is: "bad", what: `${user} has no chat with the bot`, why: "a bot may not write to people who have not pressed Start", mend: `open https://t.me/${card.username} on that phone and press Start` };
}

async function webhookFinding(client: TelegramClient, signal: AbortSignal): Promise<Finding> {
  const address = await client.webhook(signal);
  if (address === undefined) return good("telegram.webhook", "no webhook");
  const host = URL.canParse(address) ? new URL(address).host : address;
  const fix = async (): Promise<string> => {
    await client.removeWebhook(signal);
    return `the webhook to ${host} is removed`;
  };
  return { id: "telegram.webhook", is: "bad", what: `a webhook sends the bot's updates to ${host}`, why: "taps go there, and aegis hears nothing", mend: 'run "aegis doctor --fix", or make another bot for aegis', fix };
}

/** Polls for a moment and confirms nothing: whoever else polls comes back and ends it. */
async function pollFinding(client: TelegramClient, poller: string | undefined, signal: AbortSignal): Promise<Finding> {
  if (poller !== undefined) return good("telegram.poller", `session ${poller} polls`);
  try {
    await client.updates(undefined, signal);
    return good("telegram.poller", "nobody else polls");
  } catch (error) {
    if (!(error instanceof TelegramTrouble && error.isConflict)) throw error;
    return { id: "telegram.poller", is: "bad", what: "another program polls this bot", why: "each tap reaches only one of the two", mend: "end it, on whatever machine it runs, or make another bot for aegis" };
  }
}
