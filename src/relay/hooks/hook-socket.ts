import { timingSafeEqual } from "node:crypto";
import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import type { Millis } from "../../async/clock.ts";
import { Queue } from "../../async/queue.ts";
import type { Json } from "../../prompt/event.ts";
import { frameOf, frames } from "./frame.ts";
import { readHello, type HookSource } from "./hello.ts";

/** How long a caller may take to say what it wants (notes: security §2.8). */
const handshakeMs: Millis = 5_000;
const maxConnections = 32;
/** sun_path holds 104 bytes on macOS, 108 on Linux, its end included. Node makes a socket elsewhere of a longer path. */
const maxPathBytes = 103;

/** Where a session's hooks call: a Unix socket, and beside it the bearer that they must show. */
export interface HookPlace {
  /** At most 103 bytes. */
  readonly socket: string;
  readonly bearer: string;
}

/** A hook that waits for an answer. */
export interface HookCall {
  readonly source: HookSource;
  readonly event: Json;
  /** Aborts when the hook has gone. */
  readonly gone: AbortSignal;
  /** Answers, once; null lets the program ask by itself. False: the hook was gone, or never confirmed that it passed the answer on. */
  answer(reply: Json): Promise<boolean>;
}

/** A session's ear for hooks. Whatever is wrong with a call ends that call without an answer. */
export class HookSocket implements AsyncDisposable {
  readonly place: HookPlace;
  readonly #server: Server;
  readonly #bearer: string;
  readonly #calls = new Queue<HookCall>();
  readonly #open = new Set<Socket>();

  private constructor(place: HookPlace, bearer: string, server: Server) {
    this.place = place;
    this.#bearer = bearer;
    this.#server = server;
    server.maxConnections = maxConnections;
    server.on("connection", (socket) => void this.#receive(socket));
  }

  /**
   * Listens in a folder that is its owner's alone.
   * @param bearer 32 random bytes as text
   * @throws Error when the socket can't be made there
   */
  static async listen(place: HookPlace, bearer: string): Promise<HookSocket> {
    if (Buffer.byteLength(place.socket) > maxPathBytes) throw new RangeError(`a socket's path may have ${maxPathBytes} bytes, and ${place.socket} has more`);
    writeFileSync(place.bearer, bearer, { mode: 0o600, flag: "wx" });
    const server = createServer({ allowHalfOpen: false });
    try {
      await new Promise<void>((resolve, reject) => server.once("error", reject).listen(place.socket, resolve));
      chmodSync(place.socket, 0o600);
    } catch (error) {
      rmSync(place.bearer, { force: true });
      throw error;
    }
    return new HookSocket(place, bearer, server);
  }

  calls(signal: AbortSignal): AsyncIterable<HookCall> {
    return this.#calls.items(signal);
  }

  async #receive(socket: Socket): Promise<void> {
    this.#open.add(socket);
    const gone = new AbortController();
    socket.once("close", () => {
      this.#open.delete(socket);
      gone.abort();
    });
    socket.on("error", () => socket.destroy());
    const deadline = setTimeout(() => socket.destroy(), handshakeMs);
    try {
      const messages = frames(socket);
      const first = await messages.next();
      if (first.done === true) return;
      const { bearer, source, event } = readHello(first.value);
      if (!isSame(bearer, this.#bearer)) return void socket.destroy();
      clearTimeout(deadline);
      this.#calls.put({ source, event, gone: gone.signal, answer: (reply) => answer(socket, messages, reply) });
    } catch {
      socket.destroy();
    } finally {
      clearTimeout(deadline);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#calls.close();
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#open) socket.destroy();
    await closed;
    rmSync(this.place.socket, { force: true });
    rmSync(this.place.bearer, { force: true });
  }
}

async function answer(socket: Socket, messages: AsyncIterator<Json>, reply: Json): Promise<boolean> {
  const frame = frameOf({ reply });
  if (frame === undefined || socket.destroyed) return false;
  socket.write(frame);
  try {
    return (await messages.next()).done !== true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
