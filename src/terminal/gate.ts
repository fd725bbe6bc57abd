import { messageOf } from "../async/message-of.ts";
import type { Clock, Millis } from "../async/clock.ts";
import { Deadline } from "../async/deadline.ts";
import type { Detection } from "../prompt/detection.ts";
import type { Stage } from "./stage.ts";

/** Why no more may be typed, for the person who answered. */
export class Refused extends Error {}

/** How soon the screen is read again after a key. */
const readAgainMs: Millis = 500;
/** How long a program may take to show that it took a key: Qwen Code on a busy machine took up to 2.5 s to repaint. */
const patienceMs: Millis = 5_000;

/** Lets keys through to the child only while the question that they answer stands and nobody else types. */
export class Gate {
  readonly prompt: Detection;
  readonly #stage: Stage;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;

  constructor(prompt: Detection, stage: Stage, clock: Clock, signal: AbortSignal) {
    this.prompt = prompt;
    this.#stage = stage;
    this.#clock = clock;
    this.#signal = signal;
  }

  /** The kernel collects a line for the child, so an answer and its Enter may go together. @throws {@link Refused} at a changed echo */
  readsLines(): boolean {
    const { echo, icanon } = this.#stage.evidence() ?? {};
    const hides = icanon === true && echo === false;
    if (hides && !this.prompt.secret) throw new Refused("the program now asks for a password");
    if (icanon === true && echo === true && this.prompt.secret) throw new Refused("what is typed would now be visible");
    return icanon === true;
  }

  /** The program reads a single key at this moment, and does nothing else. */
  readsKey(): boolean {
    const { icanon, reading } = this.#stage.evidence() ?? {};
    return icanon === false && reading === "read";
  }

  /** The question as it stands now, the moment before typing. @throws {@link Refused} when it does not */
  async pass(): Promise<Detection> {
    // A key at the desk may only have moved a highlight: once the screen was read again, that is known.
    if (this.#stage.keyedSince()) {
      using readAgain = new Deadline(readAgainMs, this.#clock, this.#signal);
      await this.#stage.settled(readAgain.signal);
    }
    this.#checkHands();
    const fresh = await this.#stage.standing();
    this.#checkHands();
    if (fresh?.fingerprint !== this.prompt.fingerprint) throw new Refused("the screen changed before the answer arrived");
    return fresh;
  }

  /** Types; call it right after {@link pass}, without waiting in between. @throws {@link Refused} when the child takes nothing */
  async write(keys: string): Promise<void> {
    this.#checkHands();
    try {
      await this.#stage.write(keys);
    } catch (error) {
      throw new Refused(messageOf(error), { cause: error });
    }
  }

  /** Waits for the program to show what it made of a key: true once `check` holds for a screen at rest, false after 5 s. */
  async seen(check: () => Promise<boolean>): Promise<boolean> {
    using patience = new Deadline(patienceMs, this.#clock, this.#signal);
    while (!patience.signal.aborted) {
      await this.#stage.settled(patience.signal);
      // A program that has ended has no need to show that it went on.
      if ((await check()) || !this.#stage.alive()) return true;
    }
    return false;
  }

  /** The same question, or undefined: none, or another. */
  async same(): Promise<Detection | undefined> {
    const fresh = await this.#stage.standing();
    return fresh?.fingerprint === this.prompt.fingerprint ? fresh : undefined;
  }

  /** The highlight of the same question stands on an option that is a field: it asks for words, and offers nothing else. */
  async isAtField(): Promise<boolean> {
    const fresh = await this.#stage.standing();
    const { pattern, question, idle } = this.prompt;
    return fresh?.type === "free_text" && fresh.pattern === pattern && fresh.question === question && fresh.idle === idle;
  }

  /** The field has become an option in the words that were written: its list goes on. */
  async hasKept(words: string): Promise<boolean> {
    const fresh = await this.#stage.standing();
    const label = fresh?.type === "multiple_choice" ? (fresh.default ?? "") : "";
    return this.prompt.type === "free_text" && label !== "" && words.startsWith(label);
  }

  pause(ms: Millis): Promise<void> {
    return this.#clock.sleep(ms, this.#signal);
  }

  /** Another question stands, with choices of its own. */
  async asksElse(): Promise<boolean> {
    const fresh = await this.#stage.standing();
    return fresh !== undefined && fresh.fingerprint !== this.prompt.fingerprint && fresh.choices.length > 0;
  }

  /** The cursor's row up to the cursor; undefined: the stage cannot tell. */
  async cursorText(): Promise<string | undefined> {
    return await this.#stage.cursorText?.();
  }

  async takesPastes(): Promise<boolean> {
    return (await this.#stage.takesPastes?.()) ?? false;
  }

  /** A password may show nothing at all. */
  get hidesInput(): boolean {
    return this.prompt.secret;
  }

  #checkHands(): void {
    if (this.#signal.aborted) throw new Refused("the session is ending");
    if (!this.#stage.alive()) throw new Refused("the program has ended");
    if (this.#stage.keyedSince()) throw new Refused("someone typed at the keyboard");
  }
}
