import { basename } from "node:path";
import type { Disk } from "./disk.ts";

/** By what an agent is known, however it is started. */
export interface AgentMark {
  /** Of its command. */
  readonly name: string;
  /** In npm's registry. */
  readonly packageName: string;
  /** Fits the path of its program, where links have been followed. */
  readonly installed: RegExp;
}

/** A command whose own words end where another command begins. */
interface Launcher {
  /** What begins: a program, a package of a registry, or a script. */
  readonly starts: "program" | "package" | "script";
  /** The word that must come first, e.g. "dlx". */
  readonly verb?: string;
  /** Options that take the next word with them. */
  readonly valued?: readonly string[];
}

/** What is put before an agent; the options are those of its manual. Behind any other command a name may mean anything. */
const launchers = new Map<string, readonly Launcher[]>([
  ["env", [{ starts: "program", valued: ["-u", "--unset", "-C", "--chdir"] }]],
  ["nice", [{ starts: "program", valued: ["-n", "--adjustment"] }]],
  ["nohup", [{ starts: "program" }]],
  ["caffeinate", [{ starts: "program", valued: ["-t", "-w"] }]],
  ["npx", [{ starts: "package", valued: ["-p", "--package"] }]],
  ["bunx", [{ starts: "package" }]],
  ["pnpx", [{ starts: "package" }]],
  ["pnpm", [{ starts: "package", verb: "dlx" }, { starts: "program", verb: "exec" }]],
  ["yarn", [{ starts: "package", verb: "dlx", valued: ["-p", "--package"] }, { starts: "program", verb: "exec" }]],
  ["node", [{ starts: "script", valued: ["-r", "--require", "--import"] }]],
  ["bun", [{ starts: "script" }]],
]);

/** Which word of `command` starts the agent; undefined: none does. */
export function agentAt(command: readonly string[], mark: AgentMark, disk: Disk, from = 0): number | undefined {
  const word = command[from];
  if (word === undefined) return undefined;
  if (basename(word) === mark.name || mark.installed.test(disk.program(word))) return from;
  for (const { starts, verb, valued = [] } of launchers.get(basename(word)) ?? []) {
    if (verb !== undefined && command[from + 1] !== verb) continue;
    const next = afterOptions(command, from + (verb === undefined ? 1 : 2), valued);
    if (starts === "program") return agentAt(command, mark, disk, next);
    const started = command[next] ?? "";
    const isIt = starts === "script" ? mark.installed.test(disk.file(started)) : started === mark.name || isPackage(started, mark);
    return isIt ? next : undefined;
  }
  return undefined;
}

/** Where a launcher's options and assignments end. */
function afterOptions(command: readonly string[], from: number, valued: readonly string[]): number {
  for (let at = from; ; at += 1) {
    const word = command[at] ?? "";
    if (valued.includes(word)) at += 1;
    else if (!word.startsWith("-") && !/^\w+=/.test(word)) return at;
  }
}

/** With a version or without. */
function isPackage(word: string, { packageName }: AgentMark): boolean {
  return word === packageName || word.startsWith(`${packageName}@`);
}
