/** How a log can be bad. The words stand in the output of "aegis audit verify --json" and do not change. */
export type ProblemKind =
  /** The content does not match its own hash. */
  | "modified"
  /** Not a line that aegis writes. */
  | "malformed"
  /** Whole by itself, but made for another predecessor: it, or the one before, was rewritten. */
  | "broken-link"
  /** Entries are gone from the middle or the begin. */
  | "missing"
  | "reordered"
  /** An entry stands a second time. */
  | "duplicated"
  /** Two different entries with one number. */
  | "forked"
  /** Entries are gone from the end. */
  | "truncated"
  /** A witness remembers another entry. */
  | "rewritten"
  /** A line without its end that no crash explains, or (as a warning) one that a crash does. */
  | "torn"
  /** A warning: a crash tore a line, and the next writer acknowledged it. */
  | "torn-recovered"
  /** A warning: an entry whose change of state was not committed, or not yet. */
  | "uncommitted"
  /** A warning: the machine's calendar was set back between two entries. */
  | "clock-backwards"
  /** A warning: entries had rested on this machine alone for more than a day before anybody outside saw a hash that proves them. */
  | "anchor-late"
  /** Something stood in the file that aegis had not written; aegis noticed. */
  | "foreign"
  | "replica-missing"
  | "replica-modified"
  | "replica-mismatch"
  | "replica-behind"
  | "replica-corrupt"
  | "replica-unreadable"
  | "missing-file"
  | "not-regular-file"
  | "hardlinked"
  | "owner"
  | "permissions";

export interface Problem {
  readonly kind: ProblemKind;
  /** Only an error makes the log bad. */
  readonly severity: "error" | "warning";
  /** The file's name without its folder. */
  readonly file: string;
  /** From 1; 0: the file as a whole. */
  readonly line: number;
  /** Bytes before the line. */
  readonly offset: number;
  readonly seq: number | undefined;
  readonly detail: string;
}

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly offset: number;
}

/** How many problems are kept one by one; the others are only counted, so that memory stays bounded. */
const keptProblems = 1_000;

type Named = { -readonly [key in keyof Problem]: Problem[key] };

/** What was found, in the order of the log. */
export class Findings {
  readonly #problems: Named[] = [];
  readonly #counts = new Map<ProblemKind, number>();
  #hasErrors = false;
  #hasBadLine = false;

  /** @returns renames it, when what follows in the log shows what it was */
  error(kind: ProblemKind, place: Place, detail: string, seq?: number): (kind: ProblemKind, detail: string) => void {
    this.#hasErrors = true;
    this.#hasBadLine ||= place.line > 0;
    return this.#add({ ...place, kind, severity: "error", seq, detail });
  }

  warning(kind: ProblemKind, place: Place, detail: string, seq?: number): void {
    this.#add({ ...place, kind, severity: "warning", seq, detail });
  }

  get hasErrors(): boolean {
    return this.#hasErrors;
  }

  /** Whether an error was found in a line; others are of a file, or of the replica, as a whole. */
  get hasBadLine(): boolean {
    return this.#hasBadLine;
  }

  /** At most 1,000 of them. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** How many there are of each kind. */
  get counts(): { readonly [kind: string]: number } {
    return Object.fromEntries(this.#counts);
  }

  #add(problem: Named): (kind: ProblemKind, detail: string) => void {
    this.#count(problem.kind, 1);
    if (this.#problems.length < keptProblems) this.#problems.push(problem);
    return (kind, detail) => {
      this.#count(problem.kind, -1);
      this.#count(kind, 1);
      Object.assign(problem, { kind, detail });
    };
  }

  #count(kind: ProblemKind, change: number): void {
    const count = (this.#counts.get(kind) ?? 0) + change;
    if (count === 0) this.#counts.delete(kind);
    else this.#counts.set(kind, count);
  }
}
