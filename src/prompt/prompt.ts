import type { EpochMillis, Millis } from "../async/clock.ts";
import type { Detection } from "./detection.ts";

/** 10 lower-case base-32 characters. */
export type PromptId = string;
/** 4 to 8 lower-case base-32 characters. */
export type SessionId = string;

/** A detection that was given id and expiry. Its nonces are made per choice and recipient (nonce.ts). */
export interface Prompt {
  readonly id: PromptId;
  readonly sessionId: SessionId;
  readonly detection: Detection;
  readonly openedAt: EpochMillis;
  readonly expiresAt: EpochMillis;
}

/** What every message says about where it comes from. */
export interface SessionCard {
  readonly id: SessionId;
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd: string;
}

/** @param given.id, given.sessionId  minted by the caller, which also reads the clock: the domain has neither */
export function openPrompt(
  detection: Detection,
  given: { id: PromptId; sessionId: SessionId; now: EpochMillis; timeoutMs: Millis },
): Prompt {
  return { id: given.id, sessionId: given.sessionId, detection, openedAt: given.now, expiresAt: given.now + given.timeoutMs };
}
