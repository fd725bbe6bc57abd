import { createHash } from "node:crypto";
import { acknowledges, isTorn } from "./tail.ts";
import type { Place } from "./problem.ts";

/** Lines in a row that are no entries, as a verifier meets them. */
export class Stray {
  readonly place: Place;
  readonly #sha = createHash("sha256");
  #bytes = 0;
  #lines = 0;
  #isTorn = true;
  #isInLine = false;

  constructor(place: Place) {
    this.place = place;
  }

  get lines(): number {
    return this.#lines;
  }

  /** Whether the last piece did not end its line. */
  get isInLine(): boolean {
    return this.#isInLine;
  }

  /** Whether a writer that died can have left all of it. */
  get isTorn(): boolean {
    return this.#isTorn;
  }

  /** @param nextSeq the number that a writer would have given. @param isWhole false: the line goes on */
  add(piece: Buffer, { nextSeq, isWhole }: { nextSeq: number; isWhole: boolean }): void {
    if (!this.#isInLine) this.#lines++;
    this.#isTorn &&= this.#isInLine ? piece.every((byte) => byte === 0) : isTorn(piece, nextSeq);
    this.#isInLine = !isWhole;
    this.#sha.update(piece);
    if (isWhole) this.#sha.update("\n");
    this.#bytes += piece.length + (isWhole ? 1 : 0);
  }

  /** Whether `line` acknowledges exactly these lines. */
  isAcknowledgedBy(line: Buffer): boolean {
    return acknowledges(line, { bytes: this.#bytes, lines: this.#lines, sha256: this.#sha.copy().digest("hex") });
  }
}
