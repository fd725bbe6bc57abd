import type { Writable } from "node:stream";
import { writeAtOnce } from "./write-at-once.ts";

/**
 * What the kernel takes at once is written at once, without a copy; the rest goes by way of a stream, which the event loop tells when
 * there is room again. A timer would tell it later, and a flood lost a quarter of its speed to that, a key typed in it milliseconds.
 */
export class PolledOutlet {
  readonly #fd: number;
  readonly #stream: Writable;
  #waiting = 0;
  #closed: Error | undefined;
  #drains: { resolve: () => void; reject: (why: Error) => void }[] = [];

  /**
   * @param fd     non-blocking
   * @param stream one on the same open file, which nobody else writes to
   */
  constructor(fd: number, stream: Writable) {
    this.#fd = fd;
    this.#stream = stream.on("error", (error) => this.close(error));
  }

  write(bytes: Uint8Array): boolean {
    if (this.#closed) return false;
    const taken = this.#waiting === 0 ? this.#take(bytes) : 0;
    if (taken === bytes.length) return true;
    if (!this.#closed) this.#wait(Uint8Array.prototype.slice.call(bytes, taken));
    return false;
  }

  drained(): Promise<void> {
    if (this.#closed) return Promise.reject(this.#closed);
    if (this.#waiting === 0) return Promise.resolve();
    return new Promise((resolve, reject) => this.#drains.push({ resolve, reject }));
  }

  close(why: Error): void {
    if (this.#closed) return;
    this.#closed = why;
    this.#stream.destroy();
    for (const drain of this.#drains.splice(0)) drain.reject(why);
  }

  #take(bytes: Uint8Array): number {
    return writeAtOnce(this.#fd, bytes, (why) => this.close(why));
  }

  #wait(rest: Uint8Array): void {
    this.#waiting += rest.length;
    this.#stream.write(rest, (error) => {
      if (error || this.#closed) return;
      this.#waiting -= rest.length;
      if (this.#waiting === 0) for (const drain of this.#drains.splice(0)) drain.resolve();
    });
  }
}
