import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { systemClock } from "../../async/clock.ts";
import { botName } from "../../channel/telegram/recipient.ts";
import { StoreTrouble } from "../../store/store.ts";
import { writeConfig } from "../config-file.ts";
import type { Context } from "../context.ts";
import { Failure } from "../failure.ts";
import { prepareHome } from "../home.ts";
import { openKeeping } from "../keeping.ts";
import { printable } from "../printable.ts";
import { reading } from "../reading.ts";
import { isRunning } from "../running.ts";
import { ancestors, isRun } from "./ancestry.ts";
import { clearWebhook, findBot, type FoundBot } from "./bot.ts";
import { Dialog, Interrupted } from "./dialog.ts";
import { Draft } from "./draft.ts";
import { Inbox } from "./inbox.ts";
import { pair } from "./pairing.ts";
import { trial, type RoundTrip } from "./trial.ts";

export interface SetupOptions {
  readonly tokenFile?: string;
  readonly tokenCommand?: string;
  readonly apiRoot?: string;
  /** Numeric user ids. */
  readonly allowedUser?: readonly number[];
  /** Ask nothing: yes to what would be asked. */
  readonly yes?: boolean;
  /** undefined: if there is somebody to tap. */
  readonly test?: boolean;
}

/** How long a test button waits where nobody can end the waiting at a keyboard. */
const unattendedTrialMs = 120_000;

/**
 * "aegis setup": the token, the person, and a test. Writes the file once all of it is known.
 * @throws Failure when something is missing that can't be asked for, or Telegram can't be reached
 */
export async function setup(options: SetupOptions, context: Context): Promise<number> {
  await refuseInside(context);
  const { home, environment, output } = context;
  const isAttended = process.stdin.isTTY && process.stdout.isTTY && options.yes !== true;
  const dialog = isAttended ? new Dialog(process.stdin, process.stdout, output) : undefined;
  try {
    dialog?.say("aegis asks you on Telegram. Three steps; Ctrl-C leaves everything as it was.");
    const draft = drafted(options, context);
    const found = await findBot(draft, dialog, context);
    await clearWebhook(found, async (host) => options.yes === true || (dialog !== undefined && (await dialog.insists(`This bot sends its updates to ${host}. Take them from there?`))));
    const poller = await pollerOf(found, context);
    const inbox = new Inbox(found.client, (message) => output.notice(message));
    const paired = await findPeople({ draft, found, inbox, poller, dialog }, options, context);
    prepareHome(home);
    writeConfig(home, draft.toml);
    await attest(found, paired, context);
    (dialog ? (text: string) => dialog.done(text) : (text: string) => output.notice(text))(`${home.config} is written`);
    const [userId] = paired.length > 0 ? paired : draft.allowedUsers;
    if (userId !== undefined && poller === undefined) await tried({ found, inbox, userId, dialog }, options, context);
    if (environment["AEGIS_TELEGRAM_BOT_TOKEN"]) output.notice("the token is in the environment, where every program reads it; take AEGIS_TELEGRAM_BOT_TOKEN out");
    dialog?.say("\nNow: aegis run COMMAND");
    return 0;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    output.notice("setup stopped");
    return 130;
  }
}

/** A program that aegis runs must not make itself somebody who may answer. */
async function refuseInside(context: Context): Promise<void> {
  const above = ancestors();
  const running = (await reading(context, (store) => store.sessions({ running: true }))) ?? [];
  if (context.environment["AEGIS_SESSION"] !== undefined || above.some(isRun) || running.some((session) => above.includes(session.pid) && isRunning(session))) {
    throw new Failure("setup does not run inside a program that aegis runs", "open another terminal");
  }
}

