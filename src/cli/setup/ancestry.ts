import { readFileSync } from "node:fs";

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
