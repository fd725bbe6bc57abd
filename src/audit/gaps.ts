import type { Findings, Place, ProblemKind } from "./problem.ts";

interface Gap {
  readonly from: number;
  readonly to: number;
  readonly rename: (kind: ProblemKind, detail: string) => void;
  filled: number;
}

/** Gaps that are remembered one by one. Beyond them, what fills the oldest counts as a second entry of its number. */
const kept = 256;

/** Numbers that were skipped: missing, unless they turn up further down. */
export class Gaps {
  readonly #gaps: Gap[] = [];
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  /** @param isCut aegis itself noticed that the file had become shorter */
  open({ from, to }: { from: number; to: number }, place: Place, isCut: boolean): void {
    const which = named(from, to);
    const rename = isCut
      ? this.#findings.error("truncated", place, `${which} had been cut off when aegis wrote on`, from)
      : this.#findings.error("missing", place, `${which} should stand here`, from);
    if (this.#gaps.length === kept) this.#gaps.shift();
    this.#gaps.push({ from, to, rename, filled: 0 });
  }

  /** Whether an entry with this number was skipped before. */
  fill(seq: number): boolean {
    const gap = this.#gaps.find(({ from, to, filled }) => seq >= from && seq <= to && filled <= to - from);
    if (gap === undefined) return false;
    gap.filled++;
    const { from, to, filled } = gap;
    const isWhole = filled === to - from + 1;
    gap.rename("reordered", isWhole ? `${named(from, to)} should stand here, not further down` : `of ${named(from, to)} ${filled} stand further down, the others nowhere`);
    return true;
  }
}

function named(from: number, to: number): string {
  return from === to ? `entry ${from}` : `entries ${from} to ${to}`;
}
