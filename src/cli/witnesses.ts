import type { Clock, Millis } from "../async/clock.ts";
import type { Channel } from "../channel/channel.ts";
import type { Receipt } from "../prompt/reply.ts";
import { checkpointLine, checkpointNote, isDue, isDueAtEnd, type Checkpoint } from "../relay/checkpoint.ts";
import type { Notes } from "../relay/notes.ts";
import type { Report } from "../relay/report.ts";
import type { Store } from "../store/store.ts";
import { reasonOf } from "./failure.ts";
import type { WitnessProgram } from "./witness-programs.ts";

export interface WitnessParts {
  readonly store: Store;
  readonly channels: readonly Channel[];
  readonly notes: Notes;
  readonly clock: Clock;
  readonly report: Report;
  readonly programs: readonly WitnessProgram[];
}

/** Entries come from many places and processes, so they are counted now and then: one row of an index. Every 5 s it was half of an idle session's CPU. */
const lookMs: Millis = 10_000;

/** Shows the log's hash to everybody outside this machine who will remember it. */
export class Witnesses {
  readonly #parts: WitnessParts;
  /** While nobody can be reached, the same entries are not told again and again. */
  #tried = 0;

  constructor(parts: WitnessParts) {
    this.#parts = parts;
  }

  /** While the session runs. */
  async watch(signal: AbortSignal): Promise<void> {
    const { clock, report } = this.#parts;
    for (;;) {
      await clock.sleep(lookMs, signal);
      if (signal.aborted) return;
      try {
        await this.#look(signal);
      } catch (error) {
        // A full disk heals.
        report.log("warn", `a checkpoint of the audit log could not be kept: ${reasonOf(error)}`);
      }
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    const [newest] = this.#parts.store.events({ last: 1 });
    if (newest !== undefined && isDue(newest.seq, Math.max(this.#tried, this.#witnessed))) await this.#tell(newest, signal);
  }

  /** @param end the session's last entry */
  async ended(end: Receipt, prompts: number, signal: AbortSignal): Promise<void> {
    if (isDueAtEnd({ end: end.seq, witnessed: this.#witnessed, prompts })) await this.#tell(end, signal);
  }

  get #witnessed(): number {
    return this.#parts.store.lastWitness()?.seq ?? 0;
  }

  async #tell({ seq, hash }: Receipt, signal: AbortSignal): Promise<void> {
    const { channels, clock, programs } = this.#parts;
    this.#tried = seq;
    const checkpoint = { seq, hash, install: this.#install(), at: clock.wall() };
    const people = channels.flatMap(({ isWitness, recipients }) => (isWitness ? recipients : []));
    await Promise.all([...people.map((recipient) => this.#show(checkpoint, recipient, signal)), ...programs.map((program) => this.#hand(checkpoint, program))]);
  }

  async #show(checkpoint: Checkpoint, recipient: string, signal: AbortSignal): Promise<void> {
    const { notes } = this.#parts;
    const message = await notes.tell(recipient, checkpointNote(checkpoint), signal);
    if (message === undefined) return;
    await this.#remember(checkpoint, recipient);
    await notes.pin(message, signal);
  }

  async #hand(checkpoint: Checkpoint, { source, tell }: WitnessProgram): Promise<void> {
    if (await tell(checkpointLine(checkpoint))) await this.#remember(checkpoint, source);
  }

  async #remember({ seq, hash, at }: Checkpoint, source: string): Promise<void> {
    await this.#parts.store.witnessed({ source, seq, hash, at });
  }

  #install(): string | undefined {
    for (const { type, line } of this.#parts.store.events({ fromSeq: 1 })) return type === "log.genesis" ? installIn(line) : undefined;
    return undefined;
  }
}

function installIn(genesis: string): string | undefined {
  return /"install":"([0-9a-f-]{36})"/.exec(genesis)?.[1];
}
