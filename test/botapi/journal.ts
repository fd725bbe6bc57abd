import type { Dict } from "./params.ts";

/** One call of the bot, and how it was answered. */
export interface Call {
  readonly method: string;
  readonly params: Dict;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The HTTP status; undefined: not answered (yet), or cut. */
  status: number | undefined;
  /** Telegram's refusal; undefined: none. */
  refusal: string | undefined;
  /** The updates that its answer held. */
  updates: readonly number[];
}

interface Waiter {
  readonly check: () => boolean;
  readonly fail: (error: Error) => void;
}

/** What happened on the server, and waiting for what will. */
export class Journal {
  readonly calls: Call[] = [];
  #waiters: Waiter[] = [];

  /** Tells everyone who waits that something has changed. */
  changed(): void {
    this.#waiters = this.#waiters.filter((waiter) => !waiter.check());
  }

  /** The first value that `find` gives, now or after a later change. Rejects after `withinMs`, naming what was waited for. */
  until<T>(what: string, find: () => T | undefined, withinMs = 20_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = (): boolean => {
        const found = find();
        if (found === undefined) return false;
        clearTimeout(timer);
        resolve(found);
        return true;
      };
      const waiter: Waiter = { check, fail: reject };
      const timer = setTimeout(() => {
        this.#drop(waiter);
        reject(new Error(`no ${what} within ${withinMs} ms; the bot called: ${this.#summary()}`));
      }, withinMs);
      if (!check()) this.#waiters.push(waiter);
    });
  }

  #drop(waiter: Waiter): void {
    this.#waiters = this.#waiters.filter((other) => other !== waiter);
  }

  #summary(): string {
    const recent = this.calls.slice(-12).map((call) => `${call.method} ${call.status ?? "…"}${call.refusal === undefined ? "" : ` (${call.refusal})`}`);
    return recent.length === 0 ? "nothing" : recent.join(", ");
  }
}
