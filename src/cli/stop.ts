const ending = ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"] as const;

/** Signals to aegis end the child, whose exit is then ours; an exception that nobody caught ends nothing. */
export class Stop implements Disposable {
  readonly #controller = new AbortController();
  readonly #listeners = new Map<string, (argument: unknown) => void>();
  onBreak: (error: Error) => void = () => undefined;

  constructor() {
    for (const name of ending) this.#listeners.set(name, () => this.#controller.abort(name));
    for (const name of ["uncaughtException", "unhandledRejection"]) this.#listeners.set(name, (error) => this.onBreak(error instanceof Error ? error : new Error(String(error))));
    for (const [name, listener] of this.#listeners) process.on(name, listener);
  }

  /** Its reason is the signal's name. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  [Symbol.dispose](): void {
    for (const [name, listener] of this.#listeners) process.off(name, listener);
  }
}
