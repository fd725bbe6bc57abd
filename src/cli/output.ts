import { Chalk, type ChalkInstance } from "chalk";
import { Failure } from "./failure.ts";

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Where a command prints: results on `out`, everything else on `err`. */
export class Output {
  readonly #out: Stream;
  readonly #err: Stream;
  readonly paint: ChalkInstance;

  constructor(out: Stream, err: Stream, environment: Readonly<Record<string, string | undefined>>) {
    this.#out = out;
    this.#err = err;
    const isPlain = !out.isTTY || Boolean(environment["NO_COLOR"]) || environment["TERM"] === "dumb";
    this.paint = new Chalk(isPlain ? { level: 0 } : {});
  }

  /** Columns of the table's paper: the terminal's, 80 without one. */
  get width(): number {
    return this.#out.columns ?? 80;
  }

  line(text: string): void {
    this.#out.write(`${text}\n`);
  }

  json(value: unknown): void {
    this.line(JSON.stringify(value));
  }

  /** One line about what aegis itself does, on stderr. */
  notice(text: string): void {
    this.#err.write(`aegis: ${text}\n`);
  }

  failure({ message, hint }: Failure): void {
    this.notice(`error: ${message}`);
    this.notice(`hint: ${hint}`);
  }

  /** Rows under headings, each column as wide as it needs; the last one is cut where the paper ends. */
  table(headings: readonly string[], rows: ReadonlyArray<readonly string[]>): void {
    const widths = headings.map((heading, column) => Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)));
    const lay = (row: readonly string[]): string => {
      const text = row.map((cell, column) => (column === headings.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join("  ").trimEnd();
      return text.length > this.width ? `${text.slice(0, this.width - 1)}…` : text;
    };
    this.line(this.paint.bold(lay(headings)));
    for (const row of rows) this.line(lay(row));
  }
}
