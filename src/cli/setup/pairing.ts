import { createHash, randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import { systemClock } from "../../async/clock.ts";
import { Deadline } from "../../async/deadline.ts";
import type { BotCard, TelegramClient } from "../../channel/telegram/client.ts";
import { guestOf, type Guest } from "../../channel/telegram/guest.ts";
import { RichText } from "../../channel/telegram/rich-text.ts";
import type { Output } from "../output.ts";
import { printable } from "../printable.ts";
import type { Dialog } from "./dialog.ts";
import type { Inbox } from "./inbox.ts";
import { qrLines } from "./qr.ts";

export interface PairingParts {
  readonly client: TelegramClient;
  readonly bot: BotCard;
  readonly inbox: Inbox;
  readonly dialog: Dialog;
  readonly output: Output;
}

const linkLifetimeMs = 5 * 60_000;
/** Columns before the picture. */
const indent = 3;
/** Somebody guesses at the link. */
const maxWrongCodes = 5;
/** A person mistypes. */
const numberTries = 3;

/**
 * Finds out who the person at this terminal is on Telegram. The link proves that somebody has seen the terminal, the number that it is
 * the same person: whoever photographed the code and was faster gets the number on their own phone, where its owner can't read it.
 */
export async function pair(parts: PairingParts): Promise<Guest> {
  const { dialog } = parts;
  for (;;) {
    const link = new Link();
    show(link, parts);
    const guest = await dialog.waitsFor((signal) => firstGuest(link, parts, signal));
    if (guest !== undefined && (await isAtThisTerminal(guest, parts))) return guest;
    dialog.say("   That link is void, and nobody was let in. Here is a new one.");
  }
}

/** A code that one person may use once. Only its hash is kept. */
class Link {
  readonly code = randomBytes(16).toString("base64url");
  readonly #hash = hashOf(this.code);

  opens(code: string): boolean {
    return timingSafeEqual(this.#hash, hashOf(code));
  }
}

function hashOf(code: string): Buffer {
  return createHash("sha256").update(code).digest();
}

function show({ code }: Link, { bot, dialog, output }: PairingParts): void {
  const address = `https://t.me/${bot.username}?start=${code}`;
  const picture = qrLines(address);
  dialog.say("   Scan this with your phone, or open the link, and press Start:\n");
  if (output.width >= picture.length * 2 + indent) for (const line of picture) dialog.say(" ".repeat(indent) + line);
  dialog.say(`\n   ${address}\n`);
  dialog.say("   It works once, for five minutes. Enter makes a new one, Ctrl-C stops.");
}

/** The first who opens the link; undefined: it has expired, or was guessed at too often. */
async function firstGuest(link: Link, { bot, inbox }: PairingParts, signal: AbortSignal): Promise<Guest | undefined> {
  let wrong = 0;
  using lifetime = new Deadline(linkLifetimeMs, systemClock, signal);
  for await (const update of inbox.read(lifetime.signal)) {
    const guest = guestOf(update, bot.id);
    if (guest === undefined) continue;
    if (link.opens(guest.code)) return guest;
    wrong += 1;
    if (wrong >= maxWrongCodes) return undefined;
  }
  return undefined;
}

async function isAtThisTerminal(guest: Guest, { client, dialog }: PairingParts): Promise<boolean> {
  const number = String(randomInt(1_000_000)).padStart(6, "0");
  const words = new RichText().plus("aegis asks at your terminal for this number:\n\n").plus(number, "code").plus("\n\nIf you have not just started \"aegis setup\", ignore this.");
  await client.sendMessage(guest.id, words, {}, AbortSignal.timeout(60_000));
  const who = [printable(guest.name), ...(guest.username === undefined ? [] : [`@${printable(guest.username)}`]), `id ${guest.id}`].join(", ");
  dialog.say(`\n   The link was opened by: ${who}`);
  for (let left = numberTries; left > 0; left -= 1) {
    const answer = await dialog.ask("   Which number of six digits does YOUR phone show? (Enter: none) ");
    if (answer.replace(/\s/g, "") === number) return true;
    if (answer === "") return false;
    dialog.say("   That is not the number that was sent.");
  }
  return false;
}
