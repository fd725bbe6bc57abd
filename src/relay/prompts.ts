import { addAbortListener } from "node:events";
import { messageOf } from "../async/message-of.ts";
import type { Clock, EpochMillis, Millis } from "../async/clock.ts";
import { Later } from "../async/later.ts";
import { LinkedAbort } from "../async/linked-abort.ts";
import type { Ask, Channel } from "../channel/channel.ts";
import type { Detection } from "../prompt/detection.ts";
import { withEnter } from "../prompt/enter.ts";
import type { NonceKey } from "../prompt/nonce.ts";
import { openPrompt, type PromptId, type SessionCard } from "../prompt/prompt.ts";
import type { Answer, Decision, Outcome, Receipt } from "../prompt/reply.ts";
import { shown } from "../prompt/shown.ts";
import { offerFor, type Policy } from "../prompt/routing.ts";
import { StoreTrouble, type Store, type StoredNonce } from "../store/store.ts";
import type { Injected } from "../terminal/injector.ts";
import { Asked } from "./asked.ts";
import type { Attention } from "./attention.ts";
import type { Keyboard } from "./keyboard.ts";
import { isGenuine, noncesOf, storedNonce } from "./nonces.ts";
import type { Notes } from "./notes.ts";
import type { Report } from "./report.ts";
import { Storm, stormNote } from "./storm.ts";
import { decliningChoice, timeoutRecipient, timeoutReply } from "./timeout.ts";

/** Types an answer into the child, if its question still stands; `begin` makes the intent durable before the last look. */
export type Inject = (detection: Detection, answer: Answer, begin: () => Promise<boolean>) => Promise<Injected>;

export interface PromptParts {
  readonly session: SessionCard;
  readonly channels: readonly Channel[];
  readonly store: Store;
  readonly clock: Clock;
  readonly keyboard: Keyboard;
  readonly report: Report;
  readonly nonceKey: NonceKey;
  readonly mintId: () => PromptId;
  readonly policy: Policy & { readonly timeoutMs: Millis; readonly deskMs: Millis; readonly onTimeout: "wait" | "decline"; readonly reminder: boolean; readonly notices: { readonly idle: boolean } };
  readonly inject: Inject;
  /** Takes secrets out of what is kept and shown. */
  readonly redact: (text: string) => string;
  readonly attention: Attention;
  readonly notes: Notes;
  /** How long a question is held back because its program may yet tell of it itself. */
  readonly holdMs: (detection: Detection) => Millis;
}

/** How soon a question is kept again that could not be: another program may hold the store locked, a full disk may be emptied. */
const keepAgainMs: Millis = 2_000;

/** The prompts of one session: at most one stands at a time. */
export class Prompts {
  readonly #parts: PromptParts;
  readonly #signal: AbortSignal;
  /** Prompts whose end is not yet told, by id. */
  readonly #asked = new Map<PromptId, Asked>();
  readonly #tails = new Set<Promise<void>>();
  #standing: Asked | undefined;
  #ringing = new AbortController();
  #rung: Promise<void> = Promise.resolve();
  readonly #storm = new Storm();
  #count = 0;
  #answered = 0;

  /** @param signal  the session's: aborts what is still being sent */
  constructor(parts: PromptParts, signal: AbortSignal) {
    this.#parts = parts;
    this.#signal = signal;
  }

  get count(): number {
    return this.#count;
  }

  /** How many were decided by a reply. */
  get answered(): number {
    return this.#answered;
  }

