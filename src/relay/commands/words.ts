import type { Clock, EpochMillis } from "../../async/clock.ts";
import type { Note, Press, Request } from "../../channel/talk.ts";
import { refuseReply } from "../../prompt/keystrokes.ts";
import type { OrderId } from "../../prompt/order.ts";
import type { Recipient } from "../../prompt/nonce.ts";
import type { Prompt, PromptId, SessionId } from "../../prompt/prompt.ts";
import { redact } from "../../prompt/redact.ts";
import type { MessageRef, Verdict } from "../../prompt/reply.ts";
import { offerFor, type Policy } from "../../prompt/routing.ts";
import type { SessionRow, Store } from "../../store/store.ts";
import { Drafts } from "./drafts.ts";
import { Hints } from "./hints.ts";
import { pendingText, questionWords } from "./overview.ts";

export interface WordsParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly policy: Policy;
  readonly mintId: () => OrderId;
  /** Sessions that this channel's people may be asked by now. */
  readonly running: () => SessionRow[];
}

/** A question that words may answer. */
interface Question {
  readonly prompt: Prompt;
  readonly session: SessionRow;
  /** undefined: it is being sent, or nobody has noted yet that it was */
  readonly message: MessageRef | undefined;
}

/**
 * Words that reply to no question. One session and one question, which stood when they were written, are no choice; otherwise the
 * person says which question they are for, and nothing is typed before.
 */
export class Words {
  readonly #parts: WordsParts;
  readonly #drafts: Drafts;
  readonly #hints: Hints;

  constructor(parts: WordsParts) {
    this.#parts = parts;
    this.#drafts = new Drafts(parts.clock);
    this.#hints = new Hints(parts.clock);
  }

  /** @returns what the person should be told; undefined: nothing */
  async said(request: Request, text: string): Promise<Note | undefined> {
    const { store, running } = this.#parts;
    const picked = request.replyTo && store.sessionOf(request.replyTo);
    const sessions = running().filter(({ id }) => picked === undefined || id === picked);
    if (picked !== undefined && sessions.length === 0) return { text: "That session has ended." };
    const questions = text === "" ? [] : this.#questions(sessions, request);
    const [only] = questions;
    if (only === undefined) return this.#hints.take(request.recipient) ? this.#hint(sessions) : undefined;
    const why = refuseReply(text);
    if (why !== undefined) return { text: `Not accepted: ${why}.` };
    const isMeant = questions.length === 1 && sessions.length === 1 && wasOpenAt(only.prompt, request.at);
    if (isMeant && only.message !== undefined) return noteOf(await this.#decide(request, text, only.message));
    const draft = this.#parts.mintId();
    this.#drafts.keep(draft, { text, recipient: request.recipient, questions: new Set(questions.map(({ prompt }) => prompt.id)) });
    const buttons = questions.map(({ prompt, session }) => ({ label: `${session.name} (${session.id}): ${redact(questionWords(prompt.detection))}`, press: { is: "answer", draft, prompt: prompt.id } as const }));
    return { text: "Which question is this for? Nothing is typed before you say so.", excerpt: redact(text), buttons };
  }

  /** @returns what its note should say now; undefined: the press is about nothing that waits */
  async chosen(request: Request, press: Extract<Press, { is: "answer" }>): Promise<Note | undefined> {
    const draft = this.#drafts.take(press.draft, request.recipient);
    if (draft?.questions.has(press.prompt) !== true) return undefined;
    const message = this.#messageTo(request.recipient, press.prompt);
    if (message === undefined) return { text: "Not typed: that question has not reached you.", excerpt: redact(draft.text) };
    const verdict = await this.#decide(request, draft.text, message);
    await request.acknowledge(verdict.is === "accepted" ? "Sent to the terminal" : wordsFor(verdict));
    return { text: verdict.is === "accepted" ? "Answered." : wordsFor(verdict), excerpt: redact(draft.text) };
  }

  /** How questions are answered, and which ones wait. */
  #hint(sessions: readonly SessionRow[]): Note {
    const { store, clock } = this.#parts;
    const how = "To answer a question, reply to its message, or tap one of its buttons.";
    return { text: redact(`${how}\n${pendingText(sessions, store.prompts({ open: true }), clock.wall())}`) };
  }

  /** Of those that this person is shown. A secret is given only in reply to its own message, which is deleted with it. */
  #questions(sessions: readonly SessionRow[], { recipient }: Request): Question[] {
    const { store, policy } = this.#parts;
    const byId = new Map<SessionId, SessionRow>(sessions.map((session) => [session.id, session]));
    return store.prompts({ open: true }).flatMap(({ prompt }) => {
      const session = byId.get(prompt.sessionId);
      if (session === undefined || prompt.detection.secret || !offerFor(prompt.detection, policy).text) return [];
      const message = this.#messageTo(recipient, prompt.id);
      return message === undefined && store.messages(prompt.id).length > 0 ? [] : [{ prompt, session, message }];
    });
  }

  #messageTo(recipient: Recipient, promptId: PromptId): MessageRef | undefined {
    return this.#parts.store.messages(promptId).findLast((message) => message.recipient === recipient);
  }

  async #decide({ recipient, by, reference }: Request, text: string, message: MessageRef): Promise<Verdict> {
    const { store, clock } = this.#parts;
    return await store.decide({ target: { message }, answer: { text }, recipient, by, reference }, clock.wall());
  }
}

/** Words that were written before a question stood, or in the same moment, are hardly for it. */
function wasOpenAt({ openedAt }: Prompt, at: EpochMillis | undefined): boolean {
  return at !== undefined && openedAt <= at;
}

/** The settled message tells of an accepted one. */
function noteOf(verdict: Verdict): Note | undefined {
  return verdict.is === "accepted" ? undefined : { text: wordsFor(verdict) };
}

function wordsFor(verdict: Exclude<Verdict, { is: "accepted" }>): string {
  switch (verdict.is) {
    case "already_decided":
      return "Not typed: that question is already answered.";
    case "expired":
      return "Not typed: that question has expired.";
    case "superseded":
    case "unknown":
      return "Not typed: that question is no longer open.";
    case "invalid":
      return `Not accepted: ${verdict.why}.`;
  }
}
