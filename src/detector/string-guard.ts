const escape = 0x1b;
const bell = 0x07;
const backslash = 0x5c;
/** CAN and SUB end any sequence. */
const enders = new Set([0x18, 0x1a]);
/** What follows ESC to begin OSC, DCS, SOS, PM, APC. */
const openers = new Set([0x5d, 0x50, 0x58, 0x5e, 0x5f]);
/** Longer than any title, link or notification; an unterminated 12 MB one costs the emulator 1.2 s and 340 MB (notes of 2026-11). */
const longest = 4096;

/** Cuts the payload of OSC, DCS and their kind at 4,096 bytes before it reaches the emulator. Chunks may split anything. */
export class StringGuard {
  #state: "text" | "escape" | "string" | "string-escape" = "text";
  #length = 0;

  pass(bytes: Uint8Array): Uint8Array {
    if (this.#state === "text" && !bytes.includes(escape)) return bytes;
    const kept = new Uint8Array(bytes.length);
    let length = 0;
    for (const byte of bytes) {
      if (this.#admit(byte)) kept[length++] = byte;
    }
    return kept.subarray(0, length);
  }

  #admit(byte: number): boolean {
    switch (this.#state) {
      case "text":
        if (byte === escape) this.#state = "escape";
        return true;
      case "escape":
        this.#length = 0;
        if (byte !== escape) this.#state = openers.has(byte) ? "string" : "text";
        return true;
      case "string-escape":
        // Any ESC ends a string; what follows a lone one begins a sequence of its own.
        this.#length = 0;
        this.#state = byte === backslash ? "text" : openers.has(byte) ? "string" : byte === escape ? "escape" : "text";
        return true;
      case "string":
        if (byte === escape) this.#state = "string-escape";
        else if (byte === bell || enders.has(byte)) this.#state = "text";
        else return ++this.#length <= longest;
        return true;
    }
  }
}
