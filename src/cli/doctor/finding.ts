/** One thing that doctor looked at. */
export interface Finding {
  /** For scripts: "home.modes", "telegram.webhook". */
  readonly id: string;
  readonly is: "good" | "warning" | "bad";
  /** What was found: one line, lower case, no full stop. */
  readonly what: string;
  /** Why it matters; undefined: all is well. */
  readonly why?: string;
  /** What the person can do about it; undefined: all is well. */
  readonly mend?: string;
  /** Mends it; gives what was done. undefined: only the person can. */
  readonly fix?: () => Promise<string> | string;
}

export function good(id: string, what: string): Finding {
  return { id, is: "good", what };
}
