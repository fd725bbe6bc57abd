import { readFileSync, readlinkSync, realpathSync } from "node:fs";
import { resolve } from "node:path";

/**
 * The processes above this one, the nearest first; empty where the kernel does not say (macOS).
 * A program that aegis runs can drop AEGIS_SESSION from its environment; it can't so easily drop its parents.
 */
export function ancestors(pid = process.ppid): number[] {
  const found: number[] = [];
  for (let next: number | undefined = pid; next !== undefined && next > 1; next = parentOf(next)) found.push(next);
  return found;
}

function parentOf(pid: number): number | undefined {
  try {
    // The name stands in brackets and may hold anything, brackets too.
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}

/** Whether a process is an `aegis run` of this installation. The store knows of one only once its relay is loaded, a moment after its program. */
export function isRun(pid: number): boolean {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    const folder = readlinkSync(`/proc/${pid}/cwd`);
    const own = realpathSync(process.argv[1] ?? "");
    return words.some((word, index) => words[index + 1] === "run" && isSame(resolve(folder, word), own));
  } catch {
    return false;
  }
}

function isSame(path: string, real: string): boolean {
  try {
    return realpathSync(path) === real;
  } catch {
    return false;
  }
}
