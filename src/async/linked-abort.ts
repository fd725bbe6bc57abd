import { addAbortListener, setMaxListeners } from "node:events";

/**
 * Aborts when it is told to, or with the first of its parents; it then lets go of them, as when it is disposed of.
 *
 * AbortSignal.any is no substitute. It holds its sources weakly, so one that nothing else refers to, AbortSignal.timeout above all, may
 * be collected and then never aborts (nodejs/node #57736), and on Node 20 each use costs 1.2 KB for as long as the parents live.
 */
export class LinkedAbort extends AbortController implements Disposable {
  readonly #parents: Disposable[] = [];

  constructor(...parents: readonly AbortSignal[]) {
    super();
    // Many wait on one signal; Node would print a warning at the eleventh, on the person's terminal.
    setMaxListeners(0, this.signal, ...parents);
    const aborted = parents.find((parent) => parent.aborted);
    if (aborted !== undefined) this.abort(aborted.reason);
    else for (const parent of parents) this.#parents.push(addAbortListener(parent, () => this.abort(parent.reason)));
  }

  override abort(reason?: unknown): void {
    this[Symbol.dispose]();
    super.abort(reason);
  }

  [Symbol.dispose](): void {
    for (const parent of this.#parents.splice(0)) parent[Symbol.dispose]();
  }
}
