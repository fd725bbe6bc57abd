import { chmodSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { platform } from "node:process";
import type { Size } from "./tty.ts";

// Imported as a module, CommonJS is parsed once more for its exports: 2.3 ms of CPU before every start.
const require = createRequire(import.meta.url);

export interface PtyOptions {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly size: Size;
  /** Called once, when the process was reaped. `signal` is 0 when it ended by itself. */
  readonly onExit: (code: number, signal: number) => void;
}

export interface Pty {
  /** The master: non-blocking, ours to read, write and close. */
  readonly fd: number;
  readonly pid: number;
  /** Path of the slave, e.g. "/dev/pts/7". */
  readonly slave: string;
  /** The foreground job gets SIGWINCH when the size differs from the old one. Throws once `fd` is closed. */
  resize(size: Size): void;
}

/**
 * Starts a program as the leader of a new session on a new PTY.
 *
 * node-pty forks, but its stream class stays out: it takes the first end of file of libuv before 1.52 for the last byte, closes
 * the descriptor 200 ms after an exit, retries writes on that number whoever owns it by then, prints, and asks for a PTY that
 * cannot erase UTF-8 whenever bytes are wanted (measured: notes of 2026-11, 66 % of exits after 100 KB lost their tail).
 */
export function forkPty({ file, args, env, cwd, size, onExit }: PtyOptions): Pty {
  const { loadNativeModule }: typeof import("node-pty/lib/utils.js") = require("node-pty/lib/utils.js");
  const { dir, module } = loadNativeModule("pty");
  const pairs = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const { cols, rows } = clamp(size);
  const child = module.fork(file, args, pairs, cwd, cols, rows, -1, -1, true, spawnHelper(dir), onExit);
  return {
    fd: child.fd,
    pid: child.pid,
    slave: child.pty,
    resize: (size) => {
      const { cols, rows } = clamp(size);
      module.resize(child.fd, cols, rows, 0, 0);
    },
  };
}

/** The kernel keeps 16 bits of each: 70,000 columns would become 4,464. */
function clamp({ cols, rows }: Size): Size {
  return { cols: Math.min(Math.max(1, Math.trunc(cols)), 65_535), rows: Math.min(Math.max(1, Math.trunc(rows)), 65_535) };
}

/** macOS starts children through a helper that npm unpacks without its executable bit (microsoft/node-pty #850). */
function spawnHelper(dir: string): string {
  if (platform !== "darwin") return "";
  const helper = join(dirname(require.resolve("node-pty/lib/utils.js")), dir, "spawn-helper");
  try {
    chmodSync(helper, 0o755);
  } catch {
    // Somebody else's installation: if the bit is missing as well, the fork below says so.
  }
  return helper;
}
