import { addAbortListener } from "node:events";
import type { Child } from "./child.ts";
import { oneJob } from "./one-job.ts";
import { Reports } from "./reports.ts";
import type { Tty } from "./tty.ts";

/** Told of every byte, after it was passed on. The bytes are valid during the call only. */
export interface Tap {
  output(bytes: Uint8Array): void;
  /** @param typed false for what the terminal says by itself: focus, mouse, answers to the child's queries */
  keys(bytes: Uint8Array, typed: boolean): void;
}

/** Typed bytes that may wait for a child that does not read; then the keyboard waits too. */
const maxUnread = 1 << 20;
/** Milliseconds that a terminal gets to take the last bytes once the session is being ended. */
const lastWords = 1_000;

/**
 * Joins child and terminal, byte for byte, until the child has exited and everything it wrote is shown. Gives its exit code.
 * The direct way, without streams, strings and promises: it decides how aegis feels.
 */
export async function pump(child: Child, tty: Tty, tap: Tap, signal: AbortSignal): Promise<number> {
  const reports = new Reports();
  using keys = tty.read((bytes) => {
    const sent = child.write(bytes);
    tap.keys(bytes, reports.typed(bytes));
    const more = child.unread <= maxUnread;
    sent.then(() => (more ? undefined : keys.resume()), ignore);
    return more;
  });
  let gone = false;
  const resume = () => child.resume();
  const hangUp = () => {
    // As when a terminal is closed. What the child still writes goes nowhere.
    gone = true;
    child.kill("SIGHUP");
    child.resume();
  };
  child.read((bytes) => {
    const shown = gone || tty.write(bytes);
    if (!shown) tty.drained().then(resume, hangUp);
    tap.output(bytes);
    return shown;
  });
  using _job = oneJob(child, tty);
  const code = await child.exited;
  using _ = addAbortListener(signal, () => setTimeout(() => tty.abandon(), lastWords).unref());
  await tty.drained().catch(ignore);
  return code;
}

function ignore(): void {}
