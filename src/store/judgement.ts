import { randomBytes } from "node:crypto";
import type { Database } from "better-sqlite3";
import type { EpochMillis } from "../async/clock.ts";
import type { AuditEvent, Some } from "../prompt/event.ts";
import { refuseText } from "../prompt/keystrokes.ts";
import { hashNonce } from "../prompt/nonce.ts";
import type { SessionId } from "../prompt/prompt.ts";
import type { Receipt, Reply, Verdict } from "../prompt/reply.ts";
import { decided, injectionBegun, rejected } from "./attestation.ts";
import { decisionOf, detectionOf, type PromptRecord } from "./prompt-rows.ts";
import type { PromptTable } from "./prompt-table.ts";

type Refusal = Exclude<Verdict, { is: "accepted" }>;

export interface Judged {
  readonly verdict: Verdict;
  /** The session of the decision listens in this process: it may type the answer without beginning once more. */
  readonly hasBegun: boolean;
}

export interface JudgementParts {
  readonly prompts: PromptTable;
  readonly attest: (events: Some<AuditEvent>) => Some<Receipt>;
  /** Whether this process is the session's own, and waits for its decisions. */
  readonly isHeard: (sessionId: SessionId) => boolean;
}

/** Judges replies, inside a transaction. */
export class Judgement {
  readonly #sql: Database;
  readonly #prompts: PromptTable;
  readonly #attest: JudgementParts["attest"];
  readonly #isHeard: JudgementParts["isHeard"];

  constructor(sql: Database, { prompts, attest, isHeard }: JudgementParts) {
    this.#sql = sql;
    this.#prompts = prompts;
    this.#attest = attest;
    this.#isHeard = isHeard;
  }

  judge(reply: Reply, at: EpochMillis): Judged {
    const promptId = "message" in reply.target ? this.#prompts.shownBy(reply.target.message) : reply.target.promptId;
    const record = promptId === undefined ? undefined : this.#prompts.get(promptId);
    return (record && this.#accept(reply, record, at)) ?? { verdict: this.#reject(reply, record, at), hasBegun: false };
  }

  /**
   * The one guarded UPDATE. undefined: it changed nothing. Where the answer will be typed by this very process, the intent to type it
   * is made durable with the decision, in one transaction and one fsync of the log, instead of in a second one just after it.
   */
  #accept(reply: Reply, record: PromptRecord, at: EpochMillis): Judged | undefined {
    const { answer, target, recipient, by } = reply;
    if (whyMalformed(reply, record) !== undefined) return undefined;
    const salt = randomBytes(16).toString("base64url");
    const isChoice = "choice" in answer;
    const hasBegun = this.#isHeard(record.session_id);
    const changed = this.#sql
      .prepare(
        `UPDATE prompts SET status = @status, decided_at = @at, answer_choice = @choice, answer_text = @text, answer_salt = @salt,
           label = @label, by_channel = @channel, by_id = @by, by_name = @name, nonce = @nonce, recipient = @recipient
         WHERE id = @id AND status = 'open' AND expires_at > @at AND NOT EXISTS (
           SELECT 1 FROM sessions WHERE sessions.id = session_id AND paused_at IS NOT NULL) AND EXISTS (
           SELECT 1 FROM nonces WHERE prompt_id = @id AND slot = @slot AND nonces.recipient = @recipient AND (@hash IS NULL OR hash = @hash))`,
      )
      .run({
        ...asked(reply),
        at,
        status: hasBegun ? "injecting" : "decided",
        id: record.id,
        choice: isChoice ? answer.choice : null,
        text: isChoice ? null : answer.text,
        salt: isChoice ? null : salt,
        label: isChoice ? labelOf(record, answer.choice) : null,
        channel: by.channel,
        by: by.id,
        name: by.name,
        nonce: "nonce" in target ? target.nonce : null,
        recipient,
      });
    const winner = changed.changes === 1 ? this.#prompts.get(record.id) : undefined;
    const decision = winner && decisionOf(winner);
    if (decision === undefined) return undefined;
    const event = decided(reply, decision, { openedAt: record.opened_at, salt });
    const [receipt] = this.#attest(hasBegun ? [event, injectionBegun(decision, at)] : [event]);
    this.#prompts.attested(record.id, receipt);
    return { verdict: { is: "accepted", decision }, hasBegun };
  }

