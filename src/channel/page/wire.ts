import type { EpochMillis } from "../../async/clock.ts";
import type { Nonce } from "../../prompt/nonce.ts";
import type { PromptId, SessionId } from "../../prompt/prompt.ts";
import type { Verdict } from "../../prompt/reply.ts";
import type { Frame } from "./frame.ts";

// What travels between the channel and its tabs. Every string that came from the child has been through visible().

export interface ChoiceView {
  /** Its place in the prompt, from 0: what an answer names. */
  readonly choice: number;
  readonly label: string;
  readonly declines: boolean;
  readonly nonce: Nonce;
}

export interface PromptView {
  readonly id: PromptId;
  readonly session: SessionLabel;
  /** Which layer saw it and how sure it is, in words. */
  readonly seenBy: string;
  readonly question: string;
  readonly excerpt: string;
  /** In the order in which they are shown: the declining ones last. */
  readonly choices: readonly ChoiceView[];
  /** The nonce of a typed reply; null: none is taken. */
  readonly textNonce: Nonce | null;
  /** What is typed must not show. */
  readonly secret: boolean;
  /** It waits for the next instruction rather than for an answer. */
  readonly idle: boolean;
  /** It is shown, but nobody is called. */
  readonly quiet: boolean;
  /** What Enter alone would give; null: the terminal shows none. */
  readonly enterGives: string | null;
  readonly openedAt: EpochMillis;
  readonly expiresAt: EpochMillis;
  /** null: it waits. */
  readonly ending: Ending | null;
}

/** How a prompt went on, in words. */
export interface Ending {
  /** "pending": an answer won and is being typed. */
  readonly tone: "pending" | "good" | "bad" | "neutral";
  readonly say: string;
  /** "#seq·hash8" of the audit entry; null: none yet, or the log could not be written. */
  readonly receipt: string | null;
  /** It expired unanswered; whoever comes back may have it asked anew. */
  readonly mayAskAgain: boolean;
}

/** What a session says besides its prompts. */
export interface NoteView {
  readonly id: string;
  readonly at: EpochMillis;
  readonly text: string;
  /** Text of the terminal; null: none. */
  readonly excerpt: string | null;
}

export interface SessionLabel {
  readonly name: string;
  /** As one would type it in a shell. */
  readonly command: string;
  readonly cwd: string;
}

/** One line of the list of sessions. */
export interface SessionLine extends SessionLabel {
  readonly id: SessionId;
  /** The one that serves this page. */
  readonly here: boolean;
  readonly startedAt: EpochMillis;
  /** null: it runs. */
  readonly endedAt: EpochMillis | null;
  readonly exitCode: number | null;
  readonly prompts: number;
  readonly answered: number;
}

/** Pushed to every tab. A tab that connects gets a snapshot first. */
export type PageEvent =
  | { readonly is: "snapshot"; readonly version: string; readonly prompts: readonly PromptView[]; readonly notes: readonly NoteView[]; readonly sessions: readonly SessionLine[]; readonly frame: Frame | null }
  | { readonly is: "prompt"; readonly prompt: PromptView }
  | { readonly is: "note"; readonly note: NoteView }
  | { readonly is: "sessions"; readonly sessions: readonly SessionLine[] }
  | { readonly is: "frame"; readonly frame: Frame }
  /** Too many tabs are open and this is the oldest: it is no longer kept up to date. */
  | { readonly is: "rest" }
  /** aegis leaves; nothing will ever be answered here again. */
  | { readonly is: "bye" };

/** What a tap posts. */
export type AnswerPost =
  | { readonly promptId: PromptId; readonly nonce: Nonce; readonly choice: number }
  | { readonly promptId: PromptId; readonly nonce: Nonce; readonly text: string };

/** What came of it. */
export interface AnswerResult {
  readonly is: Verdict["is"];
  readonly say: string;
}

/** What "Ask again" posts. */
export interface AgainPost {
  readonly promptId: PromptId;
}
