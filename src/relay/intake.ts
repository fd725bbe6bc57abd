import { Later } from "../async/later.ts";
import { messageOf } from "../async/message-of.ts";
import type { Tap } from "../terminal/pump.ts";
import type { Report } from "./report.ts";

/** As much output as a detector reads of a flood. */
const keptBytes = 256 * 1024;

type Passed = { readonly is: "output"; readonly bytes: Uint8Array } | { readonly is: "keys"; readonly bytes: Uint8Array; readonly typed: boolean };

/**
 * Listens on the byte path from the first byte on, so that the child need not wait for the relay to be loaded, and hands over
 * to whoever attaches. Whoever listens and throws is taken off: what listens must not stop what flows.
 */
export class Intake implements Tap {
  readonly #taps = new Set<Tap>();
  #kept: Passed[] = [];
  #keptSize = 0;
  #isAttached = false;
  readonly #begun = new Later<void>();
  #onBreak: Report["trouble"] = () => undefined;

  /** Resolves when the child has shown something. */
  get begun(): Promise<void> {
    return this.#begun.value;
  }

  /** Hands over what has passed so far, then everything as it comes. */
  attach(taps: readonly Tap[], onBreak: Report["trouble"]): void {
    this.#onBreak = onBreak;
    for (const tap of taps) this.#taps.add(tap);
    this.#isAttached = true;
    const kept = this.#kept;
    this.#kept = [];
    for (const passed of kept) this.#pass(passed);
  }

  output(bytes: Uint8Array): void {
    if (this.#isAttached) this.#pass({ is: "output", bytes });
    else this.#keep({ is: "output", bytes: copyOf(bytes) });
    this.#begun.resolve();
  }

  keys(bytes: Uint8Array, typed: boolean): void {
    if (this.#isAttached) this.#pass({ is: "keys", bytes, typed });
    else this.#keep({ is: "keys", bytes: copyOf(bytes), typed });
  }

  #keep(passed: Passed): void {
    this.#kept.push(passed);
    this.#keptSize += passed.bytes.length;
    while (this.#keptSize > keptBytes && this.#kept.length > 1) this.#keptSize -= this.#kept.shift()?.bytes.length ?? 0;
  }

  #pass(passed: Passed): void {
    for (const tap of this.#taps) {
      try {
        if (passed.is === "output") tap.output(passed.bytes);
        else tap.keys(passed.bytes, passed.typed);
      } catch (error) {
        this.#taps.delete(tap);
        this.#onBreak(`a part of the relay broke: ${messageOf(error)}`, "prompts waited at the terminal from then on");
      }
    }
  }
}

/** Of a Buffer, `slice` would be no copy, and what it shows is overwritten by the next read. */
function copyOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
