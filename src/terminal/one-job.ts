import process from "node:process";
import type { Child } from "./child.ts";
import { statOf } from "./proc.ts";
import type { Tty } from "./tty.ts";

/**
 * Makes child and aegis one job for the shell that aegis was started from: a child that stops itself, as Claude Code does at Ctrl-Z, gives
 * the person their shell back, and `fg` continues both. Without it the terminal would be dead, because the child's own has no shell.
 */
export function oneJob(child: Child, tty: Tty): Disposable {
  let isStopped = false;
  const changed = () => {
    const wasStopped = isStopped;
    isStopped = statOf(child.pid)?.state === "T";
    if (wasStopped || !isStopped) return;
    // What it says about it is read in the shell.
    child.catchUp();
    tty.suspend();
  };
  const continued = () => {
    child.kill("SIGCONT");
    isStopped = false;
  };
  process.on("SIGCHLD", changed).on("SIGCONT", continued);
  // It has run for some milliseconds already.
  changed();
  return { [Symbol.dispose]: () => void process.off("SIGCHLD", changed).off("SIGCONT", continued) };
}
