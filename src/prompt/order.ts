import type { EpochMillis } from "../async/clock.ts";
import type { Recipient } from "./nonce.ts";
import type { MessageRef, Responder } from "./reply.ts";
import type { SessionId } from "./prompt.ts";

/** 10 lower-case base-32 characters. */
export type OrderId = string;

/** What a session can be told to do from afar. */
export const verbs = ["screen", "tail", "input", "keys", "stop", "pause", "resume", "mute", "again", "confirm"] as const;
export type Verb = (typeof verbs)[number];

/** One thing that a person wants of a session. It crosses processes through the store, so whoever executes it trusts none of its words. */
export interface Order {
  readonly id: OrderId;
  /** undefined: the person has yet to say which */
  readonly sessionId: SessionId | undefined;
  readonly verb: Verb;
  /** What the verb needs: the text, the key's name, a number of lines, a prompt's id; "" for nothing. */
  readonly argument: string;
  /** Whom the answer goes to. */
  readonly recipient: Recipient;
  readonly by: Responder;
  /** The message that the answer replies to; undefined: none. */
  readonly message: MessageRef | undefined;
  readonly at: EpochMillis;
}

/** The keys that can be pressed from afar, by the names that people write. */
export const remoteKeys: ReadonlyMap<string, string> = new Map([
  ["esc", "\x1b"],
  ["enter", "\r"],
  ["up", "\x1b[A"],
  ["down", "\x1b[B"],
  ["tab", "\t"],
  ["ctrl-c", "\x03"],
]);
