import type { Choice, PromptType } from "../prompt/detection.ts";

/** What a reader makes of the screen, before the kernel's evidence and the time are weighed. */
export interface Sighting {
  readonly type: PromptType;
  readonly pattern: string;
  readonly confidence: number;
  readonly question: string;
  readonly choices: readonly Choice[];
  readonly default: string | undefined;
  readonly secret: boolean;
  readonly idle: boolean;
  /** The lines that belong to it: indices into the view's lines, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  /**
   * How it takes its answer. line: text at the cursor, ended by Enter; key: one key; menu: a program of its own draws it
   */
  readonly shape: "line" | "key" | "menu";
  /** What must stay equal while the same question stands, beside question and labels: the dialog's own words. */
  readonly body: string;
  /** What stands in a composer and is no ghost text: while it stands, no Enter has sent it. */
  readonly draft?: string;
  /** A composer that surely holds no words. */
  readonly isVacant?: boolean;
  /** A composer below what the person said last: the agent has said nothing to it. */
  readonly isUnanswered?: boolean;
}
