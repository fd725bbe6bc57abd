import type { TelegramTrouble } from "./trouble.ts";

/** How it stands between us and Telegram. `message` is fit for a person. */
export interface TelegramState {
  readonly is: "ok" | "degraded" | "conflict" | "refused";
  readonly message: string;
}

/** Two ways of failing that say different things: no poll means no answers, no send means no questions. */
type Work = "poll" | "send";

const gravity = { ok: 0, degraded: 1, conflict: 2, refused: 3 } as const satisfies Record<TelegramState["is"], number>;

/** Reports a state once, when it changes. */
export class Health {
  readonly #report: (state: TelegramState) => void;
  readonly #states = new Map<Work, TelegramState>();
  #reported: TelegramState["is"] | undefined;

  constructor(report: (state: TelegramState) => void) {
    this.#report = report;
  }

  worked(work: Work): void {
    this.#note(work, { is: "ok", message: "Telegram answers" });
  }

  failed(work: Work, trouble: TelegramTrouble): void {
    this.#note(work, { is: stateOf(trouble), message: trouble.message });
  }

  /** Nobody does this work any more here (another process polls now), so that its state says nothing. */
  stopped(work: Work): void {
    this.#states.delete(work);
  }

  #note(work: Work, state: TelegramState): void {
    this.#states.set(work, state);
    const worst = [...this.#states.values()].reduce((a, b) => (gravity[b.is] > gravity[a.is] ? b : a));
    if (worst.is === this.#reported) return;
    this.#reported = worst.is;
    this.#report(worst);
  }
}

function stateOf(trouble: TelegramTrouble): TelegramState["is"] {
  if (trouble.isRefusedToken) return "refused";
  return trouble.isConflict ? "conflict" : "degraded";
}
