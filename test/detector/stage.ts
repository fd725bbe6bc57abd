import { Detector, type Change } from "../../src/detector/detector.ts";
import type { Evidence } from "../../src/prompt/evidence.ts";
import type { Detection } from "../../src/prompt/detection.ts";
import { packagedPatterns } from "../score/run.ts";

const patterns = packagedPatterns();

export const readsLine: Evidence = { echo: true, icanon: true, reading: "read", running: false };
export const readsSecret: Evidence = { echo: false, icanon: true, reading: "read", running: false };
export const listens: Evidence = { echo: false, icanon: false, reading: "epoll", running: false };
export const works: Evidence = { echo: true, icanon: true, reading: null, running: true };

/** A detector on a clock of its own: what the child writes, what is typed, and what came of it. */
export class Stage {
  readonly detector: Detector;
  readonly changes: Change[] = [];
  /** How often the kernel was asked. */
  asked = 0;
  evidence: Evidence | undefined;
  #now = 0;

  constructor(evidence?: Evidence, size = { cols: 80, rows: 24 }) {
    this.evidence = evidence;
    this.detector = new Detector(patterns, { ...size, stuckMs: 2000 });
  }

  get now(): number {
    return this.#now;
  }

  write(text: string): void {
    this.detector.feed(Buffer.from(text), this.#now);
  }

  type(keys: string): void {
    this.detector.typed(Buffer.from(keys), this.#now);
  }

  resize(cols: number, rows: number): void {
    this.detector.resize(cols, rows, this.#now);
  }

  /** Lets `ms` pass; the looks that fall due are taken at their own times. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (let due = this.detector.dueAt(); due !== undefined && due <= end; due = this.detector.dueAt()) {
      this.#now = Math.max(this.#now, due);
      this.changes.push(...(await this.detector.look(this.#now, () => this.#ask())));
    }
    this.#now = end;
  }

  get opened(): Detection[] {
    return this.changes.flatMap((change) => (change.event === "open" ? [change.detection] : []));
  }

  get isOpen(): boolean {
    return this.changes.at(-1)?.event === "open";
  }

  standing(): Promise<Detection | undefined> {
    return this.detector.standing();
  }

  #ask(): Evidence | undefined {
    this.asked++;
    return this.evidence;
  }
}
