/** A question of the model's own, with its options. */
export interface Question {
  readonly header: string;
  readonly question: string;
  readonly multiSelect: boolean;
  readonly options: readonly { readonly label: string; readonly description: string }[];
}

/** One thing that the model says or wants done. The server finds the tool that the agent at hand offers for it. */
export type Act =
  | { readonly says: string }
  | { readonly runs: string; readonly because: string }
  | { readonly writes: string; readonly content: string }
  | { readonly reads: string }
  | { readonly edits: string; readonly from: string; readonly to: string }
  | { readonly fetches: string }
  | { readonly asks: readonly Question[] }
  /** Writes the plan where the agent wants it. */
  | { readonly drafts: string }
  | { readonly proposes: string }
  /** A tool by its own name. */
  | { readonly calls: string; readonly input: Readonly<Record<string, unknown>> }
  /** Nothing for so many milliseconds: the agent works. */
  | { readonly thinks: number };

/** The model's turns, one after the other; the last one is repeated. */
export type Scene = readonly (readonly Act[])[];
