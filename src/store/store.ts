import type { EpochMillis } from "../async/clock.ts";
import type { Lines } from "../async/lines.ts";
import type { AuditEvent, AuditRow } from "../prompt/event.ts";
import type { AnswerSlot, NonceHash, Recipient } from "../prompt/nonce.ts";
import type { Order, OrderId } from "../prompt/order.ts";
import type { Prompt, PromptId, SessionCard, SessionId } from "../prompt/prompt.ts";
import type { Decision, InjectionOutcome, MessageRef, Outcome, Receipt, Reply, Verdict } from "../prompt/reply.ts";

/**
 * open → decided → injecting → delivered | unconfirmed | not_delivered
 * open → injecting (decided in the session's own process: one transaction for both)
 * open → superseded | expired | ended
 * decided, injecting → unknown (its session died in between; never typed again)
 */
export type PromptStatus =
  | "open"
  | "decided"
  | "injecting"
  | "delivered"
  | "unconfirmed"
  | "not_delivered"
  | "superseded"
  | "expired"
  | "ended"
  | "unknown";

export interface StoredNonce {
  readonly slot: AnswerSlot;
  readonly recipient: Recipient;
  readonly hash: NonceHash;
}

export interface SessionStart extends SessionCard {
  /** Of the aegis process, not of the child. */
  readonly pid: number;
  readonly channel: string;
  readonly startedAt: EpochMillis;
  /** What else the log should say of it: version, digest of the configuration. */
  readonly facts: { readonly [key: string]: string };
}

/** Whether a session may ask anybody now. */
export interface Attention {
  /** undefined: it is not paused */
  readonly pausedAt: EpochMillis | undefined;
  /** undefined: it was never muted */
  readonly mutedUntil: EpochMillis | undefined;
}

export interface SessionRow extends SessionCard, Attention {
  readonly pid: number;
  readonly channel: string;
  readonly startedAt: EpochMillis;
  readonly endedAt: EpochMillis | undefined;
  readonly exitCode: number | undefined;
  readonly prompts: number;
  /** Prompts that a channel's reply decided. */
  readonly answered: number;
}

export interface PromptRow {
  readonly prompt: Prompt;
  readonly status: PromptStatus;
  readonly decision: Decision | undefined;
  /** Why it was superseded or not delivered. */
  readonly why: string | undefined;
  readonly closedAt: EpochMillis | undefined;
}

export interface PromptFilter {
  /** The newest so many. */
  readonly last?: number;
  readonly open?: boolean;
  readonly sessionId?: SessionId;
  readonly id?: PromptId;
  /** The prompt that this message shows. */
  readonly shownBy?: MessageRef;
}

export interface SessionFilter {
  /** The newest so many. */
  readonly last?: number;
  /** Those that have not ended, as far as the store was told. */
  readonly running?: boolean;
  readonly id?: SessionId;
}

export interface EventFilter {
  readonly fromSeq?: number;
  /** The newest so many. */
  readonly last?: number;
  readonly sessionId?: SessionId;
  readonly type?: string;
}

/** Somebody outside this machine who was shown the hash of an audit entry. */
export interface Witness extends Receipt {
  /** "telegram:<chat id>", "journal" */
  readonly source: string;
  readonly at: EpochMillis;
}

/**
 * What is kept between processes. Every implementation passes test/store/store.contract.ts.
 * Every change of state and the audit entry that attests it are one transaction: either both are durable or neither.
 * Methods reject with StoreTrouble when the store or the log can't be written; nothing has changed then.
 * `at` is wall time, so that no implementation reads a clock of its own.
 */
