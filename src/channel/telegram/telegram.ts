import { setMaxListeners } from "node:events";
import { type Clock, systemClock } from "../../async/clock.ts";
import { type Lines, LocalLines } from "../../async/lines.ts";
import type { Recipient } from "../../prompt/nonce.ts";
import type { MessageRef } from "../../prompt/reply.ts";
import type { Channel } from "../channel.ts";
import { parseApiRoot } from "./api-root.ts";
import { type Patience, TelegramClient, type Token, usualPatience } from "./client.ts";
import { Deliverer } from "./delivery.ts";
import { Health, type TelegramState } from "./health.ts";
import { incoming } from "./incoming.ts";
import { Outbox } from "./outbox.ts";
import { Pace } from "./pace.ts";
import { botName, recipientOf } from "./recipient.ts";
import { Strangers, type StrangerReport } from "./strangers.ts";
import { TelegramTalk } from "./talk.ts";
import { fixedPlace, type Place, Topic, type TopicParts } from "./topic.ts";
import type { Offsets } from "./updates.ts";
import { visibleLine } from "../visible.ts";

export interface TelegramOptions {
  readonly token: Token;
  /** Numeric user ids, at least one. They are asked in their private chats with the bot. */
  readonly allowedUsers: readonly number[];
  /** The group in which people are asked instead, where the session gets a topic of its own; undefined: none. */
  readonly group?: TelegramGroup | undefined;
  /** https, or http on loopback. */
  readonly apiRoot?: string;
  readonly offsets: Offsets;
  readonly clock?: Clock;
  /** Where messages wait for their turn; by itself, each channel of a bot keeps to the rate as if it were alone. */
  readonly lines?: Lines;
  /** From 0 to 1. */
  readonly random?: () => number;
  /** Takes secrets out of what is shown. */
  readonly redact?: (text: string) => string;
  /** Whether a message, of whatever process, asked for a secret: what replies to it is deleted from the chat. */
  readonly isConfidential?: (message: MessageRef) => boolean;
  /** Told of every change of state, once. */
  readonly onState?: (state: TelegramState) => void;
  /** Told of strangers, summed up. */
  readonly onStranger?: (report: StrangerReport) => void;
  /** Told of each person whom a prompt did not reach though it reached another. `message` is fit for a person. */
  readonly onMissed?: (missed: { readonly recipient: Recipient; readonly message: string }) => void;
  readonly patience?: Patience;
}

export interface TelegramGroup extends Pick<TopicParts, "onOpened" | "onRefused"> {
  /** Its number, which is negative. */
  readonly chat: number;
  /** What the session's topic is called. */
  readonly topicName: string;
}

/** Telegram's limit, in UTF-16 units. */
const maxTopicName = 128;

/**
 * Asks on Telegram. Opens nothing, and does not load telegraf, before it is first used.
 *
 * @throws TypeError when nobody is allowed, or api_root is not an address to which a token may go
 */
export function telegramChannel(options: TelegramOptions): Channel {
  const { clock = systemClock, random = Math.random, redact = (text) => text, patience = usualPatience } = options;
  const allowed = new Set(options.allowedUsers);
  if (allowed.size === 0 || ![...allowed].every((id) => Number.isSafeInteger(id) && id > 0)) throw new TypeError("telegram.allowed_users must hold at least one numeric user id");
  const client = new TelegramClient({ token: options.token, apiRoot: parseApiRoot(options.apiRoot ?? "https://api.telegram.org"), clock, patience });
  const health = new Health(options.onState ?? (() => undefined));
  const deliverer = new Deliverer({ clock, random, health, pace: new Pace(options.lines ?? new LocalLines()) });
  const { group } = options;
  const topic = group && new Topic({ client, ...group, name: visibleLine(group.topicName, maxTopicName) });
  const placeIn = (chat: number): Place => (topic !== undefined && chat === group?.chat ? topic : fixedPlace(0));
  const outbox = new Outbox({ client, deliverer, clock, redact, placeIn, onMissed: options.onMissed ?? (() => undefined) });
  const strangers = new Strangers(options.onStranger ?? (() => undefined), clock);
  const talk = new TelegramTalk({ client, deliverer, clock, placeIn, group: group?.chat });
  const chats = group === undefined ? [...allowed] : [group.chat];
  return {
    name: "telegram",
    lease: botName(client.botId),
    isWitness: true,
    talk,
    recipients: chats.map(recipientOf),
    acquaintances: group === undefined ? [] : [...allowed].map(recipientOf),
    send: (ask, signal) => outbox.send(ask, chats, crowded(signal)),
    settle: (ask, messages, settlement, signal) => outbox.settle(ask, messages, settlement, crowded(signal)),
    replies: (signal) =>
      incoming({ client, deliverer, clock, redact, strangers, isConfidential: options.isConfidential ?? (() => false), talk, door: { allowed, botId: client.botId, group: group?.chat }, polling: { offsets: options.offsets, clock, random, health } }, crowded(signal)),
    leave: async (signal) => await topic?.close(signal),
  };
}

/** As many calls wait on one signal as prompts are open; Node would print a warning at the eleventh, on the person's terminal. */
function crowded(signal: AbortSignal): AbortSignal {
  setMaxListeners(0, signal);
  return signal;
}

