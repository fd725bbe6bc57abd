import { closeSync } from "node:fs";
import { isatty } from "node:tty";

/** All that end a process unless it listens: ended by one of them, the person's terminal would stay raw. */
const ending = ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGUSR2", "SIGALRM", "SIGVTALRM", "SIGXCPU", "SIGIO", "SIGPWR", "SIGSYS", "SIGSTKFLT"] as const;

/** Signals to aegis end the child, whose exit is then ours; an exception that nobody caught ends nothing. */
export class Stop implements Disposable {
  readonly #controller = new AbortController();
  readonly #listeners = new Map<string, (argument: unknown) => void>();
  onBreak: (error: Error) => void = () => undefined;

  constructor() {
    for (const name of ending) this.#listeners.set(name, () => this.#controller.abort(name));
    for (const name of ["uncaughtException", "unhandledRejection"]) this.#listeners.set(name, (error) => this.onBreak(error instanceof Error ? error : new Error(String(error))));
    for (const [name, listener] of this.#listeners) process.on(name, listener);
    const terminals = [0, 1, 2].filter(isatty);
    process.once("exit", () => terminals.filter((fd) => !isatty(fd)).forEach(letGo));
  }

  /** Its reason is the signal's name. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  [Symbol.dispose](): void {
    for (const [name, listener] of this.#listeners) process.off(name, listener);
  }
}

/** Node ends by setting its terminals back, and aborts, with a core file, when one has gone; it passes over a descriptor that is closed. */
function letGo(fd: number): void {
  try {
    closeSync(fd);
  } catch {
    // It was closed already.
  }
}