export interface Store extends AsyncDisposable {
  startSession(session: SessionStart): Promise<Receipt>;
  /** Ends the session and what it left open: open → ended, decided and injecting → unknown. Without exit code: its aegis was killed. */
  endSession(id: SessionId, end: { exitCode: number | undefined; at: EpochMillis }): Promise<Receipt>;
  /** Keeps an open prompt with the hashes of its nonces. A prompt of the session that is still open becomes superseded with it. */
  openPrompt(prompt: Prompt, nonces: readonly StoredNonce[]): Promise<Receipt>;
  /** Remembers the messages that show a prompt, so that replies to them find it. */
  sent(promptId: PromptId, messages: readonly MessageRef[], at: EpochMillis): Promise<Receipt>;
  /** The atomic judgement of a reply: one guarded UPDATE on status, nonce and expiry. Refused replies are attested too. */
  decide(reply: Reply, at: EpochMillis): Promise<Verdict>;
  /** Closes a prompt that nobody has decided; undefined: it was no longer open. */
  close(promptId: PromptId, outcome: Extract<Outcome, { is: "superseded" | "expired" }>, at: EpochMillis): Promise<Receipt | undefined>;
  /**
   * decided → injecting, written before the first key is typed; false: not in that state, so type nothing. Where `decide` was called
   * on the very store that the session's decisions are read from, that step was made durable with the decision: true once, too.
   */
  beginInjection(promptId: PromptId, at: EpochMillis): Promise<boolean>;
  /** decided or injecting → how it ended. The text of a reply is erased with it. */
  endInjection(promptId: PromptId, outcome: InjectionOutcome, at: EpochMillis): Promise<Receipt>;
  /** Attests something that changes no other state. */
  record(event: AuditEvent): Promise<Receipt>;
  /** Forgets the copies of entries up to this one: their files were purged, and the log says so. */
  forgetEvents(upToSeq: number): Promise<void>;
  /** Remembers a witness of the log, for "aegis audit verify". Attests nothing: each attestation would need a witness again. */
  witnessed(witness: Witness): Promise<void>;

  /** Decisions on prompts of one session, each once, as they are made by any process, until `signal` aborts. */
  decisions(sessionId: SessionId, signal: AbortSignal): AsyncIterable<Decision>;

  /** Keeps an order; its session hears of it at once, in whatever process it runs. */
  placeOrder(order: Order): Promise<Receipt>;
  /** Says which session an order is for; false: it has one already, or is somebody else's. */
  addressOrder(id: OrderId, to: { sessionId: SessionId; recipient: Recipient }): Promise<boolean>;
  /** Orders to one session, each once and to one reader, until `signal` aborts. */
  orders(sessionId: SessionId, signal: AbortSignal): AsyncIterable<Order>;
  /** Remembers which session a message is about that shows no prompt. */
  noted(sessionId: SessionId, message: MessageRef): Promise<void>;
  /** Which session a message is about, a prompt's or another; undefined: none that is known. */
  sessionOf(message: MessageRef): SessionId | undefined;
  /** While a session is paused, `decide` refuses every reply to its prompts. */
  setAttention(sessionId: SessionId, attention: Attention): Promise<void>;

  /** Newest first. */
  sessions(filter: SessionFilter): SessionRow[];
  prompts(filter: PromptFilter): PromptRow[];
  messages(promptId: PromptId): MessageRef[];
  /** Entries of the log's replica, oldest first. */
  events(filter: EventFilter): Iterable<AuditRow>;

  /** The newest entry that anybody outside was shown; undefined: none. */
  lastWitness(): Witness | undefined;

  /** The session that holds a lease; undefined: nobody. It may have died with it. */
  leaseHolder(name: string): SessionId | undefined;
  /** Takes a lease from `over`, or when nobody holds it; false: somebody else was faster. */
  takeLease(name: string, lease: { holder: SessionId; over: SessionId | undefined; at: EpochMillis }): Promise<boolean>;
  releaseLease(name: string, holder: SessionId): Promise<void>;

  /** Lines of this name that all processes stand in: for what all of them together may do only so often. */
  lines(name: string): Lines;

  /** The next update a channel should ask for; undefined: never polled. */
  offset(channel: string): number | undefined;
  setOffset(channel: string, offset: number): void;
}

/** The store or the log cannot be written; its message can be shown to the person as it is. */
export class StoreTrouble extends Error {
  override readonly name = "StoreTrouble";
}
