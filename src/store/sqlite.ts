import { dirname, join } from "node:path";
import { systemClock, type Clock, type EpochMillis } from "../async/clock.ts";
import { LocalLines, type Lines } from "../async/lines.ts";
import type { Attest, AuditEvent, AuditRow, Some } from "../prompt/event.ts";
import type { Recipient } from "../prompt/nonce.ts";
import type { Order, OrderId } from "../prompt/order.ts";
import type { Prompt, PromptId, SessionId } from "../prompt/prompt.ts";
import type { Decision, InjectionOutcome, MessageRef, Outcome, Receipt, Reply, Verdict } from "../prompt/reply.ts";
import { configChanged, injectionBegun, injectionEnded, ordered, promptClosed, promptDetected, sessionStarted } from "./attestation.ts";
import { FileDoorbell, LocalDoorbell, type Doorbell } from "./doorbell.ts";
import { WritableDatabase } from "./database.ts";
import { DecisionFeed } from "./decision-feed.ts";
import { Judgement } from "./judgement.ts";
import { LeaseTable } from "./lease-table.ts";
import { OrderFeed } from "./order-feed.ts";
import { OrderTable } from "./order-table.ts";
import { PollTable } from "./poll-table.ts";
import { promptOf, promptRowOf, type PromptRecord } from "./prompt-rows.ts";
import { PromptTable } from "./prompt-table.ts";
import { SqliteReplica } from "./replica.ts";
import { SessionTable } from "./session-table.ts";
import { SharedLines } from "./shared-lines.ts";
import {
  StoreTrouble,
  type Attention,
  type EventFilter,
  type PromptFilter,
  type PromptRow,
  type PromptStatus,
  type SessionFilter,
  type SessionRow,
  type SessionStart,
  type Store,
  type StoredNonce,
  type Witness,
} from "./store.ts";

type Closing = Extract<Outcome, { is: "superseded" | "expired" }>;
type LastStatus = "superseded" | "expired" | "ended" | "unknown";

/**
 * Opens the store, making it when there is none.
 *
 * @param given.path    the database; ":memory:" for one process alone. Its folder also holds the bell files, in `wake/`
 * @param given.attest  writes the audit entry of a change, inside the change's transaction
 * @returns             rejects with StoreTrouble when the file is not ours alone, is no database, or was written by a newer aegis
 */
export async function openStore(given: { path: string; attest: Attest; clock?: Clock; wake?: Doorbell }): Promise<SqliteStore> {
  const clock = given.clock ?? systemClock;
  const bell = given.wake ?? (given.path === ":memory:" ? new LocalDoorbell() : new FileDoorbell(join(dirname(given.path), "wake")));
  return new SqliteStore(await WritableDatabase.open(given.path, clock), { attest: given.attest, clock, bell });
}

/** The store in one SQLite file that all processes of a home share. */
export class SqliteStore implements Store {
  readonly #database: WritableDatabase;
  readonly #sessions: SessionTable;
  readonly #prompts: PromptTable;
  readonly #replica: SqliteReplica;
  readonly #judgement: Judgement;
  readonly #leases: LeaseTable;
  readonly #polls: PollTable;
  readonly #bell: Doorbell;
  readonly #feed: DecisionFeed;
  readonly #orders: OrderTable;
  readonly #orderFeed: OrderFeed;
  readonly #clock: Clock;
  readonly #lines = new Map<string, Lines>();
  readonly #attestAll: (events: Some<AuditEvent>) => Some<Receipt>;

  constructor(database: WritableDatabase, { attest, clock, bell }: { attest: Attest; clock: Clock; bell: Doorbell }) {
    this.#database = database;
    this.#clock = clock;
    this.#bell = bell;
    this.#sessions = new SessionTable(database.sql);
    this.#prompts = new PromptTable(database.sql);
    this.#replica = new SqliteReplica(database.sql);
    this.#attestAll = (events) => attest(events, this.#replica);
    this.#leases = new LeaseTable(database.sql);
    this.#polls = new PollTable(database);
    this.#feed = new DecisionFeed(this.#prompts, bell, clock);
    this.#judgement = new Judgement(database.sql, { prompts: this.#prompts, attest: this.#attestAll, isHeard: (sessionId) => this.#feed.isHeard(sessionId) });
    this.#orders = new OrderTable(database.sql);
    this.#orderFeed = new OrderFeed(database, this.#orders, bell, clock);
  }

