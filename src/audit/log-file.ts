import { closeSync, constants, fdatasyncSync, fstatSync, fsyncSync, lstatSync, openSync, readSync, writeSync, type Stats } from "node:fs";
import { dirname } from "node:path";
import { codeOf } from "../async/code-of.ts";
import { LogTrouble } from "./log-trouble.ts";

const { O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } = constants;

/** What is wrong with a file that should be ours alone: a verify kind and words. undefined: nothing. */
export function faultOf(stats: Stats): { kind: "not-regular-file" | "hardlinked" | "owner" | "permissions"; why: string } | undefined {
  if (!stats.isFile()) return { kind: "not-regular-file", why: "is not a regular file" };
  if (stats.nlink > 1) return { kind: "hardlinked", why: `has ${stats.nlink} names` };
  const owner = process.geteuid?.();
  if (owner !== undefined && stats.uid !== owner) return { kind: "owner", why: `belongs to user ${stats.uid}` };
  if ((stats.mode & 0o077) !== 0) return { kind: "permissions", why: `can be reached by others (mode ${(stats.mode & 0o777).toString(8)})` };
  return undefined;
}

/** The log's file, held open for appending. It is never cut. */
export class LogFile implements Disposable {
  readonly path: string;
  readonly #fd: number;

  private constructor(path: string, fd: number) {
    this.path = path;
    this.#fd = fd;
  }

  /** undefined: there is no such file. Throws LogTrouble when it is not ours alone. */
  static open(path: string): LogFile | undefined {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    refuse(path, stats);
    // A FIFO that took the file's place since must not hang us, nor a link lead us away.
    return LogFile.#checked(path, openSync(path, O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK));
  }

  static mustOpen(path: string): LogFile {
    const file = LogFile.open(path);
    if (file === undefined) throw new LogTrouble(`${path} is gone`);
    return file;
  }

  static create(path: string): LogFile {
    const file = LogFile.#checked(path, openSync(path, O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600));
    syncFolder(dirname(path));
    return file;
  }

  static #checked(path: string, fd: number): LogFile {
    refuse(path, fstatSync(fd));
    return new LogFile(path, fd);
  }

  get size(): number {
    return fstatSync(this.#fd).size;
  }

  /** Whether `path` still leads to this very file, and to it alone. */
  isInPlace(): boolean {
    const there = lstatSync(this.path, { throwIfNoEntry: false });
    if (there === undefined) return false;
    refuse(this.path, there);
    const here = fstatSync(this.#fd);
    return there.ino === here.ino && there.dev === here.dev;
  }

  read(from: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(Math.max(0, length));
    let filled = 0;
    while (filled < bytes.length) {
      const count = readSync(this.#fd, bytes, filled, bytes.length - filled, from + filled);
      if (count === 0) break;
      filled += count;
    }
    return bytes.subarray(0, filled);
  }

  /** Returns when the bytes are on the disk. */
  append(bytes: Buffer): void {
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#fd, bytes, written);
    fdatasyncSync(this.#fd);
  }

  /**
   * Writes what stands at `from` once more. After a failed fsync the kernel drops pages it could not write and calls them clean,
   * so that only bytes written anew are known to be durable after the next fsync.
   */
  rewrite(from: number, bytes: Buffer): void {
    const fd = openAnew(this.path);
    if (fd === undefined) return;
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written, bytes.length - written, from + written);
    } finally {
      closeSync(fd);
    }
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd);
  }
}

/** undefined: the file is append-only (chattr +a), and may stay so. */
function openAnew(path: string): number | undefined {
  try {
    return openSync(path, O_WRONLY | O_NOFOLLOW);
  } catch (error) {
    if (isNotPermitted(error)) return undefined;
    throw error;
  }
}

export function isNotPermitted(error: unknown): boolean {
  return codeOf(error) === "EPERM";
}

function refuse(path: string, stats: Stats): void {
  const fault = faultOf(stats);
  if (fault !== undefined) throw new LogTrouble(`${path} ${fault.why}, so nothing is written to it`);
}

/** Makes a new or renamed name in the folder durable. */
export function syncFolder(path: string): void {
  const fd = openSync(path, O_RDONLY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
