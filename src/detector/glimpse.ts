import type { Millis } from "../async/clock.ts";

/** How long a dialog stands on a moving screen before it counts: most are still drawing, and soon at rest. */
const steadyMs = 1_000;

/** The dialog that the last look at a moving screen saw. */
export class Glimpse {
  #last: { readonly shows: string; readonly since: Millis } | undefined;

  get isDialog(): boolean {
    return this.#last !== undefined;
  }

  /**
   * Whether what a look sees has been there at every look for long enough, and counts. What has not moved since is for the longer look.
   *
   * @param shows  what must not change while the rest moves; undefined: no dialog
   */
  counts(shows: string | undefined, now: Millis, { stillMs, calls }: { readonly stillMs: Millis; readonly calls: boolean }): boolean {
    const isSame = shows !== undefined && this.#last?.shows === shows;
    const since = isSame && this.#last !== undefined ? this.#last.since : now;
    const isSteady = isSame && stillMs < now - since && (now - since >= steadyMs || calls);
    this.#last = shows === undefined || isSteady ? undefined : { shows, since };
    return isSteady;
  }
}
