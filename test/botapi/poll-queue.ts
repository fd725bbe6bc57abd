import { ApiError, badRequest } from "./api-error.ts";
import type { Dict } from "./params.ts";

/** What a bot gets when it names no kinds: everything save these. */
const unrequested = new Set(["chat_member", "message_reaction", "message_reaction_count"]);

export interface PollRequest {
  readonly offset: number;
  readonly limit: number;
  readonly timeoutMs: number;
  readonly allowed: readonly string[] | undefined;
}

interface Poll {
  readonly request: PollRequest;
  readonly answer: (updates: Dict[]) => void;
  readonly refuse: (error: ApiError) => void;
  readonly timer: NodeJS.Timeout;
}

/** Updates that wait for the bot: delivered again until a later offset confirms them, one poller at a time. */
export class PollQueue {
  #pending: Dict[] = [];
  #nextId: number;
  #poll: Poll | undefined;
  #allowed: readonly string[] | undefined;
  /** Every update id that a poll has confirmed. */
  readonly confirmed: number[] = [];

  constructor(firstId: number) {
    this.#nextId = firstId;
  }

  /** Queues an update. One that brings an `update_id` keeps it: so tests send duplicates, old ones, and ids out of order. */
  put(update: Dict): number {
    const id = typeof update["update_id"] === "number" ? update["update_id"] : this.#nextId++;
    const kind = Object.keys(update).find((key) => key !== "update_id");
    if (kind !== undefined && !this.#isAllowed(kind)) return id;
    this.#pending.push({ ...update, update_id: id });
    this.#flush();
    return id;
  }

  /** How many updates nobody has confirmed. */
  get unconfirmed(): number {
    return this.#pending.length;
  }

  get isPolled(): boolean {
    return this.#poll !== undefined;
  }

  /** Answers with what is pending, or when something comes, or with nothing after the timeout. A newer poll ends an older one with 409. */
  take(request: PollRequest, gone: AbortSignal): Promise<Dict[]> {
    this.#end(this.#poll)?.refuse(new ApiError(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"));
    this.#allowed = request.allowed ?? this.#allowed;
    this.#confirm(request.offset);
    return new Promise((resolve, reject) => {
      const poll: Poll = { request, answer: resolve, refuse: reject, timer: setTimeout(() => this.#end(poll)?.answer([]), request.timeoutMs) };
      gone.addEventListener("abort", () => this.#end(poll)?.refuse(badRequest("the poller has hung up")), { once: true });
      this.#poll = poll;
      this.#flush();
    });
  }

  /** Forgets the open poll, as a router does that has lost its table: its connection stands, and nothing will ever come over it. */
  strand(): void {
    this.#end(this.#poll);
  }

  close(): void {
    this.#end(this.#poll)?.answer([]);
  }

  #isAllowed(kind: string): boolean {
    if (this.#allowed === undefined || this.#allowed.length === 0) return !unrequested.has(kind);
    return this.#allowed.includes(kind);
  }

  #confirm(offset: number): void {
    const isConfirmed = (update: Dict, index: number): boolean =>
      offset < 0 ? index < this.#pending.length + offset : Number(update["update_id"]) < offset;
    this.confirmed.push(...this.#pending.filter(isConfirmed).map((update) => Number(update["update_id"])));
    this.#pending = this.#pending.filter((update, index) => !isConfirmed(update, index));
  }

  #flush(): void {
    if (this.#pending.length === 0 || this.#poll === undefined) return;
    const poll = this.#end(this.#poll);
    poll?.answer(this.#pending.slice(0, poll.request.limit));
  }

  /** Takes the poll off, so that it is answered once. */
  #end(poll: Poll | undefined): Poll | undefined {
    if (poll === undefined || poll !== this.#poll) return undefined;
    clearTimeout(poll.timer);
    this.#poll = undefined;
    return poll;
  }
}
