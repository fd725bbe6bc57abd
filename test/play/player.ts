import { Bell } from "../../src/async/bell.ts";
import { systemClock } from "../../src/async/clock.ts";
import { LinkedAbort } from "../../src/async/linked-abort.ts";
import { Detector } from "../../src/detector/detector.ts";
import type { Detection } from "../../src/prompt/detection.ts";
import type { Answer } from "../../src/prompt/reply.ts";
import { inject, type Injected, type Stage } from "../../src/terminal/injector.ts";
import { packagedPatterns } from "../score/run.ts";
import { spawned, type Spawned } from "../terminal/spawned.ts";

const patterns = packagedPatterns();
const size = { cols: 80, rows: 24 };

/** A real program, the detector that reads its screen and the injector that answers it, as a session puts them together. */
export class Player implements AsyncDisposable {
  readonly program: Spawned;
  readonly #detector = new Detector(patterns, { ...size, stuckMs: 2000, startedAt: systemClock.now() });
  readonly #looked = new Bell();
  readonly #end = new AbortController();
  readonly #looking: Promise<void>;
  #open: Detection | undefined;

  constructor(command: readonly string[], where: { readonly cwd: string; readonly env: Readonly<Record<string, string>> }) {
    this.program = spawned(command, { ...where, size, graceMs: 100 });
    const { child } = this.program;
    this.program.onOutput((bytes) => this.#detector.feed(Uint8Array.from(bytes), systemClock.now()));
    void child.exited.then(() => this.#end.abort());
    this.#looking = this.#look();
  }

  /** The question that stands and is wanted; waits for it. Throws when the program ends without one. */
  async asked(isWanted: (detection: Detection) => boolean = () => true): Promise<Detection> {
    for (;;) {
      if (this.#open !== undefined && isWanted(this.#open)) return this.#open;
      if (this.#end.signal.aborted) throw new Error(`did not ask: ${this.program.output().toString()}`);
      await this.#looked.rung(this.#end.signal);
    }
  }

  /** Types what a person would: the answer to an earlier question. */
  async answer(keys: string): Promise<void> {
    const before = await this.asked();
    this.#detector.typed(Buffer.from(keys), systemClock.now());
    this.program.child.writeNow(keys);
    while (this.#open === before && !this.#end.signal.aborted) await this.#looked.rung(this.#end.signal);
  }

  async give(prompt: Detection, answer: Answer): Promise<Injected> {
    return inject(prompt, answer, this.#stage(), systemClock, new AbortController().signal, () => Promise.resolve(true));
  }

  #stage(): Stage {
    const { child } = this.program;
    const detector = this.#detector;
    return {
      alive: () => child.alive,
      evidence: () => child.evidence(),
      standing: () => detector.standing(),
      takesPastes: async () => (await detector.view()).bracketsPaste,
      async cursorText() {
        const { lines, cursor } = await detector.view();
        return (lines[cursor.line]?.text ?? "").slice(0, cursor.column);
      },
      keyedSince: () => false,
      settled: async (signal) => {
        using over = new LinkedAbort(signal, this.#end.signal);
        await this.#looked.rung(over.signal);
      },
      async write(keys) {
        detector.typed(Buffer.from(keys), systemClock.now());
        child.writeNow(keys);
      },
    };
  }

  async #look(): Promise<void> {
    while (!this.#end.signal.aborted) {
      const now = systemClock.now();
      await systemClock.sleep(Math.min(20, (this.#detector.dueAt() ?? Infinity) - now), this.#end.signal);
      if ((this.#detector.dueAt() ?? Infinity) > systemClock.now()) continue;
      const changes = await this.#detector.look(systemClock.now(), () => {
        const evidence = this.program.child.evidence();
        this.program.child.catchUp();
        return evidence;
      });
      for (const change of changes) this.#open = change.event === "open" ? change.detection : undefined;
      this.#looked.ring();
    }
    this.#looked.ring();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.program.child.kill("SIGKILL");
    await this.program[Symbol.asyncDispose]();
    this.#end.abort();
    await this.#looking;
  }
}
