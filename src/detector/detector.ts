import type { Millis } from "../async/clock.ts";
import type { Detection } from "../prompt/detection.ts";
import type { Evidence } from "../prompt/evidence.ts";
import { Backlog } from "./backlog.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { Glimpse } from "./glimpse.ts";
import { Instruction } from "./instruction.ts";
import { Looks } from "./looks.ts";
import { neededMs, quietMs, stallMs } from "./patience.ts";
import type { PatternSet } from "./pattern.ts";
import type { Picture } from "./picture.ts";
import { callsInTitle, isDrawn, readView, stalled, type Reading } from "./reading.ts";
import { Screen } from "./screen.ts";
import type { StructuredEvent } from "./structured.ts";
import { Told } from "./structured/told.ts";
import { sendsLine } from "./sent-line.ts";
import { isReport, Tracker, type Change } from "./tracker.ts";
import type { Sighting } from "./sighting.ts";
import { textOf, type View } from "./view.ts";
import { isCertain, isCooked, waitingOf, type Waiting } from "./waiting.ts";

export type { Change } from "./tracker.ts";
export type { StructuredEvent } from "./structured.ts";

export interface DetectorOptions {
  readonly cols: number;
  readonly rows: number;
  /** How long a silence lasts before the stall layer looks. */
  readonly stuckMs: Millis;
  /** When the child started: with it, one that reads without having said a word is noticed, too. */
  readonly startedAt?: Millis;
  /** Told of every look at a still screen, for the person who asks why. */
  readonly explain?: (study: Study) => void;
}

/** What one look at a still screen went by. */
export interface Study {
  readonly at: Millis;
  /** How long the child had been silent. */
  readonly stillMs: Millis;
  /** What the kernel's evidence amounts to; it vetoes, or makes sure. */
  readonly waiting: Waiting;
  readonly reading: Reading;
  /** The screen asks, but silence must last longer before that counts. */
  readonly isEarly: boolean;
  /** By its title, a notification or the bell the program calls for a person. */
  readonly calls: boolean;
}

/** Says when the child asks something and when that question no longer stands. Pure: bytes and times in, changes out. */
export class Detector {
  readonly #patterns: PatternSet;
  readonly #options: DetectorOptions;
  readonly #screen: Screen;
  readonly #backlog = new Backlog();
  readonly #tracker = new Tracker();
  readonly #instruction = new Instruction();
  readonly #looks: Looks;
  readonly #glimpsed = new Glimpse();
  #told: Told | undefined;
  #waiting: Waiting = "unknown";
  /** The last still screen showed that the child works. */
  #isBusy = false;
  /** It showed a composer without words. */
  #isVacant = false;
  /** When bytes came last. */
  #fedAt: Millis = 0;
  #parsing: Promise<void> = Promise.resolve();

  constructor(patterns: PatternSet, options: DetectorOptions) {
    this.#patterns = patterns;
    this.#options = options;
    this.#screen = new Screen(options.cols, options.rows);
    this.#looks = new Looks(options.stuckMs);
    if (options.startedAt !== undefined) this.#looks.stirred(options.startedAt);
  }

  /** Bytes of the child. Copies them; costs no more than that. */
  feed(bytes: Uint8Array, now: Millis): void {
    if (bytes.length === 0) return;
    this.#backlog.put(bytes);
    this.#fedAt = now;
    this.#looks.fed(now);
  }

