/** Bytes that were fed and not yet parsed: the newest 256 KB of them, whatever their chunks were. */
export class Backlog {
  readonly #capacity: number;
  #ring: Uint8Array | undefined;
  #start = 0;
  #length = 0;
  #dropped = false;
  /** How many of the bytes came before a line was sent; undefined: none was. */
  #sentAfter: number | undefined;

  /** @param capacity bytes; under a flood a screen repaints itself many times within 256 KB (notes of 2026-11: measured best). */
  constructor(capacity = 256 * 1024) {
    this.#capacity = capacity;
  }

  get isEmpty(): boolean {
    return this.#length === 0 && this.#sentAfter === undefined;
  }

  /** More came than it holds: a flood, in which what is read now is gone at once. */
  get isLosing(): boolean {
    return this.#dropped;
  }

  put(bytes: Uint8Array): void {
    this.#ring ??= new Uint8Array(this.#capacity);
    const kept = bytes.length > this.#capacity ? bytes.subarray(bytes.length - this.#capacity) : bytes;
    const end = (this.#start + this.#length) % this.#capacity;
    const room = this.#capacity - end;
    this.#ring.set(kept.length > room ? kept.subarray(0, room) : kept, end);
    if (kept.length > room) this.#ring.set(kept.subarray(room), 0);
    const overflow = this.#length + bytes.length - this.#capacity;
    this.#length = Math.min(this.#capacity, this.#length + bytes.length);
    if (overflow > 0) {
      this.#dropped = true;
      if (this.#sentAfter !== undefined) this.#sentAfter = Math.max(0, this.#sentAfter - overflow);
      this.#start = (end + kept.length) % this.#capacity;
    }
  }

  /** A line was sent to the child at this point of its output. */
  sent(): void {
    this.#sentAfter = this.#length;
  }

  /** Takes all, or what came before a line was sent. `dropped`: older bytes than these were lost. */
  take(): { readonly bytes: Uint8Array; readonly dropped: boolean; readonly isSent: boolean } {
    const length = this.#sentAfter ?? this.#length;
    const bytes = new Uint8Array(length);
    if (this.#ring !== undefined) {
      const head = this.#ring.subarray(this.#start, Math.min(this.#start + length, this.#capacity));
      bytes.set(head);
      bytes.set(this.#ring.subarray(0, length - head.length), head.length);
    }
    const taken = { bytes, dropped: this.#dropped, isSent: this.#sentAfter !== undefined };
    this.#start = (this.#start + length) % this.#capacity;
    this.#length -= length;
    this.#dropped = false;
    this.#sentAfter = undefined;
    return taken;
  }
}
