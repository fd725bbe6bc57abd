import { createHash } from "node:crypto";
import type { EpochMillis } from "../async/clock.ts";
import type { AuditEvent, AuditRow, Json } from "../prompt/event.ts";
import type { Order } from "../prompt/order.ts";
import type { Prompt, PromptId, SessionId } from "../prompt/prompt.ts";
import type { Decision, InjectionOutcome, Reply, Verdict } from "../prompt/reply.ts";
import type { SessionStart } from "./store.ts";

/** What the log says of each step. No reply text and no nonce: a text is told by its length and salted hash. */

export function sessionStarted({ id, name, command, cwd, channel, startedAt, facts }: SessionStart): AuditEvent {
  return { type: "session.start", at: startedAt, sessionId: id, data: { ...facts, name, command, cwd, channel } };
}

/** @param earlier the session that started last. @returns undefined: the configuration is the same as then, as far as is known */
export function configChanged({ id, startedAt, facts }: SessionStart, earlier: AuditRow | undefined): AuditEvent | undefined {
  const before = /"config":"([0-9a-f]+)"/.exec(earlier?.line ?? "")?.[1];
  const after = facts["config"];
  if (before === undefined || after === undefined || before === after) return undefined;
  return { type: "config.changed", at: startedAt, sessionId: id, data: { before, after } };
}

export function promptDetected({ id, sessionId, detection, openedAt, expiresAt }: Prompt): AuditEvent {
  const { type, layer, pattern, confidence, question, excerpt, choices, secret, fingerprint } = detection;
  const data = {
    prompt: id,
    type,
    layer,
    pattern,
    confidence,
    secret,
    questionSha256: sha256(question),
    shownSha256: sha256(excerpt),
    fingerprintSha256: sha256(fingerprint),
    choices: choices.map(({ label, declines }) => ({ label, declines })),
    expiresAt: new Date(expiresAt).toISOString(),
  };
  return { type: "prompt.detected", at: openedAt, sessionId, data };
}

export function decided(reply: Reply, decision: Decision, given: { openedAt: EpochMillis; salt: string }): AuditEvent {
  const { promptId, sessionId, by, recipient, at } = decision;
  const answer = answered(decision, given.salt);
  const data = { prompt: promptId, ...answer, latencyMs: at - given.openedAt, by: { ...by }, recipient, update: reply.reference };
  return { type: "decision", at, sessionId, data };
}

function answered({ answer, label }: Decision, salt: string): { readonly [key: string]: Json } {
  if ("choice" in answer) return { choice: answer.choice, label };
  return { text: { bytes: Buffer.byteLength(answer.text), sha256: sha256(salt + answer.text) } };
}

/** @param of.prompt null: the reply was aimed at none of ours */
export function rejected(
  reply: Reply,
  verdict: Exclude<Verdict, { is: "accepted" }>,
  of: { prompt: PromptId | null; session: SessionId | undefined; at: EpochMillis },
): AuditEvent {
  const reason = verdict.is === "invalid" ? `invalid: ${verdict.why}` : verdict.is;
  const given = "choice" in reply.answer ? { choice: reply.answer.choice } : { text: { bytes: Buffer.byteLength(reply.answer.text) } };
  const data = { prompt: of.prompt, reason, ...given, by: { ...reply.by }, recipient: reply.recipient, update: reply.reference };
  return { type: "decision.rejected", at: of.at, sessionId: of.session, data };
}

/** An order that was admitted. What is to be typed is told by its length. */
export function ordered({ id, sessionId, verb, argument, recipient, by, at }: Order): AuditEvent {
  const given = verb === "input" || verb === "confirm" ? { bytes: Buffer.byteLength(argument) } : { argument };
  return { type: "command", at, sessionId, data: { order: id, verb, ...given, by: { ...by }, recipient } };
}

const closings = { superseded: "prompt.superseded", expired: "prompt.expired", ended: "prompt.ended", unknown: "inject.unknown" } as const;

export function promptClosed(prompt: Prompt, status: keyof typeof closings, { why, at }: { why: string | undefined; at: EpochMillis }): AuditEvent {
  return { type: closings[status], at, sessionId: prompt.sessionId, data: { prompt: prompt.id, ...(why === undefined ? {} : { why }) } };
}

export function injectionBegun({ promptId, sessionId }: Pick<Decision, "promptId" | "sessionId">, at: EpochMillis): AuditEvent {
  return { type: "inject.intent", at, sessionId, data: { prompt: promptId } };
}

/** How the log calls what became of typed keys. */
export const injectionEvents = { delivered: "inject.done", unconfirmed: "inject.unconfirmed", not_delivered: "inject.refused" } as const;

export function injectionEnded(prompt: Prompt, outcome: InjectionOutcome, at: EpochMillis): AuditEvent {
  const why = outcome.is === "not_delivered" ? { why: outcome.why } : {};
  return { type: injectionEvents[outcome.is], at, sessionId: prompt.sessionId, data: { prompt: prompt.id, ...why } };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
