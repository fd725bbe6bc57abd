import { constants, fstatSync, openSync, readlinkSync, statSync } from "node:fs";
import type { Writable } from "node:stream";
import { ReadStream } from "node:tty";
import { PolledOutlet } from "./polled-outlet.ts";
import { WriteQueue } from "./write-queue.ts";

/** Where the session's bytes are shown, in order: a terminal, a pipe, a file. */
export interface Outlet {
  /** Shows bytes after all that waits, without waiting; `bytes` may be reused at once. False: something waits, or the outlet is closed, which drops it. */
  write(bytes: Uint8Array): boolean;
  /** Resolves when nothing waits; rejects when the outlet was closed. */
  drained(): Promise<void>;
  /** Forgets what waits, and drops what comes. */
  close(why: Error): void;
}

/** The process's own stdout. */
export interface Output extends Writable {
  readonly fd: number;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

const writeOnly = constants.O_WRONLY | constants.O_NOCTTY | constants.O_NONBLOCK;

/**
 * An outlet that never blocks. Node makes the terminal's descriptor blocking, so one that stops reading would stop the session; a second
 * open file is needed because the flag belongs to it, and the first is shared with every other program on the terminal.
 * Pipes are non-blocking already, files never wait.
 */
export function openOutlet(stdout: Output): Outlet {
  if (stdout.isTTY !== true) return new PolledOutlet(stdout.fd, stdout);
  return polled(() => nameOf(stdout.fd)) ?? polled(() => "/dev/tty") ?? new WriteQueue(opened(`/proc/self/fd/${stdout.fd}`) ?? stdout.fd);
}

/** Undefined: there is no such terminal, or, after su, it belongs to its old owner. */
function polled(path: () => string): Outlet | undefined {
  try {
    const fd = openSync(path(), writeOnly);
    // Never read. Node's WriteStream would block.
    return new PolledOutlet(fd, new ReadStream(fd));
  } catch {
    return undefined;
  }
}

function opened(path: string): number | undefined {
  try {
    return openSync(path, writeOnly);
  } catch {
    return undefined;
  }
}

/**
 * The path of a terminal. libuv opens it once more by that, and where it can't, it tries to write again and again instead of waiting.
 * @throws where it has none: without /proc, or with the terminal of another machine or container
 */
function nameOf(fd: number): string {
  const path = readlinkSync(`/proc/self/fd/${fd}`);
  const named = statSync(path);
  const open = fstatSync(fd);
  if (named.ino !== open.ino || named.dev !== open.dev) throw new Error(`${path} is another terminal`);
  return path;
}
