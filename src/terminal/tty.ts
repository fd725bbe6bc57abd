import { spawnSync } from "node:child_process";
import process from "node:process";
import type { Readable } from "node:stream";
import type { ReadStream } from "node:tty";
import { directReader, type Consumer } from "./direct-reader.ts";
import { openOutlet, type Output } from "./outlet.ts";

/** In character cells. */
export interface Size {
  readonly cols: number;
  readonly rows: number;
}

/** A running read of the keys; disposing stops it. */
export interface Reading extends Disposable {
  resume(): void;
}

/** The person's terminal, or what stands in its place: pipes, files, nothing. */
export interface Tty {
  /** Both ends are a terminal, so a person can see and answer here. */
  readonly interactive: boolean;
  /** 80×24 where there is no terminal or it does not know. */
  size(): Size;
  onResize(listener: (size: Size) => void): Disposable;
  /** Every key as it is pressed, every byte as it is written; disposing restores what was. Nothing happens without a terminal. */
  raw(): Disposable;
  /**
   * Gives the terminal back to the shell and stops the job, as Ctrl-Z does; raw again when this returns, which is when the shell
   * continues the job, or at once where there is no shell that could. Nothing happens without a terminal. Only while it is raw.
   */
  suspend(): void;
  /** Hands over what is typed or piped in. Its end is no event: a closed stdin does not end a child. */
  read(consumer: Consumer): Reading;
  /** Shows bytes, without waiting. False: the terminal is slow, and something waits. Bytes for a terminal that has gone are dropped. */
  write(bytes: Uint8Array): boolean;
  /** Resolves when everything is shown; rejects when the terminal has gone. */
  drained(): Promise<void>;
  /** Gives up on a terminal that takes nothing: what waits, and all that comes, is dropped. */
  abandon(): void;
}

export interface Input extends Readable {
  readonly fd?: number;
  readonly isTTY?: boolean;
}

/** @param stdin, stdout the process's own: `process.stdin`, `process.stdout`, which watch for changes of size */
export function openTty(stdin: Input, stdout: Output): Tty {
  const outlet = openOutlet(stdout);
  const keyboard = stdin.isTTY === true && stdin.fd !== undefined ? new Keyboard(stdin.fd) : undefined;
  const size = () => ({ cols: stdout.columns || 80, rows: stdout.rows || 24 });
  return {
    interactive: keyboard !== undefined && stdout.isTTY === true,
    size,
    onResize: (listener) => onResize(stdout, () => listener(size())),
    raw: () => keyboard?.raw() ?? { [Symbol.dispose]: () => undefined },
    suspend: () => keyboard?.suspend(),
    read: (consumer) => keyboard?.read(consumer) ?? readStream(stdin, consumer),
    write: (bytes) => outlet.write(bytes),
    drained: () => outlet.drained(),
    abandon: () => outlet.close(new Error("the terminal takes nothing")),
  };
}

/** Many changes at once (a window being dragged) are one, with the newest size. */
function onResize(stdout: Output, listener: () => void): Disposable {
  let pending: NodeJS.Immediate | undefined;
  const resized = () => {
    pending ??= setImmediate(() => {
      pending = undefined;
      listener();
    });
  };
  stdout.on("resize", resized);
  return {
    [Symbol.dispose]: () => {
      stdout.off("resize", resized);
      clearImmediate(pending);
    },
  };
}

/** A terminal read into one buffer, without a stream's own. */
class Keyboard {
  readonly #fd: number;
  readonly #stream: ReadStream;
  #consumer: Consumer = () => false;

  constructor(fd: number) {
    this.#fd = fd;
    this.#stream = directReader(fd, Buffer.allocUnsafeSlow(16_384), (bytes) => this.#consumer(bytes));
    // EIO: the terminal has gone. SIGHUP tells whoever must know.
    this.#stream.on("error", () => undefined);
  }

  raw(): Disposable {
    this.#enterRaw();
    // Whoever stopped and continued aegis has set the terminal to its own liking in between.
    const continued = () => {
      this.#stream.setRawMode(false);
      this.#enterRaw();
      // Only the job in the foreground is told of a new size, and only then does Node ask for it.
      process.kill(process.pid, "SIGWINCH");
    };
    process.on("SIGCONT", continued);
    return {
      [Symbol.dispose]: () => {
        process.off("SIGCONT", continued);
        this.#stream.setRawMode(false);
      },
    };
  }

  suspend(): void {
    this.#stream.setRawMode(false);
    // To all of the job: what started us, npx say, must not wait for us. The kernel drops it where nobody could continue us, other than SIGSTOP.
    process.kill(0, "SIGTSTP");
    this.#enterRaw();
  }

  read(consumer: Consumer): Reading {
    this.#consumer = consumer;
    this.#stream.resume();
    return {
      resume: () => this.#stream.resume(),
      [Symbol.dispose]: () => {
        this.#consumer = () => false;
        this.#stream.pause();
      },
    };
  }

  /** Node's raw mode remembers what to restore, on a crash as well, but goes on turning LF into CR LF: stty ends that. */
  #enterRaw(): void {
    this.#stream.setRawMode(true);
    spawnSync("stty", ["raw", "-echo"], { stdio: [this.#fd, "ignore", "ignore"] });
  }
}

function readStream(stdin: Input, consumer: Consumer): Reading {
  const take = (bytes: Buffer) => {
    if (!consumer(bytes)) stdin.pause();
  };
  const ignore = () => undefined;
  stdin.on("error", ignore).on("data", take);
  return {
    resume: () => stdin.resume(),
    [Symbol.dispose]: () => {
      stdin.off("data", take).pause();
      stdin.off("error", ignore);
    },
  };
}
