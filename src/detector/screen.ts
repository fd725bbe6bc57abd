import { Unicode11Addon } from "@xterm/addon-unicode11";
import xterm from "@xterm/headless";
import type { Millis } from "../async/clock.ts";
import { readLine } from "./cells.ts";
import { Mark } from "./mark.ts";
import { pictureOf, type Picture } from "./picture.ts";
import { StringGuard } from "./string-guard.ts";
import { listen } from "./structured/listening.ts";
import type { Signal } from "./structured/signal.ts";
import { Signals } from "./structured/signals.ts";
import type { SentLine } from "./sent-line.ts";
import type { Line, View } from "./view.ts";

/** Bytes of text that the layers read. */
const windowBytes = 4096;
/** Rows kept above the screen: a diff that belongs to a question may have scrolled there. */
const scrollback = 200;
/** Ends whatever escape sequence the emulator is in. */
const cancel = Uint8Array.of(0x18);

/** The child's screen: a terminal emulator that is written to and read, and never answers the child. */
export class Screen {
  readonly #terminal: xterm.Terminal;
  readonly #guard = new StringGuard();
  /** What the program says beside the screen. */
  readonly signals = new Signals();
  #title = "";
  #cursorVisible = true;
  /** Where a shell's command line begins, until it runs. */
  #input: xterm.IMarker | undefined;
  #sent: { readonly at: xterm.IMarker | undefined; readonly type: string; readonly before: string } | undefined;
  #now: Millis = 0;

  constructor(columns: number, rows: number) {
    this.#terminal = new xterm.Terminal({
      cols: clamp(columns),
      rows: clamp(rows),
      scrollback,
      allowProposedApi: true,
      // By default xterm reports every broken sequence on the console: hundreds of thousands of lines on hostile output.
      logLevel: "off",
    });
    // The widths that wcwidth programs assume; xterm's default is Unicode 6 (notes of 2026-11).
    this.#terminal.loadAddon(new Unicode11Addon());
    this.#terminal.unicode.activeVersion = "11";
    this.#terminal.onTitleChange((title) => {
      this.#title = title;
      this.signals.titled(title, this.#now);
    });
    listen(this.#terminal, (signal) => this.#hear(signal));
    this.#followCursor("h", true);
    this.#followCursor("l", false);
  }

  /**
   * Resolves when `bytes` are on the screen.
   *
   * @param dropped  bytes before them were lost, perhaps in the middle of a sequence
   * @param now      when they were written
   */
  async write(bytes: Uint8Array, dropped: boolean, now: Millis = 0): Promise<void> {
    this.#now = now;
    if (dropped) await this.#parse(cancel);
    await this.#parse(this.#guard.pass(bytes));
  }

  /** A line was sent to the child at what has been written. */
  sent(): void {
    const { lines, cursor } = this.read();
    const before = (lines[cursor.line]?.text ?? "").slice(0, cursor.column).trimEnd();
    this.#sent?.at?.dispose();
    // What has no words can't be known again.
    this.#sent = before === "" ? undefined : { at: this.#terminal.registerMarker(0), type: this.#terminal.buffer.active.type, before };
  }

  /** The window title; "" when none was set. */
  get title(): string {
    return this.#title;
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(clamp(columns), clamp(rows));
  }

  read(): View {
    const buffer = this.#terminal.buffer.active;
    const cursorRow = buffer.baseY + buffer.cursorY;
    const lines: Line[] = [];
    let bytes = 0;
    let cursor = { line: -1, column: 0 };
    let isAtShell = false;
    let sent: SentLine | undefined;
    const sentRow = this.#sent?.type === buffer.type && this.#sent.at?.isDisposed === false ? this.#sent.at.line : -1;
    let row = buffer.baseY + this.#terminal.rows - 1;
    while (row >= 0 && bytes <= windowBytes) {
      let top = row;
      // Full-screen programs place their rows themselves; there, what follows a full row is not its continuation.
      // Nor is a line without end (a progress bar's dots) read beyond the window.
      while (top > 0 && buffer.type === "normal" && (row - top) * this.#terminal.cols < windowBytes && buffer.getLine(top)?.isWrapped === true) top--;
      const { line, column } = readLine(buffer, top, row, cursorRow, buffer.cursorX);
      const hasCursor = cursorRow >= top && cursorRow <= row;
      if (hasCursor) isAtShell = this.#input !== undefined && !this.#input.isDisposed && this.#input.line >= top && this.#input.line <= row;
      if (lines.length > 0 || line.text !== "" || hasCursor) {
        lines.push(line);
        bytes += Buffer.byteLength(line.text) + 1;
      }
      if (hasCursor) cursor = { line: lines.length - 1, column };
      // A screen that was drawn anew shows other words there.
      if (sentRow >= top && sentRow <= row && this.#sent !== undefined && line.text.startsWith(this.#sent.before)) sent = { line: lines.length - 1, before: this.#sent.before };
      row = top - 1;
    }
    return {
      lines: lines.toReversed(),
      // A cursor above the window (a tall full-screen program) counts as being on its first line.
      cursor: { line: cursor.line < 0 ? 0 : lines.length - 1 - cursor.line, column: cursor.column, visible: this.#cursorVisible },
      columns: this.#terminal.cols,
      rows: this.#terminal.rows,
      isFullScreen: buffer.type === "alternate",
      sendsApplicationKeys: this.#terminal.modes.applicationCursorKeysMode,
      bracketsPaste: this.#terminal.modes.bracketedPasteMode,
      title: this.#title,
      isAtShell,
      sent: sent && { ...sent, line: lines.length - 1 - sent.line },
    };
  }

  picture(): Picture {
    return pictureOf(this.#terminal, this.#cursorVisible);
  }

  /** Remembers where the cursor stands. */
  markCursor(): Mark {
    return new Mark(this.#terminal);
  }

  #hear(signal: Signal): void {
    this.signals.hear(signal, this.#now);
    if (signal.is !== "shell") return;
    this.#input?.dispose();
    this.#input = signal.phase === "input" ? this.#terminal.registerMarker(0) : undefined;
  }

  /** At once: what is written after "input" the emulator does not put off, by a millisecond, to gather more. */
  #parse(bytes: Uint8Array): Promise<void> {
    this.#terminal.input("");
    return new Promise((parsed) => this.#terminal.write(bytes, parsed));
  }

  #followCursor(final: "h" | "l", visible: boolean): void {
    this.#terminal.parser.registerCsiHandler({ prefix: "?", final }, (params) => {
      if (params.includes(25)) this.#cursorVisible = visible;
      return false;
    });
  }
}

/** A terminal may say that it is 65,535 cells wide and high; an emulator of that size takes all memory. */
function clamp(cells: number): number {
  return Math.max(2, Math.min(1000, Math.floor(cells)));
}