  /** The detector saw a question: it is kept and sent, after the desk had its time. */
  async open(detection: Detection): Promise<void> {
    await this.close("another question came").catch((error: unknown) => this.#untold(error));
    if (detection.idle && !this.#parts.policy.notices.idle) return;
    this.#ringing = new LinkedAbort(this.#signal);
    const { signal } = this.#ringing;
    this.#rung = this.#ring(detection, signal).catch((error: unknown) => this.#untold(error));
  }

  async #ring(detection: Detection, signal: AbortSignal): Promise<void> {
    const { clock, keyboard, policy, holdMs, attention } = this.#parts;
    const stormMs = this.#storm.holdMs(clock.now());
    const waitMs = Math.max(stormMs, holdMs(detection), keyboard.isAtDesk(clock.now()) ? policy.deskMs : 0);
    if (waitMs > 0) await clock.sleep(waitMs, signal);
    if (signal.aborted && stormMs > 0) this.#storm.passedBy(clock.now(), { sent: false });
    if (!(await attention.allows(signal))) return;
    const asked = await this.#kept(detection, signal);
    this.#count += 1;
    this.#asked.set(asked.ask.prompt.id, asked);
    this.#standing = asked;
    asked.send(signal);
    this.#background(this.#expireLater(asked, signal));
    if (policy.reminder && !detection.idle) this.#background(this.#remindLater(asked, signal));
    this.#background(this.#tellStorm(signal));
  }

  /** Tries for as long as the question stands; rejects with why it could not be kept. */
  async #kept(detection: Detection, signal: AbortSignal): Promise<Asked> {
    const { store, clock, report } = this.#parts;
    for (;;) {
      const asked = new Asked(this.#askFor(detection), detection, this.#parts);
      try {
        await store.openPrompt(asked.ask.prompt, this.#noncesOf(asked.ask));
        return asked;
      } catch (error) {
        if (!(error instanceof StoreTrouble)) throw error;
        report.log("warn", `a question is not asked yet: ${error.message}`);
        await clock.sleep(keepAgainMs, signal);
        if (signal.aborted) throw error;
      }
    }
  }

  #askFor(detection: Detection): Ask {
    const { session, clock, nonceKey, policy, attention } = this.#parts;
    const id = this.#parts.mintId();
    const prompt = openPrompt(shown(withEnter(detection), this.#parts.redact), { id, sessionId: session.id, now: clock.wall(), timeoutMs: policy.timeoutMs });
    return { prompt, session, offer: offerFor(prompt.detection, policy), nonceFor: (slot, recipient) => nonceKey.nonceFor(id, slot, recipient), isQuiet: attention.isQuietForPrompts };
  }

  #noncesOf(ask: Ask): StoredNonce[] {
    const recipients = this.#parts.channels.flatMap((channel) => channel.recipients);
    const declining = this.#declining(ask);
    return [...noncesOf(ask, recipients), ...(declining === undefined ? [] : [storedNonce(ask, declining, timeoutRecipient)])];
  }

  /** The choice that a timeout presses; undefined: it waits. */
  #declining(ask: Ask): number | undefined {
    return this.#parts.policy.onTimeout === "decline" ? decliningChoice(ask) : undefined;
  }

  /** The question is gone from the screen, by whatever hand. */
  async close(why: string): Promise<void> {
    this.#ringing.abort();
    await this.#rung;
    const asked = this.#standing;
    this.#standing = undefined;
    if (!asked || asked.isClosed) return;
    if (!asked.ask.prompt.detection.idle) this.#storm.passedBy(this.#parts.clock.now(), { sent: true });
    const told = this.#parts.keyboard.typedAfter(asked.openedAt) ? "answered at the keyboard" : why;
    await this.#closeUndecided(asked, { is: "superseded", why: told });
  }

  async #closeUndecided(asked: Asked, outcome: Extract<Outcome, { is: "superseded" | "expired" }>): Promise<void> {
    try {
      const receipt = await this.#parts.store.close(asked.ask.prompt.id, outcome, this.#parts.clock.wall());
      if (receipt) this.#settle(asked, { outcome, receipt });
    } catch (error) {
      // The store still calls it open, and yet nothing will be typed for it.
      this.#settle(asked, { outcome, receipt: undefined });
      throw error;
    }
  }

  /** A reply has won: types it, and tells what came of it. */
  async decided(decision: Decision): Promise<void> {
    const { store, clock } = this.#parts;
    const asked = this.#asked.get(decision.promptId);
    this.#answered += 1;
    const injected = await this.#type(decision, asked);
    const outcome = injected.is === "not_delivered" ? { ...injected, decision } : { is: injected.is, decision };
    const receipt = await store.endInjection(decision.promptId, outcome, clock.wall());
    if (!asked) return;
    this.#settle(asked, { outcome, receipt });
    if (this.#standing !== asked) return;
    // A key that did nothing, as far as the screen shows, is not typed again, but somebody may choose anew. A text may still stand in its field.
    const mayChooseAnew = injected.is === "unconfirmed" && "choice" in decision.answer;
    if (injected.is === "not_delivered" || mayChooseAnew) await this.#askAgain(asked.detection);
    else if (injected.is === "delivered" && injected.next) await this.#askAgain(injected.next);
  }

  async #type(decision: Decision, asked: Asked | undefined): Promise<Injected> {
    const { store, clock, inject, report } = this.#parts;
    if (!asked || asked.isClosed) return { is: "not_delivered", why: "the question is no longer open" };
    asked.isClosed = true;
    if (!isGenuine(decision, asked.ask)) {
      report.trouble("a decision in the database was not made by a tap of yours and was refused", "another program may have written the database: see \"aegis audit verify\"");
      return { is: "not_delivered", why: "it was not made by one of the buttons" };
    }
    try {
      return await inject(withEnter(asked.detection), decision.answer, () => store.beginInjection(decision.promptId, clock.wall()));
    } catch (error) {
      return { is: "not_delivered", why: messageOf(error) };
    }
  }

