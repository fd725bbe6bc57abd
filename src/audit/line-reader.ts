import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { basename } from "node:path";
import { codeOf } from "../async/code-of.ts";
import { maxLineBytes } from "./chain.ts";
import type { Place } from "./problem.ts";

/** Bytes per read: long enough that the calls cost nothing, short enough to stay in the processor's cache. */
const chunkBytes = 256 * 1024;

/** @param isWhole false: the line is longer than any of ours, and goes on in the next call */
export type OnLine = (line: Buffer, isWhole: boolean) => void;

/** Reads a file line by line in constant memory, always on as far as it now reaches. */
export class LineReader implements Disposable {
  readonly #fd: number;
  readonly #file: string;
  readonly #chunk = Buffer.allocUnsafe(chunkBytes + maxLineBytes);
  /** Bytes of an unfinished line at the chunk's begin. */
  #held = 0;
  #position = 0;
  #line = 1;
  #offset = 0;

  constructor(path: string) {
    this.#fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    this.#file = basename(path);
  }

  /** undefined: there is no such file. A log has none for a moment when it goes on in a new one, and a purge may have removed it. */
  static open(path: string): LineReader | undefined {
    try {
      return new LineReader(path);
    } catch (error) {
      if (codeOf(error) === "ENOENT") return undefined;
      throw error;
    }
  }

  /** Where the line stands that is being handed out, or the rest. */
  get place(): Place {
    return { file: this.#file, line: this.#line, offset: this.#offset };
  }

  get stats(): Stats {
    return fstatSync(this.#fd);
  }

  /** Reads to the present end of the file; called again, to what was appended since. */
  pump(onLine: OnLine): void {
    while (this.step(onLine));
  }

  /** Reads the next piece of the file; false: its present end was reached. */
  step(onLine: OnLine): boolean {
    const count = readSync(this.#fd, this.#chunk, this.#held, chunkBytes, this.#position);
    if (count === 0) return false;
    this.#position += count;
    this.#split(this.#held + count, onLine);
    return true;
  }

  /** What stands after the last newline. */
  get rest(): Buffer {
    return this.#chunk.subarray(0, this.#held);
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd);
  }

  #split(filled: number, onLine: OnLine): void {
    const bytes = this.#chunk.subarray(0, filled);
    let at = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, at)) {
      onLine(bytes.subarray(at, end), true);
      this.#offset += end + 1 - at;
      this.#line++;
      at = end + 1;
    }
    if (filled - at > maxLineBytes) {
      onLine(bytes.subarray(at, filled), false);
      this.#offset += filled - at;
      at = filled;
    }
    this.#held = filled - at;
    this.#chunk.copyWithin(0, at, filled);
  }
}
