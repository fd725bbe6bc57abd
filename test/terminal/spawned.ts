import { fileURLToPath } from "node:url";
import { spawnChild, type Child, type ChildOptions } from "../../src/terminal/child.ts";

/** A child whose output is kept. */
export interface Spawned extends AsyncDisposable {
  readonly child: Child;
  /** All bytes so far. */
  readonly output: () => Buffer;
  /** Resolves when the output, read as UTF-8, matches. */
  readonly until: (pattern: RegExp) => Promise<void>;
  /** Also hands over what comes from now on. */
  readonly onOutput: (listener: (bytes: Uint8Array) => void) => void;
}

export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/children/${name}`, import.meta.url));
}

export function spawned(command: readonly string[], options: Partial<ChildOptions> = {}): Spawned {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawnChild(command, {
    cwd: process.cwd(),
    env: { PATH, HOME, TERM: "xterm-256color", PS1: "$ " },
    size: { cols: 80, rows: 24 },
    signal: new AbortController().signal,
    ...options,
  });
  const chunks: Buffer[] = [];
  const waiting = new Set<() => void>();
  const listeners: ((bytes: Uint8Array) => void)[] = [];
  const output = () => Buffer.concat(chunks);
  child.read((bytes) => {
    chunks.push(Buffer.from(bytes));
    for (const listener of listeners) listener(bytes);
    for (const look of waiting) look();
    return true;
  });
  return {
    child,
    output,
    onOutput: (listener) => void listeners.push(listener),
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(output().toString())) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        void child.exited.then(() => reject(new Error(`ended before ${pattern}: ${output().toString()}`)));
        look();
      }),
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
