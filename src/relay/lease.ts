import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { Bell } from "../async/bell.ts";
import { Deadline } from "../async/deadline.ts";
import { LinkedAbort } from "../async/linked-abort.ts";
import { messageOf } from "../async/message-of.ts";
import type { Clock, Millis } from "../async/clock.ts";
import type { SessionId } from "../prompt/prompt.ts";
import type { Store } from "../store/store.ts";
import { Beacon, signs } from "./beacon.ts";
import type { Report } from "./report.ts";

/** How often a holder is asked whether it is there: a process that is stopped keeps its socket, but does not answer. */
const askEveryMs: Millis = 1_000;

export interface LeaseParts {
  readonly store: Store;
  readonly holder: SessionId;
  /** Where the processes' sockets are; it must be there. */
  readonly folder: string;
  readonly clock: Clock;
  readonly report: Report;
}

/** Something that only one process of a home may do at a time: polling a bot. When its holder dies or hangs, another takes over. */
export class Lease {
  readonly #name: string;
  readonly #parts: LeaseParts;

  constructor(name: string, parts: LeaseParts) {
    this.#name = name;
    this.#parts = parts;
  }

  /**
   * Runs `work` whenever this process holds the lease, until `signal` aborts.
   *
   * @param work its signal also ends with the holding; `left` rings when a process that waited for the lease has gone
   */
  async hold(work: (signal: AbortSignal, left: Bell) => Promise<void>, signal: AbortSignal): Promise<void> {
    const { clock, report } = this.#parts;
    while (!signal.aborted) {
      try {
        await this.#partake(work, signal);
      } catch (error) {
        // A store that others keep locked for a while must not silence this session for good.
        const why = messageOf(error);
        report.log("error", `${this.#name}: ${why}`);
        report.trouble(`answers had to wait (${this.#name}): ${why}`, '"aegis logs" has the details');
        await clock.sleep(askEveryMs, signal);
      }
    }
  }

  /** As long as nothing breaks: what does puts the beacon out, so that others need not wait for us. */
  async #partake(work: (signal: AbortSignal, left: Bell) => Promise<void>, signal: AbortSignal): Promise<void> {
    const { store, holder } = this.#parts;
    let lost = new AbortController();
    const left = new Bell();
    // While it was stopped, another may have taken over. Its word of that is read only after the next poll would have begun.
    const taken = (): void => lost.abort();
    process.on("SIGCONT", taken);
    using _ = { [Symbol.dispose]: () => void process.off("SIGCONT", taken) };
    await using _beacon = await Beacon.light(this.#socketOf(holder), { taken, left: () => left.ring() });
    while (!signal.aborted) {
      if (!(await this.#take(signal))) continue;
      lost = new LinkedAbort(signal);
      await work(lost.signal, left);
      if (signal.aborted) await store.releaseLease(this.#name, holder);
    }
  }

  /** Waits until nobody holds it who lives; false: somebody else was faster, or `signal` aborted. */
  async #take(signal: AbortSignal): Promise<boolean> {
    const { store, holder, clock } = this.#parts;
    const current = store.leaseHolder(this.#name);
    using watched = current === undefined || current === holder ? undefined : await this.#outlived(current, signal);
    if (signal.aborted || !(await store.takeLease(this.#name, { holder, over: current, at: clock.wall() }))) return false;
    watched?.tell(signs.taken);
    return true;
  }

  #socketOf(session: SessionId): string {
    return join(this.#parts.folder, `${session}.lease`);
  }

  /** Resolves when the holder has died, answers no more, or `signal` aborts. */
  async #outlived(holder: SessionId, signal: AbortSignal): Promise<Watched> {
    const { clock } = this.#parts;
    const watched = new Watched(connect(this.#socketOf(holder)));
    while (!signal.aborted && (await watched.answers(clock, signal))) await Promise.race([clock.sleep(askEveryMs, signal), watched.gone]);
    return watched;
  }
}

/** The connection to a holder. */
class Watched implements Disposable {
  readonly #socket: Socket;
  /** The holder has died, or never lived. */
  readonly gone: Promise<unknown>;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.gone = new Promise((resolve) => socket.on("error", resolve).on("close", resolve));
    socket.unref();
  }

  async answers(clock: Clock, signal: AbortSignal): Promise<boolean> {
    using limit = new Deadline(askEveryMs, clock, signal);
    this.tell(signs.ask);
    const here = once(this.#socket, "data", { signal: limit.signal }).then(() => true, () => false);
    return await Promise.race([here, this.gone.then(() => false)]);
  }

  tell(sign: string): void {
    if (!this.#socket.destroyed) this.#socket.write(sign);
  }

  [Symbol.dispose](): void {
    // What was told last goes out before the end.
    this.#socket.end();
  }
}
