import type { Call } from "./journal.ts";

/** Where a call stands: its request is here, its effect is there, or its answer is on the wire. A call that misbehaves is never "answered". */
export type CallStage = "arrived" | "processed" | "answered";

interface Trap {
  readonly method: string;
  readonly stage: CallStage;
  readonly fits: (call: Call) => boolean;
  readonly spring: (call: Call) => void;
}

/** Things to be done at the very moment when a call reaches a stage, before anything else happens to it. */
export class Traps {
  #set: Trap[] = [];

  /** @returns the call that sprang it */
  set(method: string, stage: CallStage, { fits, act }: { fits: (call: Call) => boolean; act: () => void }): Promise<Call> {
    return new Promise((resolve) => {
      this.#set.push({
        method,
        stage,
        fits,
        spring(call) {
          act();
          resolve(call);
        },
      });
    });
  }

  reached(stage: CallStage, call: Call): void {
    const sprung = this.#set.filter((trap) => trap.method === call.method && trap.stage === stage && trap.fits(call));
    this.#set = this.#set.filter((trap) => !sprung.includes(trap));
    for (const trap of sprung) trap.spring(call);
  }
}
