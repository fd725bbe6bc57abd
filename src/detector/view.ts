import type { SentLine } from "./sent-line.ts";

/** Cells side by side that look the same; `from` and `to` are indices into the line's text. */
export interface Run {
  readonly from: number;
  readonly to: number;
  /** Equal for cells of equal colours and attributes. */
  readonly style: string;
}

/** What one line of the screen shows: rows that the terminal wrapped are one line. */
export interface Line {
  /** Without trailing blanks; concealed and background-coloured characters are blanks. */
  readonly text: string;
  readonly runs: readonly Run[];
  /** How many rows it takes. */
  readonly height: number;
  /** The text index at which each of its rows but the first begins. */
  readonly breaks: readonly number[];
}

/** The window: what a person would now see, from the newest line up, at most 4,096 bytes of text. */
export interface View {
  /** Top to bottom; the last one has text or the cursor. */
  readonly lines: readonly Line[];
  readonly cursor: {
    /** Index into `lines`. */
    readonly line: number;
    /** Index into that line's text; may lie beyond its end. */
    readonly column: number;
    readonly visible: boolean;
  };
  readonly columns: number;
  readonly rows: number;
  /** The alternate screen is shown: a full-screen program. */
  readonly isFullScreen: boolean;
  /** Pasted text is bracketed: a line editor or a composer reads. */
  readonly bracketsPaste: boolean;
  /** Arrow keys are sent as SS3 sequences ("\x1bOA"): programs that ask terminfo know no others (dialog, whiptail). */
  readonly sendsApplicationKeys: boolean;
  /** The window title; "" when none was set. */
  readonly title: string;
  /** The cursor is in the command line of a shell that marks it (OSC 133). */
  readonly isAtShell: boolean;
  /** Where the last line was sent to the child, while that can be told. */
  readonly sent: SentLine | undefined;
}

/** The run that shows the character at `column` of the line's text; undefined: it has no look of its own. */
export function runAt(line: Line, column: number): Run | undefined {
  return line.runs.find(({ from, to }) => column >= from && column < to);
}

/** How the character at `column` of the line's text looks; "": plain. */
export function styleAt(line: Line, column: number): string {
  return runAt(line, column)?.style ?? "";
}

/** Index of the one style that is unlike all the others, which are alike; undefined: none is. */
export function oddOneOut(styles: readonly string[]): number | undefined {
  const single = styles.filter((style) => styles.indexOf(style) === styles.lastIndexOf(style));
  return single.length === 1 && new Set(styles).size === 2 ? styles.indexOf(single[0] ?? "") : undefined;
}

export function textOf(view: View, from = 0, to = view.lines.length): string {
  return view.lines
    .slice(from, to)
    .map((line) => line.text)
    .join("\n");
}