  /** Keys that went to the child, from the person's keyboard or from the injector. */
  typed(bytes: Uint8Array, now: Millis): void {
    this.#tracker.typed(bytes);
    this.#told?.typed();
    if (sendsLine(bytes)) this.#backlog.sent();
    if (!isReport(bytes)) {
      this.#screen.signals.typed();
      if (this.#tracker.isComposer || this.#instruction.isBegun) this.#instruction.typed(bytes, now);
    }
    this.#looks.typed(now);
  }

  resize(cols: number, rows: number, now: Millis): void {
    this.#screen.resize(cols, rows);
    this.#tracker.resized();
    this.#looks.stirred(now);
  }

  /** A program that tells of its question itself. It outranks the screen, whose dialog for it is folded in, until it is gone. */
  structured(event: StructuredEvent, now: Millis): Change[] {
    const told = this.#told;
    switch (event.is) {
      case "asked": {
        this.#told = new Told(event, this.#tracker.open, told, now);
        const stood = told !== undefined || this.#tracker.open !== undefined;
        const closed: Change[] = stood ? [{ event: "close", why: "the program itself tells of it" }] : [];
        return [...closed, { event: "open", detection: this.#told.detection }];
      }
      case "answered":
        if (told?.event.id === event.id) told.answered(now);
        return [];
      case "gone":
        return told?.event.id === event.id ? this.#untold(event.why) : [];
    }
  }

  /** A composer stood at the last look, as agents show one between two tasks. */
  get isAtComposer(): boolean {
    return this.#tracker.open?.idle === true;
  }

  /** At the last look at a still screen, a composer stood that surely holds no words. */
  get isComposerEmpty(): boolean {
    return this.#isVacant;
  }

  /** The call whose question stands unanswered. */
  get told(): string | undefined {
    return this.#told?.isAnswered === true ? undefined : this.#told?.event.id;
  }

  /** Gives the screen its say again. */
  #untold(why: string): Change[] {
    this.#told = undefined;
    const drawn = this.#tracker.open;
    return [{ event: "close", why }, ...(drawn === undefined ? [] : [{ event: "open", detection: drawn } as const])];
  }

  /** When `look` wants to be called; undefined: nothing to do until bytes or keys come. */
  dueAt(): Millis | undefined {
    const moving = this.#looks.nextMoving({ isLosing: this.#backlog.isLosing, hasDialog: this.#glimpsed.isDialog, isOpen: this.#tracker.open !== undefined });
    const times = [this.#looks.nextStill, moving, this.#told?.dueAt, this.#screen.signals.dueAt].filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** When `look` will ask the kernel, if nothing stirs until then; undefined: not as things stand. */
  evidenceDueAt(): Millis | undefined {
    return this.#looks.nextStill;
  }

  /**
   * Reads the screen and says what changed. Splitting the bytes that were fed differently never changes the outcome.
   *
   * @param evidence  asks the kernel; called only when the child is silent, or calls for a person. One that feeds bytes that are under
   *   way before it returns keeps a question from being taken for the next one.
   */
  async look(now: Millis, evidence: () => Evidence | undefined): Promise<Change[]> {
    const isIdle = this.#tracker.open === undefined && this.#told === undefined;
    const stillMs = this.#looks.begin(now);
    const isStill = stillMs >= quietMs;
    this.#isVacant = false;
    // What a flood shows is gone at once: it is read only for the sake of a question that stands.
    if (!isStill && isIdle && !this.#calls && this.#backlog.isLosing) return [];
    await this.#parse();
    if (isStill || (this.#tracker.open === undefined && this.#calls)) this.#waiting = waitingOf(evidence());
    // The kernel told of a moment that this screen does not show: "Password:" stands, and the next question is already being read.
    if (isStill && this.#looks.isBehind) return [];
    const view = this.#screen.read();
    const found = isStill ? this.#study(view, now, stillMs) : this.#glance(view, now);
    found.push(...(await this.#glimpse(view, { now, stillMs, evidence })));
    if (this.#tracker.open !== undefined || this.#told !== undefined) this.#screen.signals.raised();
    this.#screen.signals.looked(now);
    if (this.#told === undefined) return found;
    const gone = this.#told.fold(found, { asks: this.#tracker.open, isBusy: this.#isBusy }, now);
    return gone === undefined ? [] : this.#untold(gone);
  }

  /** The words of a notification for which the program asked nothing, once. */
  takeUnasked(): string | undefined {
    return this.#screen.signals.takeUnasked();
  }

  /** What stands on the screen right now, with keys that are right for the row that is highlighted now; undefined: nothing asks. */
  async standing(): Promise<Detection | undefined> {
    await this.#parse();
    const told = this.#told;
    if (told !== undefined && !told.isAnswered) return told.detection;
    const view = this.#screen.read();
    const reading = readView(view, this.#patterns, this.#waiting);
    const isStall = this.#tracker.open?.layer === "stall" && reading.is === "nothing";
    const drawn = isStall ? this.#tracker.standing(stalled(view, this.#waiting), "stall", view) : this.#tracker.standing(reading.is === "asks" ? reading.sighting : undefined, "pattern", view);
    // Answered, its dialog may take a moment to go.
    return told?.dialog !== undefined && drawn?.fingerprint === told.dialog.fingerprint ? told.detection : drawn;
  }

  /** The screen right now, with its colours. */
  async picture(): Promise<Picture> {
    await this.#parse();
    return this.#screen.picture();
  }

  /** The screen right now. */
  async view(): Promise<View> {
    await this.#parse();
    return this.#screen.read();
  }

  /** The screen still moves. */
  #glance(view: View, now: Millis): Change[] {
    if (this.#tracker.open === undefined) return [];
    const reading = readView(view, this.#patterns, this.#waiting);
    this.#looks.answerRead();
    // Between a command and its menu, Claude Code shows for a moment that it works.
    if (this.#isOwn(reading, now) || (reading.is === "busy" && this.#instruction.isCommand)) return [];
    return this.#tracker.isAnswered(reading.is === "asks" ? reading.sighting : undefined, view) ? this.#tracker.close("answered") : [];
  }

  /** A program may go on moving beside its dialog (Codex turns a spinner in its title): one that several looks see counts. */
  async #glimpse(glimpsed: View, { now, stillMs, evidence }: { readonly now: Millis; readonly stillMs: Millis; readonly evidence: () => Evidence | undefined }): Promise<Change[]> {
    const seen = this.#tracker.open === undefined || this.#tracker.isTyped || stillMs < quietMs ? this.#menuOf(glimpsed, "unknown", now) : undefined;
    if (!this.#glimpsed.counts(seen?.shows, now, { stillMs, calls: this.#calls }) || seen === undefined) return [];
    this.#waiting = waitingOf(evidence());
    await this.#parse();
    const view = this.#screen.read();
    const found = this.#menuOf(view, this.#waiting, now);
    return found?.shows === seen.shows ? this.#tracker.settle(found.sighting, "pattern", view, () => this.#screen.markCursor()) : [];
  }

  /** The dialog that `view` shows, and what must not change while the rest moves. Below an unknown one, which may be a list that was left, nothing may be done. */
  #menuOf(view: View, waiting: Waiting, now: Millis): { readonly sighting: Sighting; readonly shows: string } | undefined {
    const reading = readView(view, this.#patterns, waiting);
    if (reading.is !== "asks" || !isDrawn(view, reading.sighting) || this.#isOwn(reading, now)) return undefined;
    const { sighting } = reading;
    if (this.#tracker.stands(sighting, view)) return undefined;
    return { sighting, shows: sighting.pattern.startsWith("generic.") ? textOf(view, sighting.from) : fingerprintOf(sighting) };
  }

  /** The screen is still. */
  #study(view: View, now: Millis, stillMs: Millis): Change[] {
    this.#looks.answerRead();
    const calls = this.#calls;
    const seen = readView(view, this.#patterns, this.#waiting);
    const worksUntil = this.#worksUntil(seen, now);
    const reading: Reading = worksUntil === undefined ? seen : { is: "busy" };
    this.#isBusy = reading.is === "busy";
    this.#isVacant = reading.is === "asks" && reading.sighting.isVacant === true;
    const isEarly = reading.is === "asks" && stillMs < neededMs(reading.sighting, { waiting: this.#waiting, calls, isIdle: this.#tracker.open?.idle === true, isSent: this.#instruction.isSent });
    this.#options.explain?.({ at: now, stillMs, waiting: this.#waiting, reading, isEarly, calls });
    const changes = isEarly ? [] : this.#settle(view, reading, { now, isLong: stillMs >= stallMs(this.#options.stuckMs, calls) });
    if (this.#isBusy || changes.some(({ event }) => event === "open")) this.#instruction.over();
    // Only the kernel's word changes in a longer silence: it is asked for ever more rarely.
    if (isEarly || this.#tracker.open === undefined) this.#looks.plan(stillMs, { laterToo: this.#waiting !== "unknown" });
    else this.#looks.rest();
    if (worksUntil !== undefined) this.#looks.notLaterThan(worksUntil);
    return changes;
  }

  /** By its title, a notification or the bell the program says that a person is needed. */
  get #calls(): boolean {
    return this.#screen.signals.calls || callsInTitle(this.#screen.title, this.#patterns);
  }

  /** Until when the program's own word that it works stands against `reading`; undefined: it gave none, or something knows better. */
  #worksUntil(reading: Reading, now: Millis): Millis | undefined {
    if (isCertain(this.#waiting)) return undefined;
    const { signals } = this.#screen;
    const asked = reading.is === "asks" && !reading.sighting.idle ? reading.sighting.shape : undefined;
    // An agent whose title spins may be writing words that look like a question; it draws its dialogs.
    const spins = asked === "menu" || isCooked(this.#waiting) ? undefined : signals.spinsUntil(now);
    const works = asked === undefined ? signals.worksUntil(now) : undefined;
    return spins === undefined || works === undefined ? (spins ?? works) : Math.max(spins, works);
  }

  /** The person opened what shows, out of the composer that waits behind it. */
  #isOwn(reading: Reading, now: Millis): boolean {
    return this.#tracker.isComposer && !this.#calls && this.#instruction.opened(reading, now, this.#tracker.isCovered);
  }

  /** @param isLong  the silence is one that the stall layer speaks up in */
  #settle(view: View, reading: Reading, { now, isLong }: { readonly now: Millis; readonly isLong: boolean }): Change[] {
    const mark = () => this.#screen.markCursor();
    if (this.#isOwn(reading, now)) return this.#tracker.cover();
    if (reading.is === "own") return this.#tracker.close("gone");
    if (reading.is === "asks" && reading.sighting.idle && (this.#tracker.isCovered || this.#instruction.isCommand)) this.#tracker.uncover();
    if (reading.is === "busy") return this.#tracker.close("it works on");
    if (reading.is === "asks") return this.#tracker.settle(reading.sighting, "pattern", view, mark);
    const stall = stalled(view, this.#waiting);
    // Only a long silence raises one; what came on the screen meanwhile ends it at once.
    const counts = isLong || (this.#tracker.open?.layer === "stall" && this.#tracker.stands(stall, view));
    return this.#tracker.settle(counts ? stall : undefined, "stall", view, mark);
  }

  /** Parses what was fed, one parse after the other. */
  #parse(): Promise<void> {
    this.#parsing = this.#parsing.then(async () => {
      while (!this.#backlog.isEmpty) {
        const { bytes, dropped, isSent } = this.#backlog.take();
        await this.#screen.write(bytes, dropped, this.#fedAt);
        if (isSent) this.#screen.sent();
      }
    });
    return this.#parsing;
  }
}
