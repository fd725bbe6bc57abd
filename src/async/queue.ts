import { addAbortListener } from "node:events";

/** An unbounded single-consumer queue: asyncio.Queue with an end and a cancel. */
export class Queue<T> {
  readonly #items: T[] = [];
  #closed = false;
  #wake: (() => void) | undefined;

  put(item: T): void {
    if (this.#closed) return;
    this.#items.push(item);
    this.#wake?.();
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  /** Yields in order until closed and drained, or until `signal` aborts. Cancelling ends the loop; it does not throw. */
  async *items(signal: AbortSignal): AsyncGenerator<T, void, void> {
    using _ = addAbortListener(signal, () => this.#wake?.());
    while (!signal.aborted) {
      const item = this.#items.shift();
      if (item !== undefined) yield item;
      else if (this.#closed) return;
      else await new Promise<void>((wake) => (this.#wake = wake));
    }
  }
}
