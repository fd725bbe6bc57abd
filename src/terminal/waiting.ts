import { arch } from "node:process";
import type { Evidence } from "../prompt/evidence.ts";
import { fdinfoOf, memoryOf, openFileOf, syscallOf, type Syscall } from "./proc.ts";

/** How one thread waits for a terminal; null: it does not; "running": it has the CPU; undefined: not ours to see. */
export type Waiting = Evidence["reading"] | "running";

type Call = (pid: number, args: readonly bigint[], terminal: Terminals) => Waiting;
/** Paths that lead to the terminal in question. */
export type Terminals = readonly string[];

/** POLLIN and POLLRDNORM; the first is EPOLLIN as well. */
const readable = 0x41;
const maxDescriptors = 4_096;

const read: Call = (pid, [fd = 0n], terminal) => (isTerminal(pid, Number(fd), terminal) ? "read" : null);

/** struct pollfd { int fd; short events; short revents; }[] */
const poll: Call = (pid, [address = 0n, count = 0n], terminal) => {
  const entries = memoryOf(pid, address, 8 * Math.min(Number(count), maxDescriptors));
  if (entries === undefined) return count === 0n ? null : undefined;
  for (let at = 0; at + 8 <= entries.length; at += 8) {
    const fd = entries.readInt32LE(at);
    if (fd >= 0 && entries.readInt16LE(at + 4) & readable && isTerminal(pid, fd, terminal)) return "poll";
  }
  return null;
};

/** fd_set: one bit per descriptor. The caller's copy stays as it was while the call sleeps. */
const select: Call = (pid, [count = 0n, address = 0n], terminal) => {
  if (address === 0n) return null;
  const bits = memoryOf(pid, address, Math.ceil(Math.min(Number(count), maxDescriptors) / 8));
  if (bits === undefined) return undefined;
  for (const [index, byte] of bits.entries()) {
    for (let bit = 0; bit < 8; bit++) if ((byte >> bit) & 1 && isTerminal(pid, index * 8 + bit, terminal)) return "select";
  }
  return null;
};

/** fdinfo of an epoll descriptor: a line "tfd: 5 events: 19 …" for each that it watches, in decimal and hexadecimal. */
const epoll: Call = (pid, [fd = 0n], terminal) => {
  const watched = fdinfoOf(pid, Number(fd));
  if (watched === undefined) return undefined;
  for (const [, target, events] of watched.matchAll(/tfd:\s*(\d+)\s+events:\s*([0-9a-f]+)/g)) {
    if (Number.parseInt(events ?? "", 16) & 1 && isTerminal(pid, Number(target), terminal)) return "epoll";
  }
  return null;
};

/** System call numbers (asm/unistd.h): read, readv; poll, ppoll; select, pselect6; epoll_wait, epoll_pwait, epoll_pwait2. */
const calls: Readonly<Record<string, Readonly<Record<number, Call>>>> = {
  x64: { 0: read, 19: read, 7: poll, 271: poll, 23: select, 270: select, 232: epoll, 281: epoll, 441: epoll },
  arm64: { 63: read, 65: read, 73: poll, 72: select, 22: epoll, 441: epoll },
};

export function waitingOf(pid: number, thread: number, terminal: Terminals): Waiting {
  const call = syscallOf(pid, thread);
  return call === undefined || call === "running" ? call : waitingIn(call, pid, terminal);
}

function waitingIn({ number, args }: Syscall, pid: number, terminal: Terminals): Waiting {
  const known = calls[arch];
  if (known === undefined) return undefined;
  return known[number]?.(pid, args, terminal) ?? null;
}

function isTerminal(pid: number, fd: number, terminal: Terminals): boolean {
  const file = openFileOf(pid, fd);
  return file !== undefined && terminal.includes(file);
}
