import { systemClock } from "../../async/clock.ts";
import { TelegramClient, usualPatience, type BotCard } from "../../channel/telegram/client.ts";
import { parseApiRoot } from "../../channel/telegram/api-root.ts";
import { TelegramTrouble } from "../../channel/telegram/trouble.ts";
import { botTokenForm } from "../bot-token.ts";
import type { Context } from "../context.ts";
import { Failure } from "../failure.ts";
import type { Secret } from "../secret.ts";
import type { Dialog } from "./dialog.ts";
import type { Draft } from "./draft.ts";

/** A token that Telegram knows. */
export interface FoundBot {
  readonly client: TelegramClient;
  readonly card: BotCard;
}

/**
 * Step one: the token, checked. `dialog` is undefined when nobody can be asked.
 * @throws Failure when there is no token, or Telegram can't be asked about it
 */
export async function findBot(draft: Draft, dialog: Dialog | undefined, context: Context): Promise<FoundBot> {
  const { environment } = context;
  dialog?.heading("1. The bot");
  const known = draft.token(environment);
  if (dialog === undefined) {
    if (known === undefined) throw new Failure("there is no bot token, and no terminal to ask for one", "give --token-file FILE or --token-command COMMAND, or run it in a terminal");
    return await checkedBot(known, draft, context);
  }
  if (known !== undefined) {
    const found = await triedBot(known, draft, dialog, context);
    if (found !== undefined && (await dialog.agrees(`Stay with @${found.card.username}?`))) return found;
  } else {
    dialog.say("   In Telegram, open https://t.me/BotFather, send /newbot, and copy the token.");
  }
  return await askedBot(draft, dialog, context);
}

async function askedBot(draft: Draft, dialog: Dialog, context: Context): Promise<FoundBot> {
  for (;;) {
    const text = await dialog.askHidden("   The token (it is not shown): ");
    if (!botTokenForm.test(text)) {
      dialog.say('   That is no token: it looks like "123456789:AA…".');
      continue;
    }
    draft.setToken("bot_token", text);
    const token = draft.token(context.environment);
    const found = token && (await triedBot(token, draft, dialog, context));
    if (found !== undefined) return found;
  }
}

/** undefined: Telegram refuses the token, and the person was told. */
async function triedBot(token: Secret, draft: Draft, dialog: Dialog, context: Context): Promise<FoundBot | undefined> {
  try {
    const found = await checkedBot(token, draft, context);
    dialog.done(`@${found.card.username} (${found.card.name}) answers`);
    return found;
  } catch (error) {
    if (!(error instanceof Failure && error.cause instanceof TelegramTrouble && error.cause.isRefusedToken)) throw error;
    dialog.say("   Telegram does not know this token. Copy it again, or send BotFather /token.");
    return undefined;
  }
}

async function checkedBot(token: Secret, draft: Draft, { output }: Context): Promise<FoundBot> {
  const client = new TelegramClient({ token, apiRoot: parseApiRoot(draft.apiRoot), clock: systemClock, patience: usualPatience });
  using _ = output.progress("asking Telegram");
  try {
    return { client, card: await client.me(new AbortController().signal) };
  } catch (error) {
    if (!(error instanceof TelegramTrouble)) throw error;
    const hint = error.isRefusedToken ? "copy the token again from @BotFather" : "check the network, and telegram.api_root if you set it";
    throw new Failure(error.message, hint, { cause: error });
  }
}

/**
 * A webhook takes every update away from whoever polls.
 * @throws Failure when there is one and it may not be removed
 */
export async function clearWebhook({ client, card }: FoundBot, mayRemove: (address: string) => Promise<boolean>): Promise<void> {
  const { signal } = new AbortController();
  const address = await client.webhook(signal);
  if (address === undefined) return;
  const host = URL.canParse(address) ? new URL(address).host : address;
  if (!(await mayRemove(host))) throw new Failure(`@${card.username} sends its updates to ${host} (a webhook), so aegis would hear nothing`, "remove the webhook with --yes, or make another bot for aegis");
  await client.removeWebhook(signal);
}
