import { closeSync, constants, openSync, writeSync } from "node:fs";
import type { LogLevel, Report } from "../relay/report.ts";
import { Failure } from "./failure.ts";

const rank = { error: 0, warn: 1, info: 2, debug: 3 } as const satisfies Record<LogLevel, number>;

/** As "a", but for a FIFO in the file's place, which would freeze the terminal until somebody reads it. */
const toAppend = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;

/** Gathers what the person must know after the run, and writes aegis.log meanwhile. */
export class RunReport implements Report {
  readonly #file: string;
  readonly #level: LogLevel;
  readonly #session: string;
  /** By their causes. */
  readonly #troubles = new Map<string, Failure>();
  readonly #noted = new Set<string>();
  readonly #failing = new Map<string, Failure>();

  constructor(file: string, level: LogLevel, session: string) {
    this.#file = file;
    this.#level = level;
    this.#session = session;
  }

  trouble(what: string, hint: string, why?: string): void {
    const message = why === undefined ? what : `${what}: ${why}`;
    if (this.#noted.has(message)) return;
    this.#noted.add(message);
    this.log("warn", message);
    const causes = causeOf(message);
    const isTold = [...this.#troubles.keys()].some((cause) => causes === cause || causes.endsWith(`: ${cause}`));
    if (!isTold) this.#troubles.set(causeOf(why ?? what), new Failure(message, hint));
  }

  log(level: LogLevel, message: string): void {
    if (rank[level] > rank[this.#level]) return;
    try {
      append(this.#file, `${new Date().toISOString()} ${level} ${this.#session} ${message.replace(/\s*\n\s*/g, " | ")}\n`);
    } catch {
      // A log that can't be written must not harm the run; the person learns the troubles after it all the same.
    }
  }

  /** A trouble that may pass: told only if it still lasts when the run ends. */
  failing(part: string, failure: Failure): void {
    this.#failing.set(part, failure);
  }

  recovered(part: string): void {
    this.#failing.delete(part);
  }

  get troubles(): Failure[] {
    return [...this.#troubles.values(), ...this.#failing.values()];
  }
}

/** Without the call that failed: "Telegram refused the bot token (getUpdates: 401 Unauthorized)". */
function causeOf(words: string): string {
  return words.replace(/ \(\w+: [^()]*\)$/, "");
}

function append(file: string, line: string): void {
  const fd = openSync(file, toAppend, 0o600);
  try {
    writeSync(fd, line);
  } finally {
    closeSync(fd);
  }
}
