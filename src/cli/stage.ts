import type { Bell } from "../async/bell.ts";
import { systemClock } from "../async/clock.ts";
import { LinkedAbort } from "../async/linked-abort.ts";
import type { Detector } from "../detector/detector.ts";
import { withEnter } from "../prompt/enter.ts";
import { parkedText } from "../relay/last-words.ts";
import type { Child } from "../terminal/child.ts";
import type { Stage } from "../terminal/injector.ts";

/** The child and its screen, as the injector knows them. */
export function stageOf(child: Child, detector: Detector, looked: Bell): Omit<Stage, "keyedSince"> {
  const exited = new AbortController();
  void child.exited.then(() => exited.abort());
  return {
    alive: () => child.alive,
    evidence: () => child.evidence(),
    standing: async () => {
      // A tap may be handled in the same turn in which the child's next question waits to be read.
      child.catchUp();
      const standing = await detector.standing();
      return standing && withEnter(standing);
    },
    async takesPastes() {
      return (await detector.view()).bracketsPaste;
    },
    async cursorText() {
      const view = await detector.view();
      const row = view.lines[view.cursor.line]?.text ?? "";
      // Some agents park the cursor below what they draw (Claude Code 2.0, Gemini).
      return row === "" ? parkedText(view) : row.slice(0, view.cursor.column);
    },
    async settled(signal) {
      using over = new LinkedAbort(signal, exited.signal);
      await looked.rung(over.signal);
    },
    write: async (keys) => {
      detector.typed(Buffer.from(keys), systemClock.now());
      child.writeNow(keys);
    },
  };
}
