import type { Evidence } from "../prompt/evidence.ts";

/**
 * What the kernel's evidence amounts to (measured over 736 prompts and 181 recordings without; notes of 2026-11).
 * line: reads a line, a prompt for sure · lines: would take a line, among other things · aside: the same by epoll, as servers do that take commands · secret: the same with echo off, a password in 101 of 101 · key: reads single keys, a prompt
 * for sure · polls: raw, polls the terminal for single keys (curses, Rust) · selects: raw, by select: a line editor
 * (readline) or curses · listens: raw, waits for the terminal among other things; a dialog or a watcher, the text decides · hidden: raw, but
 * nobody in sight reads (tmux, screen, setuid programs) · no: works, sleeps, serves or waits for something else · unknown
 */
export type Waiting = "line" | "lines" | "aside" | "secret" | "key" | "polls" | "selects" | "listens" | "hidden" | "no" | "unknown";

export function waitingOf(evidence: Evidence | undefined): Waiting {
  if (evidence === undefined) return "unknown";
  const { echo, icanon, reading } = evidence;
  if (icanon === true && echo === false && reading !== null) return "secret";
  if (icanon === true && echo === false) return evidence.running === true ? "no" : "secret";
  if (reading === undefined) return "unknown";
  if (reading === null) return icanon === true ? "no" : "hidden";
  // A cooked terminal beside other things in epoll: node programs that merely listen (vite, nodemon), and Erlang's and node's plainest questions.
  if (icanon === true && reading === "epoll") return "aside";
  if (icanon === true) return reading === "read" ? "line" : "lines";
  if (reading === "read") return "key";
  if (reading === "select") return "selects";
  return reading === "poll" ? "polls" : "listens";
}

/** The terminal is cooked: what is typed goes to the program at Enter, and no program draws menus. */
export function isCooked(waiting: Waiting): boolean {
  return waiting === "line" || waiting === "lines" || waiting === "aside" || waiting === "secret";
}

/** The terminal is raw, and the program waits for it among other things: only the text can tell what for. */
export function isListening(waiting: Waiting): boolean {
  return waiting === "listens" || waiting === "selects" || waiting === "polls";
}

/** The kernel has seen a read of the terminal that nothing but a person ends. */
export function isCertain(waiting: Waiting): boolean {
  return waiting === "line" || waiting === "secret" || waiting === "key";
}
