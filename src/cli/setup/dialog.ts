import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import type { Output } from "../output.ts";

/** The person has pressed Ctrl-C or Ctrl-D: they have had enough. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Asks the person at the terminal. Every method throws Interrupted when they have had enough. */
export class Dialog {
  readonly #input: NodeJS.ReadStream;
  readonly #terminal: NodeJS.WriteStream;
  readonly #output: Output;

  constructor(input: NodeJS.ReadStream, terminal: NodeJS.WriteStream, output: Output) {
    this.#input = input;
    this.#terminal = terminal;
    this.#output = output;
  }

  say(text: string): void {
    this.#output.line(text);
  }

  done(text: string): void {
    this.#output.line(`   ${this.#output.paint.green("✓")} ${text}`);
  }

  heading(text: string): void {
    this.#output.line(`\n${this.#output.paint.bold(text)}`);
  }

  async ask(question: string): Promise<string> {
    return await this.#line(question, this.#terminal);
  }

  /** What is typed is not shown. */
  async askHidden(question: string): Promise<string> {
    // Before the question shows: the terminal itself would echo what is typed at once.
    if (this.#input.isTTY) this.#input.setRawMode(true);
    this.#terminal.write(question);
    try {
      return await this.#line("", unseen());
    } finally {
      this.#terminal.write("\n");
    }
  }

  /** Enter alone means yes. */
  async agrees(question: string): Promise<boolean> {
    return /^(y|yes|)$/i.test(await this.ask(`   ${question} [Y/n] `));
  }

  /** Enter alone means no. */
  async insists(question: string): Promise<boolean> {
    return /^(y|yes)$/i.test(await this.ask(`   ${question} [y/N] `));
  }

  /** Waits for what happens elsewhere. undefined: the person has pressed Enter before it did. */
  async waitsFor<T>(event: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    const over = new AbortController();
    const entered = this.#line("", unseen(), over.signal).then(() => undefined);
    try {
      return await Promise.race([event(over.signal), entered]);
    } finally {
      over.abort();
      await entered.catch(() => undefined);
    }
  }

  #line(question: string, echo: Writable, signal?: AbortSignal): Promise<string> {
    const lines = createInterface({ input: this.#input, output: echo, terminal: true, historySize: 0 });
    return new Promise<string>((resolve, reject) => {
      const stop = (): void => reject(new Interrupted());
      lines.once("SIGINT", stop).once("close", stop);
      signal?.addEventListener("abort", stop, { once: true });
      lines.question(question, (answer) => resolve(answer.trim()));
    }).finally(() => lines.close());
  }
}

function unseen(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}