  async startSession(session: SessionStart): Promise<Receipt> {
    return this.#database.write(() => {
      this.#sessions.insert(session);
      const [earlier] = this.#replica.events({ type: "session.start", last: 1 });
      const changed = configChanged(session, earlier);
      return this.#attestAll(changed === undefined ? [sessionStarted(session)] : [sessionStarted(session), changed])[0];
    });
  }

  async endSession(id: SessionId, { exitCode, at }: { exitCode: number | undefined; at: EpochMillis }): Promise<Receipt> {
    const receipt = await this.#database.write(() => {
      if (!this.#sessions.end(id, { exitCode, at })) throw new StoreTrouble(`there is no running session ${id}`);
      for (const left of this.#prompts.standing(id, ["open"])) this.#finish(left, "ended", at);
      for (const left of this.#prompts.standing(id, ["decided", "injecting"])) this.#finish(left, "unknown", at);
      return this.#attest({ type: "session.end", at, sessionId: id, data: { exitCode: exitCode ?? null } });
    });
    this.#bell.remove(id);
    this.#orderFeed.remove(id);
    return receipt;
  }

  async openPrompt(prompt: Prompt, nonces: readonly StoredNonce[]): Promise<Receipt> {
    const receipt = await this.#database.write(() => {
      for (const older of this.#prompts.standing(prompt.sessionId, ["open"])) this.#finish(older, "superseded", prompt.openedAt, "a newer question");
      this.#prompts.insert(prompt, nonces);
      return this.#attest(promptDetected(prompt));
    });
    // The session's own feed begins to look now and then.
    this.#bell.ring(prompt.sessionId);
    return receipt;
  }

  async sent(promptId: PromptId, messages: readonly MessageRef[], at: EpochMillis): Promise<Receipt> {
    return this.#database.write(() => {
      const { session_id } = this.#known(promptId);
      this.#prompts.addMessages(promptId, messages);
      const shown = messages.map(({ recipient, id }) => ({ recipient, message: id }));
      return this.#attest({ type: "prompt.sent", at, sessionId: session_id, data: { prompt: promptId, messages: shown } });
    });
  }

  async decide(reply: Reply, at: EpochMillis): Promise<Verdict> {
    const { verdict, hasBegun } = await this.#database.write(() => this.#judgement.judge(reply, at));
    if (verdict.is === "accepted" && hasBegun) this.#feed.begin(verdict.decision);
    else if (verdict.is === "accepted") this.#bell.ring(verdict.decision.sessionId);
    return verdict;
  }

  async close(promptId: PromptId, outcome: Closing, at: EpochMillis): Promise<Receipt | undefined> {
    return this.#database.write(() => this.#finish(this.#known(promptId), outcome.is, at, "why" in outcome ? outcome.why : undefined));
  }

  async beginInjection(promptId: PromptId, at: EpochMillis): Promise<boolean> {
    // The intent is durable already. Whoever ended the session meanwhile has closed the prompt.
    if (this.#feed.takeBegun(promptId)) return this.#known(promptId).status === "injecting";
    return this.#database.write(() => {
      const prompt = this.#known(promptId);
      if (!this.#prompts.step(promptId, ["decided"], "injecting")) return false;
      this.#attest(injectionBegun({ promptId, sessionId: prompt.session_id }, at));
      return true;
    });
  }

  async endInjection(promptId: PromptId, outcome: InjectionOutcome, at: EpochMillis): Promise<Receipt> {
    const hadText = "text" in outcome.decision.answer;
    const receipt = await this.#database.write(() => {
      const prompt = this.#known(promptId);
      const end = { status: outcome.is, why: outcome.is === "not_delivered" ? outcome.why : null, at };
      const hasEnded = this.#prompts.finish(promptId, ["decided", "injecting"], end);
      if (!hasEnded) throw new StoreTrouble(`prompt ${promptId} is ${prompt.status}: nothing was to be typed for it`);
      return this.#attest(injectionEnded(promptOf(prompt), outcome, at));
    });
    if (hadText) this.#database.forget();
    return receipt;
  }

  async record(event: AuditEvent): Promise<Receipt> {
    return this.#database.write(() => this.#attest(event));
  }

  async forgetEvents(upToSeq: number): Promise<void> {
    await this.#database.write(() => this.#replica.forget(upToSeq));
    this.#database.forget();
  }

  async witnessed(witness: Witness): Promise<void> {
    await this.#database.write(() => this.#replica.addWitness(witness));
  }

  lastWitness(): Witness | undefined {
    return this.#replica.lastWitness();
  }

  async placeOrder(order: Order): Promise<Receipt> {
    const receipt = await this.#database.write(() => {
      this.#orders.insert(order);
      return this.#attest(ordered(order));
    });
    if (order.sessionId !== undefined) this.#orderFeed.ring(order.sessionId);
    return receipt;
  }

  async addressOrder(id: OrderId, to: { sessionId: SessionId; recipient: Recipient }): Promise<boolean> {
    const isAddressed = await this.#database.write(() => this.#orders.address(id, to));
    if (isAddressed) this.#orderFeed.ring(to.sessionId);
    return isAddressed;
  }

  orders(sessionId: SessionId, signal: AbortSignal): AsyncIterable<Order> {
    return this.#orderFeed.orders(sessionId, signal);
  }

  async noted(sessionId: SessionId, message: MessageRef): Promise<void> {
    await this.#database.write(() => this.#orders.addNote(sessionId, message));
  }

  sessionOf(message: MessageRef): SessionId | undefined {
    return this.#orders.sessionOf(message);
  }

  async setAttention(sessionId: SessionId, attention: Attention): Promise<void> {
    await this.#database.write(() => this.#sessions.setAttention(sessionId, attention));
  }

  decisions(sessionId: SessionId, signal: AbortSignal): AsyncIterable<Decision> {
    return this.#feed.decisions(sessionId, signal);
  }

  sessions(filter: SessionFilter): SessionRow[] {
    return this.#sessions.rows(filter);
  }

  prompts(filter: PromptFilter): PromptRow[] {
    return this.#prompts.rows(filter).map(promptRowOf);
  }

  messages(promptId: PromptId): MessageRef[] {
    return this.#prompts.messages(promptId);
  }

  events(filter: EventFilter): Iterable<AuditRow> {
    return this.#replica.events(filter);
  }

  leaseHolder(name: string): SessionId | undefined {
    return this.#leases.holder(name);
  }

  async takeLease(name: string, lease: { holder: SessionId; over: SessionId | undefined; at: EpochMillis }): Promise<boolean> {
    return this.#database.write(() => this.#leases.take(name, lease));
  }

  async releaseLease(name: string, holder: SessionId): Promise<void> {
    await this.#database.write(() => this.#leases.release(name, holder));
  }

  lines(name: string): Lines {
    const { name: path } = this.#database.sql;
    const open = (): Lines => (path === ":memory:" ? new LocalLines() : new SharedLines(join(dirname(path), "lines.db"), { scope: name, clock: this.#clock }));
    const lines = this.#lines.get(name) ?? open();
    this.#lines.set(name, lines);
    return lines;
  }

  offset(channel: string): number | undefined {
    return this.#polls.offset(channel);
  }

  setOffset(channel: string, offset: number): void {
    this.#polls.setOffset(channel, offset);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#database.idle();
    for (const lines of this.#lines.values()) if (lines instanceof SharedLines) lines.close();
    this.#database[Symbol.dispose]();
  }

  #attest(event: AuditEvent): Receipt {
    return this.#attestAll([event])[0];
  }

  #known(id: PromptId): PromptRecord {
    const record = this.#prompts.get(id);
    if (record === undefined) throw new StoreTrouble(`there is no prompt ${id}`);
    return record;
  }

  /** Closes a prompt that nothing will be typed for; undefined: it stood elsewhere. */
  #finish(record: PromptRecord, status: LastStatus, at: EpochMillis, why?: string): Receipt | undefined {
    const from: readonly PromptStatus[] = status === "unknown" ? ["decided", "injecting"] : ["open"];
    if (!this.#prompts.finish(record.id, from, { status, why: why ?? null, at })) return undefined;
    return this.#attest(promptClosed(promptOf(record), status, { why, at }));
  }
}
