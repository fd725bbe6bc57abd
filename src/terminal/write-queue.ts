import { writeAtOnce } from "./write-at-once.ts";

/** Milliseconds between tries while nobody takes the bytes: doubled from the first to the last. */
const firstRetry = 1;
const lastRetry = 200;
/** Tries at the very next turn of the loop before waiting: a terminal that keeps up has room again within some 10 µs. */
const immediateRetries = 8;

/**
 * Bytes on their way into a non-blocking descriptor, in order. What the kernel takes at once is written at once, without a copy;
 * the rest waits here. node-pty's own queue spins while nobody reads and goes on writing after the descriptor changed hands.
 */
export class WriteQueue {
  readonly #fd: number;
  #waiting: Uint8Array[] = [];
  #bytes = 0;
  #tries = 0;
  #stopRetrying: (() => void) | undefined;
  #closed: Error | undefined;
  #drains: { resolve: () => void; reject: (why: Error) => void }[] = [];

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** Bytes that the kernel has not taken yet. */
  get pending(): number {
    return this.#bytes;
  }

  /** Writes after all that waits; `bytes` may be reused at once. True: the kernel has all. False: something waits, or the queue is closed, which drops it. */
  write(bytes: Uint8Array): boolean {
    if (this.#closed) return false;
    const taken = this.#bytes === 0 ? this.#take(bytes) : 0;
    if (taken < bytes.length && !this.#closed) {
      this.#waiting.push(Uint8Array.prototype.slice.call(bytes, taken));
      this.#bytes += bytes.length - taken;
      this.#retryLater();
    }
    return this.#bytes === 0 && !this.#closed;
  }

  /** Writes all of `bytes` now, or throws: for what would be wrong a moment later. Part of it may have been written then. */
  writeNow(bytes: Uint8Array): void {
    if (this.#closed) throw this.#closed;
    if (this.#bytes > 0) throw new Error("earlier input is still waiting to be read");
    if (this.#take(bytes) < bytes.length) throw this.#closed ?? new Error("the program reads no input");
  }

  /** Resolves when nothing waits; rejects when the queue was closed with bytes in it. */
  drained(): Promise<void> {
    if (this.#bytes === 0) return this.#closed ? Promise.reject(this.#closed) : Promise.resolve();
    return new Promise((resolve, reject) => this.#drains.push({ resolve, reject }));
  }

  /** Forgets what waits. Must be called before the descriptor is closed. */
  close(why: Error): void {
    if (this.#closed) return;
    this.#closed = why;
    this.#waiting = [];
    this.#bytes = 0;
    this.#stopRetrying?.();
    for (const drain of this.#drains.splice(0)) drain.reject(why);
  }

  #take(bytes: Uint8Array): number {
    return writeAtOnce(this.#fd, bytes, (why) => this.close(why));
  }

  #flush(): void {
    this.#stopRetrying = undefined;
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const taken = this.#take(first);
      if (this.#closed) return;
      if (taken > 0) this.#tries = 0;
      this.#bytes -= taken;
      if (taken < first.length) {
        this.#waiting[0] = first.subarray(taken);
        this.#retryLater();
        return;
      }
      this.#waiting.shift();
    }
    this.#tries = 0;
    for (const drain of this.#drains.splice(0)) drain.resolve();
  }

  #retryLater(): void {
    if (this.#stopRetrying !== undefined) return;
    const late = this.#tries++ - immediateRetries;
    if (late < 0) {
      const next = setImmediate(() => this.#flush());
      this.#stopRetrying = () => clearImmediate(next);
    } else {
      const timer = setTimeout(() => this.#flush(), Math.min(firstRetry * 2 ** late, lastRetry));
      this.#stopRetrying = () => clearTimeout(timer);
    }
  }
}
