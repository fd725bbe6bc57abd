import { writeSync } from "node:fs";

/**
 * Writes what the kernel takes at once.
 *
 * @returns how much that is; 0: there is no room
 * @throws  what write(2) says, but for EAGAIN
 */
export function writeAtOnce(fd: number, bytes: Uint8Array): number {
  // A full terminal is an exception to Node, and its stack trace costs more than the write (10 µs against 4).
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EAGAIN") return 0;
    throw error;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
