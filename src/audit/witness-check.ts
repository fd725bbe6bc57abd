import type { EpochMillis, Millis } from "../async/clock.ts";
import { shortHash } from "./digest.ts";
import type { Frame } from "./frame.ts";
import type { Findings, Place } from "./problem.ts";

/** security.md, 3.4, wants late witnesses told. A session ends, or has a hundred entries, within a day in nearly all cases. */
const lateMs: Millis = 24 * 3_600_000;

/** Somebody outside this machine who was told an entry's hash. */
export interface Witness {
  /** "telegram:<chat>", "journal", "--expect" */
  readonly source: string;
  readonly seq: number;
  /** The hash's first 8 to 64 hex characters. */
  readonly hash: string;
  /** When it was told; undefined: not known. */
  readonly at?: EpochMillis;
}

export interface Testimony extends Witness {
  /** undefined: the entry is not in the part of the log that was looked at. */
  readonly matches: boolean | undefined;
}

/** Compares entries with what witnesses remember. */
export class WitnessCheck {
  readonly #findings: Findings;
  readonly #bySeq = new Map<number, Witness[]>();
  readonly #heard: Testimony[] = [];
  #witnessedUpTo: number | undefined;
  /** The oldest entry that no witness has proven so far. */
  #resting: { readonly seq: number; readonly since: EpochMillis } | undefined;

  constructor(witnesses: Iterable<Witness>, findings: Findings) {
    this.#findings = findings;
    for (const witness of witnesses) this.#bySeq.set(witness.seq, [...(this.#bySeq.get(witness.seq) ?? []), witness]);
  }

  /** The newest entry whose hash a witness confirms; undefined: none. */
  get witnessedUpTo(): number | undefined {
    return this.#witnessedUpTo;
  }

  /** What each said, in the order of the log. */
  get testimonies(): readonly Testimony[] {
    const silent = [...this.#bySeq.values()].flat().map((witness) => ({ ...witness, matches: undefined }));
    return [...this.#heard, ...silent];
  }

  entry(frame: Frame, place: Place): void {
    const { seq } = frame;
    this.#resting ??= { seq, since: Date.parse(frame.ts) };
    const witnesses = this.#bySeq.get(seq);
    if (witnesses === undefined) return;
    const { hash } = frame;
    this.#bySeq.delete(seq);
    const proofs: Witness[] = [];
    for (const witness of witnesses) {
      const matches = hash.startsWith(witness.hash);
      this.#heard.push({ ...witness, matches });
      if (matches) proofs.push(witness);
      else this.#findings.error("rewritten", place, `${witness.source} remembers entry ${seq} with hash ${shortHash(witness.hash)}, here it is ${shortHash(hash)}`, seq);
    }
    if (proofs.length > 0) this.#proven(seq, proofs, place);
  }

  /** @param proofs of this entry, by one or more */
  #proven(seq: number, proofs: readonly Witness[], place: Place): void {
    const { seq: from, since } = this.#resting ?? { seq, since: NaN };
    this.#witnessedUpTo = seq;
    this.#resting = undefined;
    const restedMs = Math.min(...proofs.map(({ at }) => at ?? since)) - since;
    if (!(restedMs > lateMs)) return;
    const hours = Math.round(restedMs / 3_600_000);
    this.#findings.warning("anchor-late", place, `entries from ${from} on had rested on this machine alone for ${hours} h when somebody was told of them`, seq);
  }

  /** @param next the number after the file's last entry */
  finish(next: number, place: Place): void {
    for (const { source, seq } of [...this.#bySeq.values()].flat())
      if (seq >= next) this.#findings.error("truncated", place, `the log ends with entry ${next - 1}, but ${source} remembers entry ${seq}`, next);
  }
}
