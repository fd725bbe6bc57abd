import { randomBytes } from "node:crypto";
import { admit } from "../../channel/telegram/admit.ts";
import type { BotCard, TelegramClient } from "../../channel/telegram/client.ts";
import { RichText } from "../../channel/telegram/rich-text.ts";
import type { Inbox } from "./inbox.ts";

export interface TrialParts {
  readonly client: TelegramClient;
  readonly bot: BotCard;
  readonly inbox: Inbox;
  readonly userId: number;
}

/** How long Telegram took, in milliseconds; the time until the thumb came down is not in it. */
export interface RoundTrip {
  readonly question: number;
  readonly answer: number;
}

/**
 * Sends a button and waits for its tap.
 * @returns undefined when `signal` aborts first
 */
export async function trial({ client, bot, inbox, userId }: TrialParts, signal: AbortSignal): Promise<RoundTrip | undefined> {
  const data = `test:${randomBytes(16).toString("base64url")}`;
  const asked = performance.now();
  const question = new RichText().plus("A test from ").plus("aegis setup", "bold").plus(": tap the button.");
  const messageId = await client.sendMessage(userId, question, { keyboard: { inline_keyboard: [[{ text: "It works", callback_data: data }]] } }, signal);
  const shown = performance.now();
  const door = { allowed: new Set([userId]), botId: bot.id };
  for await (const update of inbox.read(signal)) {
    const admission = admit(update, door);
    if (admission.is !== "tap" || admission.data !== data) continue;
    const tapped = performance.now();
    await client.answerTap(admission.queryId, "It works", signal);
    const trip = { question: Math.round(shown - asked), answer: Math.round(performance.now() - tapped) };
    await client.editMessage(userId, messageId, new RichText().plus(`It works: ${trip.question + trip.answer} ms there and back. aegis will ask you here.`), signal);
    return trip;
  }
  return undefined;
}
