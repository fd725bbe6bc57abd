import { readClaude } from "../../detector/structured/claude.ts";
import type { Inquiry } from "../../detector/structured/inquiry.ts";
import { structuredDetection, type StructuredEvent } from "../../detector/structured.ts";
import type { Detection } from "../../prompt/detection.ts";
import { refuseText } from "../../prompt/keystrokes.ts";
import type { Answer } from "../../prompt/reply.ts";
import type { Injected } from "../../terminal/injector.ts";
import type { HookCall } from "./hook-socket.ts";

export interface InquiryParts {
  /** Puts what a program says to the detector. */
  readonly tell: (event: StructuredEvent) => void;
  /** The call whose question the detector holds to stand unanswered. */
  readonly standing: () => string | undefined;
  /** Whether the dialog of an answered question has gone from the screen. */
  readonly vanished: (detection: Detection) => Promise<boolean>;
  /** Somebody types at the keyboard: they win. */
  readonly contests: (detection: Detection) => boolean;
}

/** A call that waits for its answer. */
interface Waiting {
  readonly id: string;
  readonly call: HookCall;
  inquiry: Inquiry;
  /** How many of its questions were answered. */
  step: number;
  isPut: boolean;
}

/** The questions that hooks brought, in their order: one at a time is put to the detector, and so to people. */
export class Inquiries {
  readonly #parts: InquiryParts;
  #waiting: Waiting[] = [];
  #count = 0;
  #lastWords = "";

  constructor(parts: InquiryParts) {
    this.#parts = parts;
  }

  /** Takes a call; one that asks nothing is let go at once. */
  take(call: HookCall): void {
    const notice = readClaude(call.event);
    if (notice?.is === "turn_over") this.#lastWords = notice.lastWords;
    if (notice?.is !== "asks") return void call.answer(null);
    const waiting: Waiting = { id: String((this.#count += 1)), call, inquiry: notice.inquiry, step: 0, isPut: false };
    this.#waiting.push(waiting);
    call.gone.addEventListener("abort", () => this.#lost(waiting), { once: true });
    this.looked();
  }

  /** The screen was read: a question that it shows to be over is let go, and the next one is put. */
  looked(): void {
    const standing = this.#parts.standing();
    for (const waiting of this.#waiting.filter(({ id, isPut }) => isPut && id !== standing)) {
      this.#remove(waiting);
      void waiting.call.answer(null);
    }
    const [next] = this.#waiting;
    if (next !== undefined && !next.isPut) this.#put(next);
  }

  /** What the agent said at the end of its turn, once; "" where no hook told. */
  takeLastWords(): string {
    const words = this.#lastWords;
    this.#lastWords = "";
    return words;
  }

  /** Gives an answer to the program that asked, if it still waits. */
  async respond(detection: Detection, answer: Answer, begin: () => Promise<boolean>): Promise<Injected> {
    const waiting = this.#waiting.find((waiting) => fingerprintOf(waiting) === detection.fingerprint);
    const why = waiting === undefined ? "the program no longer waits for it" : this.#refusal(detection, answer);
    if (waiting === undefined || why !== undefined) return { is: "not_delivered", why: why ?? "" };
    if (!(await begin())) return { is: "not_delivered", why: "the question is no longer open" };
    if (!this.#waiting.includes(waiting) || this.#parts.contests(detection)) return { is: "not_delivered", why: "it was answered at the terminal meanwhile" };
    const taken = waiting.inquiry.take(answer);
    if ("next" in taken) {
      waiting.inquiry = taken.next;
      waiting.step += 1;
      this.#put(waiting);
      return { is: "delivered" };
    }
    this.#remove(waiting);
    this.#parts.tell({ is: "answered", id: waiting.id });
    if (await waiting.call.answer(taken.reply)) return { is: (await this.#parts.vanished(detection)) ? "delivered" : "unconfirmed" };
    this.#parts.tell({ is: "gone", id: waiting.id, why: "its hook has gone" });
    return { is: "not_delivered", why: "the program no longer waits for it" };
  }

  #refusal(detection: Detection, answer: Answer): string | undefined {
    if (this.#parts.contests(detection)) return "someone typed at the keyboard";
    return "text" in answer ? refuseText(answer.text, detection) : undefined;
  }

  #put(waiting: Waiting): void {
    const { id, step, inquiry } = waiting;
    waiting.isPut = true;
    this.#parts.tell({ is: "asked", id, step, source: inquiry.source, asked: inquiry.asked });
  }

  #lost(waiting: Waiting): void {
    if (!this.#waiting.includes(waiting)) return;
    this.#remove(waiting);
    this.#parts.tell({ is: "gone", id: waiting.id, why: "the program no longer waits for it" });
  }

  #remove(waiting: Waiting): void {
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
  }
}

function fingerprintOf({ id, step, inquiry }: Waiting): string {
  return structuredDetection({ is: "asked", id, step, source: inquiry.source, asked: inquiry.asked }).fingerprint;
}
