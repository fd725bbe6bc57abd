import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Witness } from "../audit/witness-check.ts";
import { systemClock } from "../async/clock.ts";
import { parseApiRoot } from "../channel/telegram/api-root.ts";
import { TelegramClient } from "../channel/telegram/client.ts";
import { readCheckpoint } from "../relay/checkpoint.ts";
import type { TelegramConfig } from "./config.ts";
import { reasonOf } from "./failure.ts";

/** What the witnesses say themselves, whatever the database remembers of them. */
export interface Testimonies {
  readonly witnesses: readonly Witness[];
  /** Why somebody is no witness of this log, in words. */
  readonly notices: readonly string[];
  /** Why somebody could not be asked. */
  readonly failures: readonly string[];
}

export interface Inquiry {
  /** The log's own name, by which its checkpoints are told from those of others; undefined: its first entry was purged */
  readonly install: string | undefined;
  /** undefined: no bot is configured */
  readonly telegram: TelegramConfig | undefined;
}

/** Asks Telegram for the checkpoint that is pinned in each chat, and the system's journal for all that it was told. */
export async function askWitnesses(inquiry: Inquiry): Promise<Testimonies> {
  const heard = await Promise.all([...(inquiry.telegram === undefined ? [] : askChats(inquiry.telegram, inquiry)), askJournal(inquiry)]);
  return {
    witnesses: heard.flatMap(({ witnesses }) => witnesses),
    notices: heard.flatMap(({ notices }) => notices),
    failures: heard.flatMap(({ failures }) => failures),
  };
}

function askChats({ token, apiRoot, allowedUsers, group }: TelegramConfig, inquiry: Inquiry): Array<Promise<Testimonies>> {
  const client = new TelegramClient({ token, apiRoot: parseApiRoot(apiRoot), clock: systemClock, patience: { pollS: 0, graceMs: 10_000, callMs: 10_000 } });
  return (group === undefined ? allowedUsers : [group]).map(async (chat) => {
    try {
      const pinned = await client.pinned(chat, new AbortController().signal);
      if (pinned === undefined) return silent;
      // Only whoever has the token can edit a message of the bot, and Telegram shows that it was edited.
      if (pinned.isEdited && readCheckpoint(pinned.text)) return { ...silent, notices: [`the checkpoint that is pinned in chat ${chat} was edited: it proves nothing`] };
      return testimonyOf(pinned.text, { source: `telegram:${chat}, asked now`, at: pinned.at }, inquiry);
    } catch (error) {
      return { ...silent, failures: [`chat ${chat} could not be asked: ${reasonOf(error)}`] };
    }
  });
}

const silent: Testimonies = { witnesses: [], notices: [], failures: [] };

function testimonyOf(text: string, { source, at }: { source: string; at: number }, { install }: Inquiry): Testimonies {
  const told = readCheckpoint(text);
  if (told === undefined) return silent;
  if (told.install !== install) return { ...silent, notices: [`${source}: its checkpoint is of another log, ${told.install ?? "which has no name"}; this one is ${install ?? "without a name, since its begin was purged"}`] };
  return { ...silent, witnesses: [{ source, seq: told.seq, hash: told.hash, at }] };
}

/** Only root can take back what the journal was told, but everybody can add to it: what is of another log is passed over. */
async function askJournal({ install }: Inquiry): Promise<Testimonies> {
  const journal = spawn("journalctl", ["-t", "aegis-audit", "-o", "json", "--no-pager", "-q", `_UID=${process.geteuid?.() ?? ""}`], { stdio: ["ignore", "pipe", "ignore"] });
  const witnesses: Witness[] = [];
  // Where there is no journal, nothing was told to it.
  journal.on("error", () => undefined);
  for await (const line of createInterface({ input: journal.stdout })) {
    const { MESSAGE: text, __REALTIME_TIMESTAMP: microseconds } = fieldsOf(line);
    const told = typeof text === "string" ? readCheckpoint(text) : undefined;
    if (told !== undefined && told.install === install) witnesses.push({ source: "journal, asked now", seq: told.seq, hash: told.hash, at: Number(microseconds) / 1_000 });
  }
  return { ...silent, witnesses };
}

function fieldsOf(line: string): { readonly [key: string]: unknown } {
  try {
    const fields: unknown = JSON.parse(line);
    return typeof fields === "object" && fields !== null ? { ...fields } : {};
  } catch {
    return {};
  }
}
