import { closeSync, mkdirSync, openSync, rmSync, utimesSync, watch, type FSWatcher } from "node:fs";
import { join } from "node:path";
import type { SessionId } from "../prompt/prompt.ts";

/** Tells the process of a session, whichever it is, that one of its prompts was decided. A ring may get lost: it saves time, it carries nothing. */
export interface Doorbell {
  ring(sessionId: SessionId): void;
  /** `heard` may also be called without a ring. */
  listen(sessionId: SessionId, heard: () => void): Disposable;
  /** The session has ended: nothing is to be left of it, even if its process was killed. */
  remove(sessionId: SessionId): void;
}

/** One file for each session that listens; its process watches it, the others touch it. Works across processes without polling. */
export class FileDoorbell implements Doorbell {
  readonly #folder: string;

  /** @param folder made when needed, 0700 */
  constructor(folder: string) {
    this.#folder = folder;
  }

  ring(sessionId: SessionId): void {
    try {
      utimesSync(this.#fileOf(sessionId), new Date(), new Date());
    } catch {
      // Nobody listens, or the file was taken away: the listener's slow check finds the decision.
    }
  }

  listen(sessionId: SessionId, heard: () => void): Disposable {
    const file = this.#fileOf(sessionId);
    const watcher = watching(this.#folder, file, heard);
    return {
      [Symbol.dispose]() {
        watcher?.close();
        rmSync(file, { force: true });
      },
    };
  }

  remove(sessionId: SessionId): void {
    rmSync(this.#fileOf(sessionId), { force: true });
  }

  #fileOf(sessionId: SessionId): string {
    return join(this.#folder, encodeURIComponent(sessionId));
  }
}

/** undefined: the system has no watch left to give (inotify's limits). */
function watching(folder: string, file: string, heard: () => void): FSWatcher | undefined {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    closeSync(openSync(file, "a", 0o600));
    const watcher = watch(file, { persistent: false }, heard);
    watcher.on("error", () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}

/** For one process alone. */
export class LocalDoorbell implements Doorbell {
  readonly #listeners = new Map<SessionId, Set<() => void>>();

  ring(sessionId: SessionId): void {
    for (const heard of this.#listeners.get(sessionId) ?? []) heard();
  }

  listen(sessionId: SessionId, heard: () => void): Disposable {
    const listeners = this.#listeners.get(sessionId) ?? new Set();
    this.#listeners.set(sessionId, listeners.add(heard));
    return { [Symbol.dispose]: () => void listeners.delete(heard) };
  }

  remove(sessionId: SessionId): void {
    this.#listeners.delete(sessionId);
  }
}
