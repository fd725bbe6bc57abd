import { closeSync, mkdirSync, openSync, rmSync, utimesSync, watch, type FSWatcher } from "node:fs";
import { join } from "node:path";
import type { Millis } from "../async/clock.ts";
import type { SessionId } from "../prompt/prompt.ts";

/** Somebody who listens for rings, until disposed of. */
export interface Listening extends Disposable {
  /** When to look without a ring, after the last look. */
  readonly checkMs: Millis;
}

/** Rings are heard: one is lost only where the ringer may not touch the file (a full disk on some file systems). */
const heardMs: Millis = 20_000;
/** No ring is heard. */
const deafMs: Millis = 5_000;

/** Tells the process of a session, whichever it is, that one of its prompts was decided. A ring may get lost: it saves time, it carries nothing. */
export interface Doorbell {
  ring(sessionId: SessionId): void;
  /** `heard` may also be called without a ring. */
  listen(sessionId: SessionId, heard: () => void): Listening;
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

  listen(sessionId: SessionId, heard: () => void): Listening {
    return new FileListening(this.#folder, this.#fileOf(sessionId), heard);
  }

  remove(sessionId: SessionId): void {
    rmSync(this.#fileOf(sessionId), { force: true });
  }

  #fileOf(sessionId: SessionId): string {
    return join(this.#folder, encodeURIComponent(sessionId));
  }
}

class FileListening implements Listening {
  readonly #file: string;
  #watcher: FSWatcher | undefined;

  constructor(folder: string, file: string, heard: () => void) {
    this.#file = file;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      closeSync(openSync(file, "a", 0o600));
      this.#watcher = watch(file, { persistent: false }, (event) => {
        // The file was taken away: nobody can ring any more.
        if (event === "rename") this.#deafen();
        heard();
      });
      this.#watcher.on("error", () => this.#deafen());
    } catch {
      // The system has no watch left to give (inotify's limits).
      this.#deafen();
    }
  }

  get checkMs(): Millis {
    return this.#watcher === undefined ? deafMs : heardMs;
  }

  #deafen(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }

  [Symbol.dispose](): void {
    this.#deafen();
    rmSync(this.#file, { force: true });
  }
}

/** For one process alone. */
export class LocalDoorbell implements Doorbell {
  readonly #listeners = new Map<SessionId, Set<() => void>>();

  ring(sessionId: SessionId): void {
    for (const heard of this.#listeners.get(sessionId) ?? []) heard();
  }

  listen(sessionId: SessionId, heard: () => void): Listening {
    const listeners = this.#listeners.get(sessionId) ?? new Set();
    this.#listeners.set(sessionId, listeners.add(heard));
    return { checkMs: heardMs, [Symbol.dispose]: () => void listeners.delete(heard) };
  }

  remove(sessionId: SessionId): void {
    this.#listeners.delete(sessionId);
  }
}
