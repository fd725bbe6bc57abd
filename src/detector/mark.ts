import type xterm from "@xterm/headless";

/** How many rows above the cursor the words may stand that a place is known by. */
const mostRowsUp = 3;

/** Where the cursor stood, known by the words before it. */
export class Mark {
  readonly #terminal: xterm.Terminal;
  /** Of the normal screen, or of the alternate one. */
  readonly #type: string;
  /** The row of the words. The alternate screen, which keeps nothing that scrolls off, has no markers: there it is a number. */
  readonly #at: { readonly isDisposed: boolean; readonly line: number; dispose?(): void };
  /** How many rows above the cursor the words stood. */
  readonly #up: number;
  readonly #words: string;

  constructor(terminal: xterm.Terminal) {
    this.#terminal = terminal;
    const { active } = terminal.buffer;
    this.#type = active.type;
    let up = 0;
    while (up < mostRowsUp && this.#wordsAt(this.#cursorRow - up).trim() === "") up++;
    // From the first row of a question that is broken by the edge: who draws it anew erases all rows below that one, and their markers.
    while (active.type === "normal" && active.getLine(this.#cursorRow - up)?.isWrapped === true) up++;
    this.#up = up;
    this.#at = terminal.registerMarker(-up) ?? { isDisposed: false, line: this.#cursorRow - up };
    this.#words = this.#wordsFrom(this.#cursorRow - up).trimEnd();
  }

  /** How many rows further down the cursor is by now; undefined: the row where it stood is gone. */
  get rowsDown(): number | undefined {
    return this.#row === undefined ? undefined : this.#cursorRow - this.#row - this.#up;
  }

  /** What has been written between that place and the cursor; undefined: the place is gone, or holds other words. */
  get writtenSince(): string | undefined {
    const row = this.#row;
    const words = row === undefined ? "" : this.#wordsFrom(row);
    return this.#words === "" || !words.startsWith(this.#words) ? undefined : words.slice(this.#words.length);
  }

  /** The emulator keeps each marker until its row is gone. */
  dispose(): void {
    this.#at.dispose?.();
  }

  get #row(): number | undefined {
    return this.#at.isDisposed || this.#terminal.buffer.active.type !== this.#type ? undefined : this.#at.line;
  }

  get #cursorRow(): number {
    const { baseY, cursorY } = this.#terminal.buffer.active;
    return baseY + cursorY;
  }

  #textAt(row: number): string {
    return this.#terminal.buffer.active.getLine(row)?.translateToString(true) ?? "";
  }

  /** What stands from that row up to the cursor; what the edge broke is one line. */
  #wordsFrom(row: number): string {
    const { active } = this.#terminal.buffer;
    const rows = Array.from({ length: Math.max(0, this.#cursorRow - row + 1) }, (_, index) => row + index);
    return rows.map((at) => (at > row && active.getLine(at)?.isWrapped !== true ? "\n" : "") + this.#wordsAt(at)).join("");
  }

  /** The row's text; of the cursor's, up to the cursor. */
  #wordsAt(row: number): string {
    const { active } = this.#terminal.buffer;
    return row === this.#cursorRow ? (active.getLine(row)?.translateToString(false, 0, active.cursorX) ?? "") : this.#textAt(row);
  }
}
