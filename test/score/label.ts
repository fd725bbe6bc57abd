import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What one stretch of a recording is: a prompt that a person must answer, or something that only looks like one. */
export interface Mark {
  /** Seconds: when the question is complete, and when it is answered or gone. */
  readonly t: number;
  readonly t_end?: number;
  readonly label: "prompt" | "not_prompt" | "ignore" | "exited";
  readonly kind?: string;
  readonly accept_kinds?: readonly string[];
  readonly question?: string;
  readonly question_alts?: readonly string[];
  readonly choices?: readonly { readonly label: string; readonly keys?: string }[];
}

/** A labelled recording: NAME.cast with NAME.json beside it. */
export interface Labelled {
  readonly name: string;
  readonly cast: string;
  readonly category: string;
  readonly isNegative: boolean;
  /** In time's order, each with its end. */
  readonly marks: readonly (Mark & { readonly t_end: number })[];
}

export function labelledIn(folder: string): Labelled[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return names.sort().map((name) => {
    const about: { readonly category: string; readonly marks: readonly Mark[] } = JSON.parse(readFileSync(join(folder, name), "utf8"));
    const sorted = about.marks.toSorted((one, other) => one.t - other.t);
    const marks = sorted.map((mark, index) => ({ ...mark, t_end: mark.t_end ?? sorted[index + 1]?.t ?? mark.t + 30 }));
    const base = name.slice(0, -".json".length);
    return { name: base, cast: join(folder, `${base}.cast`), category: about.category, isNegative: !marks.some((mark) => mark.label === "prompt"), marks };
  });
}
