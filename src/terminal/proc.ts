import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from "node:fs";

/** What `/proc` says of processes. Whatever cannot be read is undefined: the process has gone, or belongs to somebody else. */

export interface ProcessStat {
  /** One letter: R runs, S sleeps, T is stopped, Z is dead. */
  readonly state: string;
  readonly group: number;
  /** Device number of its terminal; 0: none. */
  readonly tty: number;
  /** The terminal's foreground group; -1: none. */
  readonly foreground: number;
}

export function statOf(pid: number): ProcessStat | undefined {
  const text = read(`/proc/${pid}/stat`);
  // The name is in parentheses and may hold anything, parentheses included.
  const [state, , group, , tty, foreground] = text?.slice(text.lastIndexOf(")") + 2).split(" ") ?? [];
  if (state === undefined) return undefined;
  return { state, group: Number(group), tty: Number(tty), foreground: Number(foreground) };
}

/** Thread ids, the main thread first. */
export function threadsOf(pid: number): number[] {
  return list(`/proc/${pid}/task`).map(Number);
}

export function childrenOf(pid: number, thread: number): number[] {
  return (read(`/proc/${pid}/task/${thread}/children`) ?? "").split(" ").filter(Boolean).map(Number);
}

export interface Syscall {
  readonly number: number;
  readonly args: readonly bigint[];
}

/** The system call that a thread sleeps in; "running": it has the CPU or stopped outside a call; undefined: not ours to see. */
export function syscallOf(pid: number, thread: number): Syscall | "running" | undefined {
  const text = read(`/proc/${pid}/task/${thread}/syscall`)?.trim();
  if (text === undefined || text === "") return undefined;
  const [number, ...args] = text.split(" ");
  return number === "running" || number === "-1" ? "running" : { number: Number(number), args: args.slice(0, 6).map(BigInt) };
}

/** How long a thread has been on a CPU so far, in nanoseconds: equal readings mean that it did nothing in between. */
export function runtimeOf(pid: number, thread: number): string | undefined {
  return read(`/proc/${pid}/task/${thread}/schedstat`)?.split(" ")[0];
}

/** Descriptors of a process and what they are open on: "/dev/pts/3", "socket:[812]". */
export function openFilesOf(pid: number): [fd: number, target: string][] {
  return list(`/proc/${pid}/fd`).map((fd) => [Number(fd), openFileOf(pid, Number(fd)) ?? ""]);
}

export function openFileOf(pid: number, fd: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/fd/${fd}`);
  } catch {
    return undefined;
  }
}

export function fdinfoOf(pid: number, fd: number): string | undefined {
  return read(`/proc/${pid}/fdinfo/${fd}`);
}

/** Bytes from a process's memory. */
export function memoryOf(pid: number, address: bigint, length: number): Buffer | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(`/proc/${pid}/mem`, "r");
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(fd, bytes, 0, length, address));
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return undefined;
  }
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