  #reject(reply: Reply, record: PromptRecord | undefined, at: EpochMillis): Refusal {
    const verdict = record === undefined ? ({ is: "unknown", isElsewhere: true } as const) : this.#refusal(reply, record);
    this.#attest([rejected(reply, verdict, { prompt: record?.id ?? null, session: record?.session_id, at })]);
    return verdict;
  }

  /** Who can't show a nonce of ours learns nothing about the prompt. */
  #refusal(reply: Reply, record: PromptRecord): Refusal {
    const why = whyMalformed(reply, record) ?? (this.#isOffered(reply, record) ? undefined : whyNotOffered(reply));
    if (why !== undefined) return { is: "invalid", why };
    if (record.status === "open" && this.#isPaused(record)) return { is: "invalid", why: "the session is paused; it is resumed at the desk" };
    const refusal = refusalOf(record);
    return refusal.is === "already_decided" && this.#isAgain(reply, record) ? { ...refusal, isAgain: true } : refusal;
  }

  /** A tap tells by its nonce; words, which are erased once they were typed, by the number that the log has of them. */
  #isAgain({ target, reference }: Reply, { decision_seq }: PromptRecord): boolean {
    const found = this.#sql.prepare("SELECT 1 FROM audit_events WHERE seq = ? AND line ->> '$.data.update' = ?");
    return "message" in target && found.get(decision_seq, reference) !== undefined;
  }

  #isPaused({ session_id }: PromptRecord): boolean {
    return this.#sql.prepare("SELECT 1 FROM sessions WHERE id = ? AND paused_at IS NOT NULL").get(session_id) !== undefined;
  }

  #isOffered(reply: Reply, { id }: PromptRecord): boolean {
    const found = this.#sql
      .prepare("SELECT 1 FROM nonces WHERE prompt_id = @id AND slot = @slot AND recipient = @recipient AND (@hash IS NULL OR hash = @hash)")
      .get({ ...asked(reply), id, recipient: reply.recipient });
    return found !== undefined;
  }
}

/** The nonce that must be there. A reply to a message shows none: the message is what only its recipient can reply to. */
function asked({ answer, target }: Reply): { slot: string; hash: string | null } {
  return { slot: "choice" in answer ? String(answer.choice) : "text", hash: "nonce" in target ? hashNonce(target.nonce) : null };
}

/** What is wrong with a reply, whatever the state of its prompt; undefined: nothing. */
function whyMalformed({ answer, target, recipient }: Reply, { detection }: PromptRecord): string | undefined {
  if ("message" in target && target.message.recipient !== recipient) return "the message was shown to somebody else";
  if ("text" in answer) return refuseText(answer.text, detectionOf(detection));
  if (!("nonce" in target)) return "a choice is made by its button";
  return undefined;
}

function whyNotOffered({ answer }: Reply): string {
  return "text" in answer ? "this prompt takes no text" : "the button does not belong to this answer";
}

function refusalOf(record: PromptRecord): Refusal {
  const decision = decisionOf(record);
  if (decision !== undefined) return { is: "already_decided", decision };
  if (record.status === "superseded") return { is: "superseded" };
  // Still "open", and yet the guard refused it: its time had passed.
  if (record.status === "open" || record.status === "expired") return { is: "expired" };
  return { is: "unknown" };
}

function labelOf(record: PromptRecord, choice: number): string {
  return detectionOf(record.detection).choices[choice]?.label ?? "";
}

