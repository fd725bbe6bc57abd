import type { Millis } from "../../async/clock.ts";
import type { Detection } from "../../prompt/detection.ts";
import { structuredDetection, type StructuredEvent } from "../structured.ts";
import type { Change } from "../tracker.ts";

type AskedEvent = Extract<StructuredEvent, { is: "asked" }>;

/**
 * A dialog is drawn 0.3 to 0.6 s after Claude's hook fired (notes of 2026-11), later on a busy machine; a composer that shows before
 * that says nothing.
 */
const drawnWithinMs: Millis = 5_000;
/** How long a dialog may stand after its program was answered. */
const takenWithinMs: Millis = 3_000;

/** A question that its program told of, together with the dialog that it draws for it: one prompt. */
export class Told {
  readonly event: AskedEvent;
  readonly detection: Detection;
  readonly #since: Millis;
  /** What was still drawn of the question before. */
  readonly #leftover: string | undefined;
  #dialog: Detection | undefined;
  /** Drawn only after the answer: the next call's dialog may look the same. */
  #isLate = false;
  #answeredAt: Millis | undefined;
  #composerShows = false;
  #isBusy = false;
  #typed = false;

  /** @param drawn  the question that the screen shows at this moment */
  constructor(event: AskedEvent, drawn: Detection | undefined, before: Told | undefined, now: Millis) {
    this.event = event;
    this.detection = structuredDetection(event);
    this.#since = now;
    const isSameCall = before?.event.id === event.id;
    this.#leftover = isSameCall || before?.isLate === true ? undefined : before?.dialog?.fingerprint;
    this.#dialog = isSameCall ? before?.dialog : isDialog(drawn, this.#leftover) ? drawn : undefined;
  }

  /** The dialog on the screen that belongs to it; undefined: not drawn yet, or never. */
  get dialog(): Detection | undefined {
    return this.#dialog;
  }

  get isLate(): boolean {
    return this.#isLate;
  }

  get isAnswered(): boolean {
    return this.#answeredAt !== undefined;
  }

  /** A key went to the child: it may answer the dialog. */
  typed(): void {
    this.#typed = true;
  }

  answered(now: Millis): void {
    this.#answeredAt = now;
  }

  /**
   * What a look at the screen found while this stands. Gives why it no longer does; undefined: it does.
   *
   * @param shown  what the screen shows now, and whether it shows that the program works
   */
  fold(found: readonly Change[], { asks, isBusy }: { asks: Detection | undefined; isBusy: boolean }, now: Millis): string | undefined {
    this.#composerShows = asks?.idle === true;
    this.#isBusy = isBusy;
    // A key at the desk may have been faster than the hook: its dialog was over before this began.
    if (isBusy && !this.isAnswered && this.#dialog === undefined && now - this.#since >= drawnWithinMs) return "answered";
    if (this.#composerShows && this.#typed) return "answered";
    if (this.#composerShows && (this.#dialog !== undefined || this.isAnswered || now - this.#since >= drawnWithinMs)) return "its turn is over";
    let closed: string | undefined;
    for (const change of found) {
      if (change.event === "close") {
        if (this.#dialog !== undefined) closed = change.why;
      } else if (isDialog(change.detection, this.#leftover)) {
        // A dialog may redraw itself into another; only after a key, or an answer that it stood for, is it the next one.
        if (closed === "answered" || (this.isAnswered && this.#dialog !== undefined)) return "answered";
        this.#isLate = this.isAnswered;
        this.#dialog = change.detection;
        closed = undefined;
      }
    }
    if (closed !== undefined) return closed;
    return this.#answeredAt !== undefined && now - this.#answeredAt >= takenWithinMs ? "answered" : undefined;
  }

  /** When it ends though the screen stays as it is; undefined: never. */
  get dueAt(): Millis | undefined {
    if (this.#answeredAt !== undefined) return this.#answeredAt + takenWithinMs;
    return (this.#composerShows || this.#isBusy) && this.#dialog === undefined ? this.#since + drawnWithinMs : undefined;
  }
}

function isDialog(detection: Detection | undefined, leftover: string | undefined): boolean {
  return detection !== undefined && !detection.idle && detection.choices.length > 0 && detection.fingerprint !== leftover;
}
