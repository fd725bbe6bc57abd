import { addAbortListener } from "node:events";
import { closeSync, constants, openSync, readSync } from "node:fs";
import { kill } from "node:process";
import type { ReadStream } from "node:tty";
import type { Millis } from "../async/clock.ts";
import type { Evidence } from "../prompt/evidence.ts";
import { findCommand } from "./command.ts";
import { directReader, type Consumer } from "./direct-reader.ts";
import { Inspector } from "./evidence.ts";
import { forkPty, type Pty } from "./pty.ts";
import type { Size } from "./tty.ts";
import { WriteQueue } from "./write-queue.ts";

export interface ChildOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly size: Size;
  /** Ends the child: its reason, if that is the name of a signal, else SIGHUP, to the child's group; SIGKILL after the grace. */
  readonly signal: AbortSignal;
  /** From the hang-up to SIGKILL; 5,000 unless given. */
  readonly graceMs?: Millis;
}

/** The wrapped program, leader of its own session on a PTY of ours. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
  /** Its exit code, or 128+n when signal n ended it; resolves after the consumer got the last byte. Never rejects. */
  readonly exited: Promise<number>;
  readonly alive: boolean;
  /** Hands over everything that the child writes, until it exits. One consumer. */
  read(consumer: Consumer): void;
  resume(): void;
  /** Hands over, before it returns, what the child has written so far, until the consumer wants no more: the event loop may be behind, as after a sleep. */
  catchUp(): void;
  /** Types bytes, in order. Resolves when the kernel took all; rejects when the child ended first. */
  write(bytes: Uint8Array | string): Promise<void>;
  /** Types bytes now or throws, for keys that would be wrong a moment later. */
  writeNow(bytes: string): void;
  /** Bytes that the child has not made room for yet. */
  readonly unread: number;
  resize(size: Size): void;
  /** Sends a signal to the child's group. */
  kill(signal: NodeJS.Signals): void;
  /** What the kernel says of its terminal now; undefined: nothing, or the child has ended. */
  evidence(): Evidence | undefined;
}

/** @throws {@link CommandProblem} when there is no such command */
export function spawnChild(command: readonly string[], options: ChildOptions): Child {
  const [name = "", ...args] = command;
  findCommand(name, { path: options.env["PATH"], cwd: options.cwd });
  // The name as it was typed: execvp(3) finds the same file by it, and programs show it in their messages.
  return new PtyChild(name, args, options);
}

/** 64 KiB: what a PTY can hold. */
const readSize = 65_536;
/** What is read at once at most, should the child, or a job left behind at its exit, go on writing. */
const mostBytes = 1 << 20;

class PtyChild implements Child {
  readonly exited: Promise<number>;
  readonly #pty: Pty;
  readonly #keys: WriteQueue;
  readonly #inspector: Inspector;
  readonly #buffer = Buffer.allocUnsafeSlow(readSize);
  readonly #output: ReadStream;
  readonly #graceMs: Millis;
  /** Our own descriptor of the slave: while it is open, an exiting child is no end of file, which libuv would deliver too early. */
  readonly #slave: number | undefined;
  #consumer: Consumer = () => true;
  #paused = true;
  #alive = true;
  #open = true;
  #grace: NodeJS.Timeout | undefined;

