/** A palette index from 0 to 255, or "#rrggbb". */
export type Colour = number | string;

/** Neighbouring cells of one row that look alike. An absent colour is the terminal's own; an absent attribute is off. */
export interface CellRun {
  readonly text: string;
  /** How many columns the run takes, where wide or combining characters make that differ from the text's length. */
  readonly columns?: number;
  readonly fg?: Colour;
  readonly bg?: Colour;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly strike?: boolean;
  readonly inverse?: boolean;
}

/** What the terminal shows at one moment. */
export interface Frame {
  readonly columns: number;
  /** From the top; rows that are missing at the end are blank. */
  readonly rows: readonly (readonly CellRun[])[];
  /** Zero-based; undefined: hidden. */
  readonly cursor: { readonly row: number; readonly column: number } | undefined;
}
