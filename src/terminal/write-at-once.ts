import { writeSync } from "node:fs";

/**
 * Writes what the kernel takes at once.
 *
 * @param failed  hears what write(2) says, but for EAGAIN
 * @returns how much that is; 0: there is no room, or it failed
 */
export function writeAtOnce(fd: number, bytes: Uint8Array, failed: (why: Error) => void): number {
  // A full terminal is an exception to Node, and its stack trace costs more than the write (10 µs against 4).
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    const isBusy = error instanceof Error && "code" in error && error.code === "EAGAIN";
    if (!isBusy) failed(error instanceof Error ? error : new Error(String(error)));
    return 0;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
