import { LinkedAbort } from "./linked-abort.ts";

/** asyncio.TaskGroup: tasks live inside the block, the first failure cancels the rest, and leaving joins them all. */
export class TaskGroup implements AsyncDisposable {
  readonly #abort: LinkedAbort;
  readonly #running: Promise<void>[] = [];
  #failure: { error: unknown } | undefined;
  readonly signal: AbortSignal;

  constructor(parent: AbortSignal) {
    this.#abort = new LinkedAbort(parent);
    this.signal = this.#abort.signal;
  }

  start(task: (signal: AbortSignal) => Promise<void>): void {
    this.#running.push(
      task(this.signal).catch((error: unknown) => {
        this.#failure ??= { error };
        this.#abort.abort(error);
      }),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#abort.abort();
    await Promise.all(this.#running);
    if (this.#failure) throw this.#failure.error;
  }
}
