import type { Clock } from "../../async/clock.ts";
import { Deadline } from "../../async/deadline.ts";
import type { Detection } from "../../prompt/detection.ts";
import type { Stage } from "../../terminal/injector.ts";

/** How long an answered program may take to clear its dialog away; the detector gives it up at 3 s. */
const patienceMs = 2_500;

/** Resolves once what `detection` asks has gone from the screen: true; false when it still stands after 2.5 s. */
export async function vanished(detection: Detection, { standing, settled }: Pick<Stage, "standing" | "settled">, clock: Clock, signal: AbortSignal): Promise<boolean> {
  using patience = new Deadline(patienceMs, clock, signal);
  for (;;) {
    if ((await standing())?.fingerprint !== detection.fingerprint) return true;
    if (patience.signal.aborted) return false;
    await settled(patience.signal);
  }
}