  /** The question still stands unanswered, so it is asked anew: the old buttons are spent. */
  async #askAgain(detection: Detection): Promise<void> {
    this.#standing = undefined;
    await this.open(detection);
  }

  /**
   * Asks an expired prompt anew, under a new id; false: its question stands no longer.
   * @param onScreen what the screen asks now
   */
  async askExpired(promptId: PromptId, onScreen: Detection | undefined): Promise<boolean> {
    const asked = this.#standing;
    if (asked?.ask.prompt.id !== promptId || !asked.isClosed || onScreen?.fingerprint !== asked.detection.fingerprint) return false;
    await this.#askAgain(asked.detection);
    return true;
  }

  /** Half of the time is over: once, as a reply to the prompt's message. */
  async #remindLater(asked: Asked, signal: AbortSignal): Promise<void> {
    const { clock, notes, attention, session } = this.#parts;
    const { prompt } = asked.ask;
    await sleepUntil(prompt.openedAt + (prompt.expiresAt - prompt.openedAt) / 2, clock, signal);
    if (signal.aborted || asked.isClosed) return;
    const text = `${session.name} still waits for an answer to this.`;
    for (const message of await asked.lastMessages()) await notes.tell(message.recipient, { text, replyTo: message, isSilent: attention.isQuiet }, signal);
  }

  async #tellStorm(signal: AbortSignal): Promise<void> {
    const { clock, notes, session } = this.#parts;
    const report = this.#storm.report(clock.now());
    if (report !== undefined) await notes.tellAll(stormNote(report, session), signal);
  }

  async #expireLater(asked: Asked, signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    const { prompt } = asked.ask;
    await sleepUntil(prompt.expiresAt, clock, signal);
    if (signal.aborted || asked.isClosed) return;
    const choice = this.#declining(asked.ask);
    if (choice === undefined) {
      asked.isClosed = true;
      await this.#closeUndecided(asked, { is: "expired" });
    } else {
      // The last moment at which a reply still counts.
      const verdict = await this.#parts.store.decide(timeoutReply(asked.ask, choice), prompt.expiresAt - 1);
      // A paused session declines nothing.
      if (verdict.is === "invalid") await this.#closeUndecided(asked, { is: "expired" });
    }
  }

  /** The child has ended. One that was answered at the keyboard often ends before its screen is read again. */
  async childEnded(): Promise<void> {
    this.#ringing.abort();
    await this.#rung;
    if (this.#standing && this.#parts.keyboard.typedAfter(this.#standing.openedAt)) await this.close("answered at the keyboard");
  }

  /** The session has ended: tells it on what was still open. The store closes them with the session. */
  async ended(exitCode: number, receipt: Receipt, signal: AbortSignal): Promise<void> {
    for (const asked of this.#asked.values()) {
      if (!asked.isClosed) this.#settle(asked, { outcome: { is: "ended", exitCode }, receipt });
    }
    await untilAborted(Promise.all(this.#tails), signal);
  }

  #settle(asked: Asked, settlement: Parameters<Asked["settle"]>[0]): void {
    asked.isClosed = true;
    this.#background(asked.settle(settlement, this.#signal).then(() => void this.#asked.delete(asked.ask.prompt.id)));
  }

  #background(work: Promise<void>): void {
    const tail = work.catch((error: unknown) => this.#untold(error)).then(() => void this.#tails.delete(tail));
    this.#tails.add(tail);
  }

  #untold(error: unknown): void {
    const why = messageOf(error);
    this.#parts.report.trouble("a prompt could not be relayed", "it waited at the terminal", why);
  }
}

/** In steps, because a laptop may sleep meanwhile. */
async function sleepUntil(at: EpochMillis, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && clock.wall() < at) await clock.sleep(Math.min(at - clock.wall(), 60_000), signal);
}

async function untilAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const aborted = new Later<void>();
  using _ = addAbortListener(signal, () => aborted.resolve());
  await Promise.race([work, aborted.value]);
}
