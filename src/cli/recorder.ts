import { closeSync, openSync, writeSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import type { Clock, Millis } from "../async/clock.ts";
import type { Evidence } from "../prompt/evidence.ts";
import { redactCommand } from "../prompt/redact-command.ts";
import type { Child } from "../terminal/child.ts";
import type { Tap } from "../terminal/pump.ts";
import type { Size } from "../terminal/tty.ts";
import { Failure, reasonOf } from "./failure.ts";

/** Writes a session as an asciicast v2, with what the kernel said as events of code "s": what `aegis detect` reads. */
export class Recorder implements Tap, Disposable {
  readonly #fd: number;
  readonly #clock: Clock;
  readonly #startedAt: Millis;
  readonly #shown = new StringDecoder("utf8");
  readonly #typed = new StringDecoder("utf8");
  #evidence = "";
  /** As the kernel said when the screen was last at rest. */
  #hides = false;
  #child: Child | undefined;

  /** @throws Failure when the file can't be made */
  constructor(file: string, { size, command, clock }: { size: Size; command: readonly string[]; clock: Clock }) {
    this.#clock = clock;
    this.#startedAt = clock.now();
    try {
      this.#fd = openSync(file, "w", 0o600);
    } catch (error) {
      throw new Failure(`cannot record to ${file}: ${reasonOf(error)}`, "name a file that you can write: --record session.cast", { cause: error });
    }
    this.#line({ version: 2, width: size.cols, height: size.rows, timestamp: Math.floor(clock.wall() / 1000), command: redactCommand(command).join(" "), env: { TERM: process.env["TERM"] ?? "" } });
  }

  follow(child: Child): void {
    this.#child = child;
  }

  output(bytes: Uint8Array): void {
    this.#event("o", this.#shown.write(Buffer.from(bytes)));
  }

  /** A password is not kept: only its Enter. The child has it already, and may show again what is typed next. */
  keys(bytes: Uint8Array): void {
    const text = this.#typed.write(Buffer.from(bytes));
    this.#event("i", this.#hides || hidesKeys(this.#child?.evidence()) ? text.replace(/[^\r\n]/g, "") : text);
  }

  resized({ cols, rows }: Size): void {
    this.#event("r", `${cols}x${rows}`);
  }

  evidence(evidence: Evidence | undefined): void {
    this.#hides = hidesKeys(evidence);
    const text = JSON.stringify(evidence);
    if (text === undefined || text === this.#evidence) return;
    this.#evidence = text;
    this.#event("s", text);
  }

  /** The child has exited, with this code. */
  ended(exitCode: number): void {
    this.#event("x", String(exitCode));
  }

  #event(code: string, data: string): void {
    if (data !== "") this.#line([Number(((this.#clock.now() - this.#startedAt) / 1000).toFixed(4)), code, data]);
  }

  #line(value: unknown): void {
    writeSync(this.#fd, `${JSON.stringify(value)}\n`);
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd);
  }
}

function hidesKeys(evidence: Evidence | undefined): boolean {
  return evidence?.echo === false && evidence.icanon === true;
}
