import type { Findings, Place } from "./problem.ts";

/** Somebody outside this machine who was told an entry's hash. */
export interface Witness {
  /** "telegram:<chat>", "journal", "--expect" */
  readonly source: string;
  readonly seq: number;
  /** The hash's first 8 to 64 hex characters. */
  readonly hash: string;
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

  entry(seq: number, hash: string, place: Place): void {
    const witnesses = this.#bySeq.get(seq);
    if (witnesses === undefined) return;
    this.#bySeq.delete(seq);
    for (const witness of witnesses) {
      const matches = hash.startsWith(witness.hash);
      this.#heard.push({ ...witness, matches });
      if (matches) this.#witnessedUpTo = seq;
      else this.#findings.error("rewritten", place, `${witness.source} remembers entry ${seq} with hash ${short(witness.hash)}, here it is ${short(hash)}`, seq);
    }
  }

  /** @param next the number after the file's last entry */
  finish(next: number, place: Place): void {
    for (const { source, seq } of [...this.#bySeq.values()].flat())
      if (seq >= next) this.#findings.error("truncated", place, `the log ends with entry ${next - 1}, but ${source} remembers entry ${seq}`, next);
  }
}

function short(hash: string): string {
  return `${hash.slice(0, 8)}…`;
}
