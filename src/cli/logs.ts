import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { systemClock, type Millis } from "../async/clock.ts";
import type { Context } from "./context.ts";
import { mustBeReadable } from "./home.ts";
import { hasLog, logEntries, type LogEntry } from "./log-entry.ts";
import { printable, wrapped } from "./printable.ts";
import { shortTime } from "./short-time.ts";

export interface LogsOptions {
  readonly follow?: boolean;
  readonly json?: boolean;
  /** How many of the newest entries come first. */
  readonly last: number;
  /** Only entries of this session. */
  readonly session?: string;
}

/** How soon a new line shows. */
const lookEveryMs: Millis = 200;

/** "aegis logs": what aegis itself noted, oldest first. With `follow` until nobody reads any more. */
export async function logs({ follow, json, last, session }: LogsOptions, { home, output }: Context): Promise<number> {
  mustBeReadable(home);
  const isWanted = (entry: LogEntry): boolean => session === undefined || entry.session === session;
  const show = (entry: LogEntry): void => {
    if (json === true) output.json(entry);
    else for (const line of linesOf(entry, output.isTerminal ? output.width : Number.POSITIVE_INFINITY)) output.line(line);
  };
  using tail = new Tail(home.log);
  const before = logEntries(tail.more()).filter(isWanted);
  for (const entry of before.slice(-last)) show(entry);
  if (before.length === 0 && follow !== true && json !== true) output.line(session === undefined ? "nothing was noted yet" : `nothing was noted of session ${session}`);
  if (follow !== true) return 0;
  while (!output.closed.aborted) {
    await systemClock.sleep(lookEveryMs, output.closed);
    for (const entry of logEntries(tail.more()).filter(isWanted)) show(entry);
  }
  return 0;
}

/** On a terminal the message goes on below itself; elsewhere an entry is one line. */
function linesOf({ at, level, session, message }: LogEntry, width: number): string[] {
  const head = `${shortTime(Date.parse(at))}  ${level.padEnd(5)}  ${session}  `;
  return wrapped(printable(message), width - head.length).map((line, index) => (index === 0 ? head : " ".repeat(head.length)) + line);
}

/** A file that grows; whole lines only. One that was emptied or replaced is read from its begin. */
class Tail implements Disposable {
  readonly #path: string;
  #fd: number | undefined;
  #inode = 0;
  #offset = 0;
  #decoder = new StringDecoder("utf8");
  #unfinished = "";

  constructor(path: string) {
    this.#path = path;
  }

  /** What has come since the last call. */
  more(): string {
    this.#reopen();
    if (this.#fd === undefined) return "";
    const bytes = Buffer.alloc(Math.max(0, fstatSync(this.#fd).size - this.#offset));
    const read = readSync(this.#fd, bytes, 0, bytes.length, this.#offset);
    this.#offset += read;
    const text = this.#unfinished + this.#decoder.write(bytes.subarray(0, read));
    const end = text.lastIndexOf("\n") + 1;
    this.#unfinished = text.slice(end);
    return text.slice(0, end);
  }

  #reopen(): void {
    if (!hasLog(this.#path)) return;
    const { ino, size } = statSync(this.#path);
    if (this.#fd !== undefined && ino === this.#inode && size >= this.#offset) return;
    this[Symbol.dispose]();
    this.#fd = openSync(this.#path, "r");
    this.#inode = ino;
    this.#offset = 0;
    this.#unfinished = "";
    this.#decoder = new StringDecoder("utf8");
  }

  [Symbol.dispose](): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}
