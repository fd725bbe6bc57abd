import type { Millis } from "../async/clock.ts";
import type { Sighting } from "./sighting.ts";
import { isCooked, isListening, type Waiting } from "./waiting.ts";

/** A prompt means that the child stopped writing: the wait after its last byte when the kernel says that a person's keys are read. */
export const quietMs: Millis = 100;
/** The wait when it can say no more than that the terminal is listened to: a program that draws may only pause. */
const listensMs: Millis = 150;
/** The wait when it says nothing: only silence tells that a dialog is drawn to its end. */
const unknownMs: Millis = 500;
/** The same when the program has called for a person: it still draws. */
const calledMs: Millis = 350;
/** A program may print "Password:" and only then switch the echo off, and the next question before it switches it on again. */
const secretMs: Millis = 250;
/** A composer between two steps of an agent shows for a moment only. */
const idleMs: Millis = 600;
/** A command line: whoever works at it types the next command sooner (0.77 s in the recordings). */
const commandMs: Millis = 800;
/** The same box again after Enter: the agent may only not have begun. */
const sentMs: Millis = 850;
/** The same while nothing stands below what was sent: on a busy machine an agent takes seconds to begin (opencode: 2.3 s). */
const unansweredMs: Millis = 2400;

/** Later looks in one silence: the kernel's evidence can change without a byte. */
export const laterMs: readonly Millis[] = [listensMs, secretMs, calledMs, unknownMs, idleMs, commandMs, sentMs, 1200, unansweredMs];

/** What bears on how long a silence must be. */
export interface Circumstances {
  readonly waiting: Waiting;
  /** The program itself says that a person is needed. */
  readonly calls: boolean;
  /** A composer is what stood last. */
  readonly isIdle: boolean;
  /** Enter was typed into it. */
  readonly isSent: boolean;
}

/** How long the screen must have been still before `sighting` counts. */
export function neededMs(sighting: Sighting, { waiting, calls, isIdle, isSent }: Circumstances): Millis {
  if (sighting.idle && sighting.shape === "menu" && isSent && sighting.isUnanswered === true) return unansweredMs;
  if (sighting.idle) return sighting.shape === "menu" ? (isIdle ? sentMs : idleMs) : commandMs;
  if (waiting === "unknown" || waiting === "hidden" || waiting === "aside") return calls ? calledMs : unknownMs;
  const isSecretive = /pass|secret|\bpin\b|token|kennwort|contraseña|senha|wachtwoord|hasło|пароль|密码|密碼|パスワード/i.test(sighting.question);
  if (isCooked(waiting) && isSecretive !== sighting.secret) return secretMs;
  return isListening(waiting) ? listensMs : quietMs;
}

/** How long before the stall layer speaks up: a program that calls for a person need not be waited for. */
export function stallMs(stuckMs: Millis, calls: boolean): Millis {
  return calls ? Math.min(stuckMs, idleMs) : stuckMs;
}
