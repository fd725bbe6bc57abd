import type { SessionRow } from "../store/store.ts";
import { statOf } from "../terminal/proc.ts";

/** Whether the aegis process of a session still runs; one that was killed could not say that it ended. */
export function isRunning({ endedAt, pid }: SessionRow): boolean {
  if (endedAt !== undefined) return false;
  try {
    process.kill(pid, 0);
    // One that was killed keeps its number until its parent has asked for it.
    return statOf(pid)?.state !== "Z";
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
