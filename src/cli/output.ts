import { Chalk, type ChalkInstance } from "chalk";
import { Bell } from "../async/bell.ts";
import { codeOf } from "../async/code-of.ts";
import { Failure, reasonOf } from "./failure.ts";
import { printable } from "./printable.ts";
import { tableLines } from "./table.ts";

/** One of the process's own two: what is written to it, and whether a person sees it. */
export interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** @param taken called when the system has it, or, with an error, never will */
  write(text: string, taken?: (error?: Error | null) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
}

/** How long something may take in silence. */
const patienceMs = 1_000;

/** Where a command prints: results on `out`, everything else on `err`. */
export class Output {
  readonly #out: Stream;
  readonly #err: Stream;
  readonly #closed = new AbortController();
  /** Pieces that the reader of `out` has yet to take. */
  #waiting = 0;
  readonly #taken = new Bell();
  /** Why a result was not taken. Not every error of the stream: what "run" passes on through it is the child's. */
  #loss: Error | undefined;
  readonly paint: ChalkInstance;

  constructor(out: Stream, err: Stream, environment: Readonly<Record<string, string | undefined>>) {
    this.#out = out;
    this.#err = err;
    // A reader that has seen enough (`| head`) is no fault: what comes after it is dropped, and who follows something ends.
    out.on("error", (error) => this.#closed.abort(error));
    err.on("error", () => undefined);
    const isPlain = !out.isTTY || Boolean(environment["NO_COLOR"]) || environment["TERM"] === "dumb";
    this.paint = new Chalk({ level: isPlain ? 0 : 1 });
  }

  /** Aborts when nobody reads the results any more, or they can't be written; its reason is the system's error. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  /** A person looks at the results as they come. */
  get isTerminal(): boolean {
    return this.#out.isTTY === true;
  }

  /** Columns of the table's paper: the terminal's; 80 without one, and where it does not know how wide it is (0: script(1), serial lines). */
  get width(): number {
    return this.#out.columns || 80;
  }

  line(text: string): void {
    if (this.#closed.signal.aborted) return;
    this.#waiting++;
    this.#out.write(`${text}\n`, this.#take);
  }

  /**
   * Resolves when the reader has all results so far, or reads no more. A slow reader of a pipe does not stop who writes to it: who
   * prints much waits now and then, and who ends at last, or what is not yet taken would be kept in memory, and lost.
   */
  async drained(): Promise<void> {
    while (this.#waiting > 0 && !this.closed.aborted) await this.#taken.rung(this.closed);
  }

  /** @throws Failure when results were lost. Whoever reads only the begin wants no more; on a disk it would be taken for the whole. */
  refuseLoss(): void {
    if (this.#loss && codeOf(this.#loss) !== "EPIPE") throw new Failure(`the output can't be written: ${reasonOf(this.#loss)}`, "what was written so far is not all of it", { cause: this.#loss });
  }

  readonly #take = (error?: Error | null): void => {
    if (error) this.#loss ??= error;
    this.#waiting--;
    if (this.#waiting === 0) this.#taken.ring();
  };

  json(value: unknown): void {
    this.line(JSON.stringify(value));
  }

  /** One line about what aegis itself does, on stderr. */
  notice(text: string): void {
    this.#err.write(`aegis: ${text}\n`);
  }

  failure({ message, hint }: Failure): void {
    this.notice(`error: ${message}`);
    this.notice(`hint: ${hint}`);
  }

  /** Rows under headings, as wide as the paper at most. */
  table(headings: readonly string[], rows: ReadonlyArray<readonly string[]>): void {
    const [heading = [], ...lines] = tableLines([headings, ...rows.map((row) => row.map(printable))], this.width);
    for (const line of heading) this.line(this.paint.bold(line));
    for (const line of lines.flat()) this.line(line);
  }

  /** Says on the terminal what takes longer than a second; disposing takes it off again. Without a terminal nothing is said. */
  progress(what: string): Disposable {
    if (!this.#err.isTTY) return { [Symbol.dispose]: () => undefined };
    const startedAt = performance.now();
    let isShown = false;
    const timer = setInterval(() => {
      isShown = true;
      this.#err.write(`\raegis: ${what} … ${Math.round((performance.now() - startedAt) / 1000)} s`);
    }, patienceMs);
    return {
      [Symbol.dispose]: () => {
        clearInterval(timer);
        if (isShown) this.#err.write("\r\u001B[K");
      },
    };
  }
}
