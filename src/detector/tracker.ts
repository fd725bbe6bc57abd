import type { Detection, Layer } from "../prompt/detection.ts";
import { exact, fingerprintOf, masked } from "./fingerprint.ts";
import type { Mark } from "./mark.ts";
import type { Sighting } from "./sighting.ts";
import { textOf, type View } from "./view.ts";

export type Change = { readonly event: "open"; readonly detection: Detection } | { readonly event: "close"; readonly why: string };

interface Open {
  readonly detection: Detection;
  readonly sighting: Sighting;
  /** What the fingerprint says of its words. */
  readonly words: string;
  /** The cursor's line up to the cursor, when it opened. */
  readonly line: string;
  /** What stood just above it, without what moves by itself. */
  readonly above: string;
  /** Where the cursor stood. */
  readonly mark: Mark;
  /** Keys went to the child since. */
  typed: boolean;
  /** One of them was Enter. */
  entered: boolean;
  /** A menu that the person opened stands before it. */
  covered: boolean;
  /** The window got another size since. */
  resized: boolean;
}

/** More than these are hardly about the question alone: a page that is drawn anew all the time. */
const mostLinesAbove = 3;

/** Keeps which question stands, so that one question is one prompt. */
export class Tracker {
  #open: Open | undefined;
  /** How many questions there were. */
  #count = 0;

  get open(): Detection | undefined {
    return this.#open?.detection;
  }

  /** A composer is what stands. */
  get isComposer(): boolean {
    return this.#open?.sighting.idle === true && this.#open.sighting.shape === "menu";
  }

  /** Keys went to the child since the question stands, which is no composer. */
  get isTyped(): boolean {
    return this.#open?.typed === true && !this.#open.sighting.idle;
  }

  get isCovered(): boolean {
    return this.#open?.covered === true;
  }

