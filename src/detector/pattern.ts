import type { Choice, PromptType } from "../prompt/detection.ts";

/**
 * What a pattern says of the screen it matches.
 * ask: the child waits for an answer · idle: it waits for the next instruction · busy: it works, whatever else the screen
 * shows · own: a menu that the person opened, which is never relayed · calls: it says that a person is needed, but not what for
 */
export type Role = "ask" | "idle" | "busy" | "own" | "calls";

/**
 * What a pattern's expression is tried on.
 * line: the cursor's line up to the cursor · tail: the last lines of the screen · flat: the same without frames and with every
 * run of blanks as one, so that a narrow terminal changes nothing · title: the window title
 */
export type Place = "line" | "tail" | "flat" | "title";

/** One entry of a pattern file. */
export interface Pattern {
  readonly id: string;
  readonly role: Role;
  readonly type: PromptType;
  /** 0.65 to 0.95 */
  readonly confidence: number;
  readonly place: Place;
  /** May name groups: question, default, yes, no, preset. */
  readonly regex: RegExp;
  /** The answers, where the screen does not list them itself. */
  readonly choices: readonly Choice[];
  /** Labels of the letters that the screen lists without saying what they stand for. */
  readonly names: Readonly<Record<string, string>>;
  readonly secret: boolean;
  /** The program's numbers only move its pointer, or its rows have none: arrows and Enter choose. */
  readonly takesArrows: boolean;
}

/** The most confident first; of equals, the later file's. */
export type PatternSet = readonly Pattern[];

/** What the screen says in each place. */
export type Places = { readonly [place in Place]: string };

/** The first of `patterns` with this role that matches, and its match. */
export function firstMatch(
  patterns: PatternSet,
  places: Places,
  isWanted: (pattern: Pattern) => boolean,
): { readonly pattern: Pattern; readonly match: RegExpExecArray } | undefined {
  for (const pattern of patterns) {
    if (!isWanted(pattern)) continue;
    const match = pattern.regex.exec(places[pattern.place]);
    if (match !== null) return { pattern, match };
  }
  return undefined;
}