function drafted({ tokenFile, tokenCommand, apiRoot, allowedUser = [] }: SetupOptions, { home, environment, cwd }: Context): Draft {
  if (tokenFile !== undefined && tokenCommand !== undefined) throw new Failure("--token-file and --token-command are both given", "keep one of them");
  const draft = new Draft(home);
  const root = apiRoot ?? environment["AEGIS_TELEGRAM_API_ROOT"];
  if (root) draft.setApiRoot(root);
  const token = environment["AEGIS_TELEGRAM_BOT_TOKEN"];
  if (tokenFile !== undefined) draft.setToken("token_file", resolve(cwd, tokenFile));
  else if (tokenCommand !== undefined) draft.setToken("token_command", tokenCommand);
  else if (token) draft.setToken("bot_token", token);
  const listed = (environment["AEGIS_TELEGRAM_ALLOWED_USERS"] ?? "").split(",").filter((part) => part.trim() !== "").map(Number);
  if (allowedUser.length + listed.length > 0) draft.allow([...allowedUser, ...listed]);
  return draft;
}

/** The session that polls this bot now: it would take the updates that setup waits for. */
async function pollerOf({ card }: FoundBot, context: Context): Promise<string | undefined> {
  return await reading(context, (store) => {
    const holder = store.leaseHolder(botName(card.id));
    return store.sessions({ running: true }).find((session) => session.id === holder && isRunning(session))?.id;
  });
}

interface People {
  readonly draft: Draft;
  readonly found: FoundBot;
  readonly inbox: Inbox;
  readonly poller: string | undefined;
  readonly dialog: Dialog | undefined;
}

/** Step two. @returns who was paired just now */
async function findPeople({ draft, found, inbox, poller, dialog }: People, { allowedUser = [] }: SetupOptions, { output }: Context): Promise<number[]> {
  dialog?.heading("2. You");
  if (draft.allowedUsers.length > 0) {
    dialog?.done(`may answer: ${draft.allowedUsers.join(", ")}`);
    if (dialog === undefined || allowedUser.length > 0 || !(await dialog.insists("Let another person in?"))) return [];
  }
  if (dialog === undefined) throw new Failure("nobody may answer yet, and there is no terminal to pair a phone at", "give --allowed-user ID with your numeric Telegram id, or run it in a terminal");
  if (poller !== undefined) throw new Failure(`session ${poller} polls this bot now`, "end it first, or give --allowed-user ID with the numeric Telegram id");
  await inbox.skipOld(new AbortController().signal);
  const guest = await pair({ client: found.client, bot: found.card, inbox, dialog, output });
  draft.allow([guest.id]);
  dialog.done(`paired with ${printable(guest.name)} (${guest.id})`);
  return [guest.id];
}

/** A log that can't be written is told, and no reason to undo what the person has just done. */
async function attest({ card }: FoundBot, paired: readonly number[], { home, output }: Context): Promise<void> {
  if (!existsSync(home.database) && paired.length === 0) return;
  try {
    await using store = await openKeeping(home);
    await store.record({ type: paired.length > 0 ? "pairing.completed" : "setup.completed", at: systemClock.wall(), sessionId: undefined, data: { bot: card.id, users: [...paired] } });
  } catch (error) {
    if (!(error instanceof StoreTrouble)) throw error;
    output.failure(new Failure(`this is not in the audit log: ${error.message}`, 'run "aegis doctor"', { cause: error }));
  }
}

interface Trying {
  readonly found: FoundBot;
  readonly inbox: Inbox;
  readonly userId: number;
  readonly dialog: Dialog | undefined;
}

/** Step three. */
async function tried({ found, inbox, userId, dialog }: Trying, { test }: SetupOptions, { output }: Context): Promise<void> {
  if (!(test ?? dialog !== undefined)) return;
  const parts = { client: found.client, bot: found.card, inbox, userId };
  if (dialog === undefined) {
    const trip = await trial(parts, AbortSignal.timeout(unattendedTrialMs));
    if (trip === undefined) throw new Failure("nobody tapped the test button", `the configuration is written all the same; the chat with @${found.card.username} holds the button`);
    return output.notice(`the test button works: ${tripText(trip)}`);
  }
  dialog.heading("3. A test");
  dialog.say("   Tap the button that the bot has just sent you. Enter skips it.");
  const trip = await dialog.waitsFor((signal) => trial(parts, signal));
  if (trip === undefined) dialog.say("   Skipped.");
  else dialog.done(tripText(trip));
}

function tripText({ question, answer }: RoundTrip): string {
  return `${question + answer} ms there and back (question ${question} ms, answer ${answer} ms)`;
}
