import { systemClock, type Clock } from "../../src/async/clock.ts";
import { AuditLog } from "../../src/audit/log.ts";
import type { Detection } from "../../src/prompt/detection.ts";
import { hashNonce, NonceKey, type AnswerSlot } from "../../src/prompt/nonce.ts";
import type { Prompt } from "../../src/prompt/prompt.ts";
import type { Reply, Responder } from "../../src/prompt/reply.ts";
import type { Doorbell } from "../../src/store/doorbell.ts";
import { openStore, type SqliteStore } from "../../src/store/sqlite.ts";
import type { SessionStart, StoredNonce } from "../../src/store/store.ts";
import { TemporaryFolder } from "../temporary-folder.ts";

/** A home folder that goes away with its test. */
export function temporaryHome(): Disposable & { readonly folder: string; readonly database: string; readonly log: string } {
  const folder = new TemporaryFolder();
  return { folder: folder.path, database: folder.at("aegis.db"), log: folder.at("audit.log"), [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

/** A store with its log, as the cli composes them. */
export async function openKept(database: string, log: string, given: { clock?: Clock; wake?: Doorbell } = {}): Promise<SqliteStore> {
  const writer = { pid: process.pid, boot: "b007", version: "0.0.0", mono: () => performance.now() };
  const audit = new AuditLog({ path: log, writer });
  return openStore({ path: database, attest: (events, replica) => audit.append(events, replica), ...given });
}

/** A store of a home of its own, as two processes have it open. */
export async function openTwice(given: { clock?: Clock } = {}): Promise<AsyncDisposable & { readonly mine: SqliteStore; readonly theirs: SqliteStore }> {
  const home = temporaryHome();
  const mine = await openKept(home.database, home.log, given);
  const theirs = await openKept(home.database, home.log);
  return {
    mine,
    theirs,
    async [Symbol.asyncDispose]() {
      await mine[Symbol.asyncDispose]();
      await theirs[Symbol.asyncDispose]();
      home[Symbol.dispose]();
    },
  };
}

/** Who waits for a second waits for ever: only a ring wakes. */
export const onlyRings: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms < 1_000 ? ms : 2 ** 31 - 1, signal) };

export const noon = Date.parse("2026-11-21T12:00:00Z");
export const ada: Responder = { channel: "telegram", id: "7", name: "ada" };
export const adasChat = "telegram:7";
export const bobsChat = "telegram:8";
export const key = new NonceKey(Buffer.alloc(32, 1));

export function session(id: string): SessionStart {
  const facts = { aegis: "0.0.0", config: "c0ffee" };
  return { id, name: `the ${id} session`, command: ["rm", "-i", "x"], cwd: "/home/ada", pid: 4711, channel: "telegram", startedAt: noon, facts };
}

export const question: Detection = {
  type: "yes_no",
  layer: "pattern",
  pattern: "generic.bracket-yn",
  confidence: 0.9,
  question: "remove x?",
  excerpt: "remove x? [y/N]",
  choices: [
    { label: "Yes", keys: "y\r", declines: false },
    { label: "No", keys: "n\r", declines: true },
  ],
  default: undefined,
  secret: false,
  idle: false,
  fingerprint: "remove x?",
};

export const textQuestion: Detection = { ...question, type: "free_text", question: "your name?", choices: [], fingerprint: "name" };

export function prompt(id: string, given: Partial<Prompt> = {}): Prompt {
  return { id, sessionId: "abcd", detection: question, openedAt: noon, expiresAt: noon + 60_000, ...given };
}

export function noncesFor({ id, detection }: Prompt, recipients: readonly string[] = [adasChat]): StoredNonce[] {
  const slots: AnswerSlot[] = detection.choices.length > 0 ? detection.choices.map((_, index) => index) : ["text"];
  return recipients.flatMap((recipient) => slots.map((slot) => ({ slot, recipient, hash: hashNonce(key.nonceFor(id, slot, recipient)) })));
}

/** A press of a button. */
export function tap(promptId: string, choice: number, change: Partial<Reply> = {}): Reply {
  const target = { promptId, nonce: key.nonceFor(promptId, choice, adasChat) };
  return { target, answer: { choice }, recipient: adasChat, by: ada, reference: "update 1", ...change };
}

/** A reply to a message. */
export function textReply(messageId: string, text: string, change: Partial<Reply> = {}): Reply {
  return { target: { message: { recipient: adasChat, id: messageId } }, answer: { text }, recipient: adasChat, by: ada, reference: "update 2", ...change };
}
