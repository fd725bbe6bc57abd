import type { OnReadOpts, SocketConstructorOpts } from "node:net";
import { ReadStream } from "node:tty";

/** Gets bytes, valid during the call only. False: no more until resumed. */
export type Consumer = (bytes: Uint8Array) => boolean;

/**
 * Reads a terminal into `buffer`, again and again, past the stream's own queue: no allocation, and a pause that takes effect at once.
 * Starts at `resume()`; `destroy()` closes `fd`.
 */
export function directReader(fd: number, buffer: Uint8Array, consumer: Consumer): ReadStream {
  // net.Socket's documented option, which the type of tty.ReadStream leaves out.
  const options: SocketConstructorOpts & { onread: OnReadOpts } = {
    onread: { buffer, callback: (length) => consumer(buffer.subarray(0, length)) },
  };
  return new ReadStream(fd, options);
}
