import type { Millis } from "../async/clock.ts";
import type { Detection } from "../prompt/detection.ts";
import type { Evidence } from "../prompt/evidence.ts";
import { Backlog } from "./backlog.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { Instruction } from "./instruction.ts";
import { laterMs, neededMs, quietMs, stallMs } from "./patience.ts";
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

/** How often a screen is read that never stops moving (spinners, clocks). */
const busyMs = 500;
/** The same in a flood: 100 MB of log lines cost 3.1 s of CPU with a look every 500 ms, 2.2 s with this, 2.0 s without any. */
const floodMs = 5_000;
/** The same once a dialog was seen on it. */
const glimpseMs = 250;
/** How long a dialog stands on a moving screen before it counts: most are still drawing, and soon at rest. */
const steadyMs = 1_000;
/** After a key, how soon the child's answer is read: a dialog that goes and comes again is two. */
const answerMs = 30;
/** After a silence this long, only bytes and keys call for another look. */
const longestSilenceMs = 60_000;

/** Says when the child asks something and when that question no longer stands. Pure: bytes and times in, changes out. */
export class Detector {
  readonly #patterns: PatternSet;
  readonly #options: DetectorOptions;
  readonly #screen: Screen;
  readonly #backlog = new Backlog();
  readonly #tracker = new Tracker();
  readonly #instruction = new Instruction();
  #told: Told | undefined;
  #waiting: Waiting = "unknown";
  /** The last still screen showed that the child works. */
  #isBusy = false;
  /** It showed a composer without words. */
  #isVacant = false;
  /** When the silence began: the last byte or key. */
  #stillSince: Millis | undefined;
  /** First byte since the last look. */
  #unseenSince: Millis | undefined;
  #keyAt: Millis | undefined;
  /** When bytes came last. */
  #fedAt: Millis = 0;
  /** The dialog that the last look at a moving screen saw, and since when every look has seen it. */
  #glimpsed: { readonly shows: string; readonly since: Millis } | undefined;
  /** The look that this silence still needs. */
  #nextStill: Millis | undefined;
  #parsing: Promise<void> = Promise.resolve();

  constructor(patterns: PatternSet, options: DetectorOptions) {
    this.#patterns = patterns;
    this.#options = options;
    this.#screen = new Screen(options.cols, options.rows);
    if (options.startedAt !== undefined) this.#stirred(options.startedAt);
  }

  /** Bytes of the child. Copies them; costs no more than that. */
  feed(bytes: Uint8Array, now: Millis): void {
    if (bytes.length === 0) return;
    this.#backlog.put(bytes);
    this.#unseenSince ??= now;
    this.#fedAt = now;
    this.#stirred(now);
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
    this.#keyAt = now;
    this.#stirred(now);
  }

  resize(cols: number, rows: number, now: Millis): void {
    this.#screen.resize(cols, rows);
    this.#tracker.resized();
    this.#stirred(now);
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
    const due = [this.#nextStill, this.#told?.dueAt, this.#screen.signals.dueAt];
    if (this.#unseenSince !== undefined) {
      due.push(this.#unseenSince + (this.#backlog.isLosing ? floodMs : this.#glimpsed === undefined ? busyMs : glimpseMs));
      if (this.#keyAt !== undefined && this.#tracker.open !== undefined) due.push(Math.max(this.#unseenSince, this.#keyAt) + answerMs);
    }
    const times = due.filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** When `look` will ask the kernel, if nothing stirs until then; undefined: not as things stand. */
  evidenceDueAt(): Millis | undefined {
    return this.#nextStill;
  }

  /**
   * Reads the screen and says what changed. Splitting the bytes that were fed differently never changes the outcome.
   *
   * @param evidence  asks the kernel; called only when the child is silent, or calls for a person. One that feeds bytes that are under
   *   way before it returns keeps a question from being taken for the next one.
   */
  async look(now: Millis, evidence: () => Evidence | undefined): Promise<Change[]> {
    const isIdle = this.#tracker.open === undefined && this.#told === undefined;
    const stillMs = this.#stillSince === undefined ? Infinity : now - this.#stillSince;
    const isStill = stillMs >= quietMs;
    this.#unseenSince = undefined;
    this.#isVacant = false;
    // What a flood shows is gone at once: it is read only for the sake of a question that stands.
    if (!isStill && isIdle && !this.#calls && this.#backlog.isLosing) return [];
    await this.#parse();
    if (isStill || (this.#tracker.open === undefined && this.#calls)) this.#waiting = waitingOf(evidence());
    // The kernel told of a moment that this screen does not show: "Password:" stands, and the next question is already being read.
    if (isStill && this.#unseenSince !== undefined) return [];
    const found = isStill ? this.#study(now, stillMs) : this.#glance(now);
    found.push(...(await this.#glimpse(now, stillMs, evidence)));
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
  async standing(_now: Millis): Promise<Detection | undefined> {
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
  #glance(now: Millis): Change[] {
    if (this.#tracker.open === undefined) return [];
    const view = this.#screen.read();
    const reading = readView(view, this.#patterns, this.#waiting);
    this.#keyAt = undefined;
    // Between a command and its menu, Claude Code shows for a moment that it works.
    if (this.#isOwn(reading, now) || (reading.is === "busy" && this.#instruction.isCommand)) return [];
    return this.#tracker.isAnswered(reading.is === "asks" ? reading.sighting : undefined, view) ? this.#tracker.close("answered") : [];
  }

  /** A program may go on moving beside its dialog (Codex turns a spinner in its title): one that several looks see counts. */
  async #glimpse(now: Millis, stillMs: Millis, evidence: () => Evidence | undefined): Promise<Change[]> {
    const before = this.#glimpsed;
    const seen = this.#tracker.open === undefined || this.#tracker.isTyped ? this.#menuOf(this.#screen.read(), "unknown", now) : undefined;
    const isSame = seen !== undefined && before?.shows === seen.shows;
    const since = isSame ? before.since : now;
    this.#glimpsed = seen && { shows: seen.shows, since };
    // What has not moved since is for the longer look.
    if (!isSame || stillMs >= now - since || (now - since < steadyMs && !this.#calls)) return [];
    this.#glimpsed = undefined;
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
    if (this.#tracker.open !== undefined && !this.#tracker.isAnswered(sighting, view)) return undefined;
    return { sighting, shows: sighting.pattern.startsWith("generic.") ? textOf(view, sighting.from) : fingerprintOf(sighting) };
  }

  /** The screen is still. */
  #study(now: Millis, stillMs: Millis): Change[] {
    this.#keyAt = undefined;
    const view = this.#screen.read();
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
    this.#planAfter(stillMs, isEarly || this.#tracker.open === undefined);
    if (worksUntil !== undefined) this.#nextStill = Math.min(this.#nextStill ?? Infinity, worksUntil);
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

  #stirred(now: Millis): void {
    this.#stillSince = now;
    this.#nextStill = now + quietMs;
  }

  /** Plans the next look in this silence: none when a question stands, or when nothing can change without a byte. */
  #planAfter(stillMs: Millis, isExpectant: boolean): void {
    const steps = [quietMs, ...laterMs, this.#options.stuckMs].sort((one, other) => one - other);
    // Only the kernel's word changes in a longer silence: it is asked for ever more rarely.
    const later = this.#waiting === "unknown" || stillMs > longestSilenceMs ? undefined : stillMs * 2;
    const next = steps.find((step) => step > stillMs) ?? later;
    this.#nextStill = isExpectant && next !== undefined && this.#stillSince !== undefined ? this.#stillSince + next : undefined;
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