  /** A menu that the person opened stands before the composer, which waits on behind it. */
  cover(): Change[] {
    if (this.#open !== undefined) this.#open.covered = true;
    return [];
  }

  /** What was typed since was none of the composer's answer: it waits as before. */
  uncover(): void {
    if (this.#open === undefined) return;
    this.#open.covered = false;
    this.#open.typed = false;
    this.#open.entered = false;
  }

  /** The window has another size: until the program has drawn anew, what it drew for the old one stands broken in it. */
  resized(): void {
    if (this.#open !== undefined) this.#open.resized = true;
  }

  /** Keys went to the child. */
  typed(bytes: Uint8Array): void {
    if (this.#open === undefined || isReport(bytes)) return;
    if (!this.#open.typed) this.#open.resized = false;
    this.#open.typed = true;
    if (bytes.includes(13) || bytes.includes(10)) this.#open.entered = true;
  }

  /** The screen is still and says `sighting`. */
  settle(sighting: Sighting | undefined, layer: Layer, view: View, mark: () => Mark): Change[] {
    if (this.stands(sighting, view)) {
      this.#remember(sighting, view, mark);
      return [];
    }
    const changes = this.close(this.#open?.typed === true ? "answered" : "gone");
    if (sighting === undefined) return changes;
    const detection = this.#next(sighting, layer, view);
    this.#count += 1;
    this.#open = { detection, sighting, words: fingerprintOf(sighting), line: lineOf(view), above: aboveOf(sighting, view), mark: mark(), typed: false, entered: false, covered: false, resized: false };
    return [...changes, { event: "open", detection }];
  }

  /** Rows that are written above a question that stands push its place out of what the emulator keeps: it is known by its last one. */
  #remember(sighting: Sighting | undefined, view: View, mark: () => Mark): void {
    const open = this.#open;
    if (open === undefined || sighting === undefined || open.typed || sighting.idle) return;
    // As the program has drawn it for the window's new size: the next dialog is told from it.
    this.#open = open.resized ? { ...open, sighting, words: fingerprintOf(sighting) } : open;
    if (sighting.shape === "menu") return;
    open.mark.dispose();
    this.#open = { ...this.#open, mark: mark(), line: lineOf(view), above: aboveOf(sighting, view) };
  }

  /** The same question with the keys that are right for the row that is highlighted now; undefined: it no longer stands. */
  standing(sighting: Sighting | undefined, layer: Layer, view: View): Detection | undefined {
    const open = this.#open;
    if (open !== undefined && this.stands(sighting, view)) return sighting === undefined || isTyping(open, view) ? open.detection : { ...open.detection, choices: sighting.choices, default: sighting.default, excerpt: excerptOf(sighting, view) };
    return sighting === undefined ? undefined : this.#next(sighting, layer, view);
  }

  /**
   * A question that does not stand yet. Its fingerprint differs from those of all before, were it in the same words. A composer that was
   * drawn anew is still the same: it takes any instruction.
   */
  #next(sighting: Sighting, layer: Layer, view: View): Detection {
    const words = fingerprintOf(sighting);
    return detectionOf(sighting, layer, view, sighting.idle ? words : `${words}.${this.#count + 1}`);
  }

  /** A look while the screen still moves: keys were typed and the question is no longer there. */
  isAnswered(sighting: Sighting | undefined, view: View): boolean {
    return this.#open?.typed === true && !this.#isSame(this.#open, sighting, view);
  }

  close(why: string): Change[] {
    if (this.#open === undefined) return [];
    this.#open.mark.dispose();
    this.#open = undefined;
    return [{ event: "close", why }];
  }

  /** The open question, and no new one in its words, is what a still screen shows as `sighting`. */
  stands(sighting: Sighting | undefined, view: View): boolean {
    const open = this.#open;
    if (open === undefined || !this.#isSame(open, sighting, view)) return false;
    const { idle, shape } = open.sighting;
    // Enter sent what was typed, unless something still stands there: then it was a line break.
    if (idle && open.entered) return (sighting?.draft ?? "") !== "";
    return shape === "menu" || (idle ? isInPlace(open) : !isAskedAnew(open, sighting, view));
  }

  #isSame(open: Open, sighting: Sighting | undefined, view: View): boolean {
    if (isTyping(open, view)) return true;
    if (sighting === undefined) return false;
    // After a key, the next dialog may stand in the place of the one before, and differ in a "-" only.
    if (open.typed && !open.resized && !sighting.idle && sighting.shape === "menu" && !isSameDialog(open.sighting, sighting)) return false;
    if (fingerprintOf(sighting) === open.words) return sighting.secret === open.detection.secret;
    // What stands above a box changes with the commands that it offers for a beginning: "/mod".
    if (sighting.idle && open.sighting.idle && sighting.shape === "menu" && open.typed && !open.entered) return sighting.pattern === open.sighting.pattern;
    if (open.resized && !open.typed && isRefitted(open.sighting, sighting)) return true;
    return open.typed && sighting.shape === "menu" && isAmended(open.sighting, sighting);
  }
}

/** The person writes at the question: the line only grew. */
function isTyping(open: Open, view: View): boolean {
  return open.sighting.shape !== "menu" && open.typed && !open.entered && open.line !== "" && lineOf(view).startsWith(open.line) && (open.mark.rowsDown ?? 0) === 0;
}

/** The person writes into an option. */
function isAmended(before: Sighting, after: Sighting): boolean {
  return before.type === after.type && isSameDialog(before, after);
}

/** In the same words, were it that the person writes into an option. */
function isSameDialog(before: Sighting, after: Sighting): boolean {
  if (exact(before.question) !== exact(after.question) || exact(before.body) !== exact(after.body) || before.choices.length !== after.choices.length) return false;
  return before.choices.filter((choice, index) => exact(choice.label) !== exact(after.choices[index]?.label ?? "")).length <= 1;
}

/** The same dialog in a window of another size, in which its words show as far as there is room. */
function isRefitted(before: Sighting, after: Sighting): boolean {
  if (before.shape !== "menu" || after.shape !== "menu" || before.type !== after.type || before.choices.length !== after.choices.length) return false;
  if (masked(before.question) !== masked(after.question)) return false;
  const [short = "", long = ""] = [masked(before.body), masked(after.body)].sort((one, other) => one.length - other.length);
  if (short === "" || !long.includes(short)) return false;
  return before.choices.every(({ label }, index) => {
    const [one, other] = [shown(label), shown(after.choices[index]?.label ?? "")];
    return one.startsWith(other) || other.startsWith(one);
  });
}

/** What a label shows, without the mark of what it left out. */
function shown(label: string): string {
  return masked(label).replace(/…$/u, "");
}

/** What a terminal sends by itself: focus, cursor position, device attributes, colours. */
export function isReport(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1b && /^(?:\x1b(?:\[[IO]|\[[?>]?[\d;]*[cRny]|\[\?[\d;]*u|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|\[<[\d;]*[Mm]))+$/.test(Buffer.from(bytes).toString("latin1"));
}

/**
 * The next question in the same words: what it is about has changed. After a key it stands further down ("Password:" after a wrong one);
 * without one, the question before it passed by itself, and, where both show, something else was written between them. Where the one
 * before was erased, Enter answered it, or other words stand above.
 */
function isAskedAnew(open: Open, sighting: Sighting | undefined, view: View): boolean {
  const { mark, above, typed, entered } = open;
  if (mark.rowsDown === undefined) return entered || (sighting !== undefined && !["", above].includes(aboveOf(sighting, view)));
  return typed ? !isInPlace(open) : wordsSince(open) !== "";
}

/** What a program wrote since, but for the question itself: some count down by writing it again and again. */
function wordsSince({ mark, line, sighting }: Open): string {
  return [line, sighting.question].filter((words) => words !== "").reduce((rest, words) => rest.replaceAll(exact(words), ""), exact(mark.writtenSince ?? "")).trim();
}

/** A key that is not Enter may break the line, or draw it further up. */
function isInPlace({ mark: { rowsDown = 0 }, typed, entered }: Open): boolean {
  return entered ? rowsDown === 0 : !typed || rowsDown <= 0;
}

/** The lines just above a question that belong to it by their looks. */
function aboveOf({ from }: Sighting, view: View): string {
  const texts = view.lines.slice(Math.max(0, from - mostLinesAbove), from).map(({ text }) => masked(text));
  return texts.slice(texts.lastIndexOf("") + 1).join("\n");
}

function lineOf(view: View): string {
  return (view.lines[view.cursor.line]?.text ?? "").slice(0, view.cursor.column).trimEnd();
}

function detectionOf(sighting: Sighting, layer: Layer, view: View, fingerprint: string): Detection {
  return {
    type: sighting.type,
    layer,
    pattern: sighting.pattern,
    confidence: sighting.confidence,
    question: sighting.question,
    excerpt: excerptOf(sighting, view),
    choices: sighting.choices,
    default: sighting.default,
    secret: sighting.secret,
    idle: sighting.idle,
    fingerprint,
  };
}

function excerptOf({ from, to }: Sighting, view: View): string {
  return textOf(view, from, to).trimEnd();
}
