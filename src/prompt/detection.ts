export type PromptType = "yes_no" | "confirm_enter" | "multiple_choice" | "free_text" | "unknown";

/** structured 1.0 · pattern 0.65–0.95 · stall 0.60 */
export type Layer = "structured" | "pattern" | "stall";

/** An answer on offer, with the label that the terminal shows for it. */
export interface Choice {
  readonly label: string;
  /** The bytes that are typed for it, key after key ({@link keystrokesFor} splits them). */
  readonly keys: string;
  readonly declines: boolean;
}

/** One layer's opinion: the child now waits for this. */
export interface Detection {
  readonly type: PromptType;
  readonly layer: Layer;
  /** The id of the pattern that saw it, e.g. "generic.bracket-yn". */
  readonly pattern: string;
  /** 0.60 to 1.0 */
  readonly confidence: number;
  /** The question as the terminal shows it, without its frame. */
  readonly question: string;
  /** The visible text that belongs to it (command, diff, menu), question and choices included, as the terminal shows it. */
  readonly excerpt: string;
  readonly choices: readonly Choice[];
  /** Label of the choice, or the text, that Enter alone would give; undefined: none is shown. */
  readonly default: string | undefined;
  /** What is typed does not show: a password. */
  readonly secret: boolean;
  /** A composer, shell or REPL that waits for the next instruction rather than for an answer. */
  readonly idle: boolean;
  /** Equal while the same question stands, whatever spinner, timer or redraw; compared before anything is typed. */
  readonly fingerprint: string;
}