  constructor(file: string, args: readonly string[], { cwd, env, size, signal, graceMs = 5_000 }: ChildOptions) {
    let reaped: (status: number) => void = () => undefined;
    const status = new Promise<number>((resolve) => (reaped = resolve));
    this.#pty = forkPty({ file, args, env, cwd, size, onExit: (code, killer) => reaped(killer > 0 ? 128 + killer : code) });
    this.#slave = openSlave(this.#pty.slave);
    this.#keys = new WriteQueue(this.#pty.fd);
    this.#inspector = new Inspector(this.#pty.pid, this.#pty.slave);
    this.#graceMs = graceMs;
    this.#output = directReader(this.#pty.fd, this.#buffer, (bytes) => this.#take(bytes));
    // EIO says that the last holder of the slave has gone; the exit says the rest.
    this.#output.on("error", () => undefined);
    this.#output.on("end", () => this.#closePty());
    const hangUp = addAbortListener(signal, () => this.#hangUp(signal.reason));
    this.exited = status.then((code) => {
      hangUp[Symbol.dispose]();
      clearTimeout(this.#grace);
      this.#alive = false;
      this.#closePty();
      return code;
    });
  }

  get pid(): number {
    return this.#pty.pid;
  }

  get alive(): boolean {
    return this.#alive;
  }

  get unread(): number {
    return this.#keys.pending;
  }

  read(consumer: Consumer): void {
    this.#consumer = consumer;
    this.resume();
  }

  resume(): void {
    if (!this.#open || !this.#paused) return;
    this.#paused = false;
    this.#output.resume();
  }

  catchUp(): void {
    if (!this.#open || this.#paused) return;
    this.#readOn((bytes) => this.#take(bytes));
    if (this.#paused) this.#output.pause();
  }

  write(bytes: Uint8Array | string): Promise<void> {
    const sent = this.#keys.write(typeof bytes === "string" ? Buffer.from(bytes) : bytes);
    return sent ? Promise.resolve() : this.#keys.drained();
  }

  writeNow(bytes: string): void {
    this.#keys.writeNow(Buffer.from(bytes));
  }

  resize(size: Size): void {
    if (this.#open) this.#pty.resize(size);
  }

  kill(signal: NodeJS.Signals): void {
    if (!this.#alive) return;
    // A child that was just forked leads no group yet; one that just died leads none any more.
    if (!signalled(-this.#pty.pid, signal)) signalled(this.#pty.pid, signal);
  }

  evidence(): Evidence | undefined {
    return this.#open ? this.#inspector.evidence() : undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#hangUp(undefined);
    await this.exited;
  }

  #take(bytes: Uint8Array): boolean {
    const more = this.#consumer(bytes);
    this.#paused = !more;
    return more;
  }

  #hangUp(reason: unknown): void {
    if (!this.#alive || this.#grace !== undefined) return;
    this.kill(reason === "SIGTERM" || reason === "SIGINT" || reason === "SIGQUIT" ? reason : "SIGHUP");
    // A stopped child acts on nothing before it is continued.
    this.kill("SIGCONT");
    this.#grace = setTimeout(() => this.kill("SIGKILL"), this.#graceMs);
  }

  /** Linux flushes a PTY before it says EAGAIN, so everything that was written before now is here. */
  #readOn(consumer: Consumer): void {
    for (let total = 0, more = true; more && total < mostBytes; ) {
      const length = readNow(this.#pty.fd, this.#buffer);
      total += length;
      more = length > 0 && consumer(this.#buffer.subarray(0, length));
    }
  }

  /** Reads what is left and lets go of the PTY, even while a job left behind holds the terminal. */
  #closePty(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#keys.close(new Error("the child has ended"));
    // A terminal that is slow gets it all the same: there is no later.
    this.#readOn((bytes) => (this.#consumer(bytes), true));
    if (this.#slave !== undefined) closeSync(this.#slave);
    this.#output.destroy();
  }
}

/** False: there is no such process or group. */
function signalled(target: number, signal: NodeJS.Signals): boolean {
  try {
    return kill(target, signal);
  } catch {
    return false;
  }
}

/** The bytes that are there; 0: none, or the end. */
function readNow(fd: number, buffer: Uint8Array): number {
  try {
    return readSync(fd, buffer);
  } catch {
    return 0;
  }
}

function openSlave(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDWR | constants.O_NOCTTY);
  } catch {
    // A sandbox without its own /dev/pts: the end of file then comes with the exit, and the rest is read there.
    return undefined;
  }
}
