import { execFile } from "node:child_process";
import { findCommand } from "../../terminal/command.ts";
import type { Context } from "../context.ts";
import { good, type Finding } from "./finding.ts";

/** The newest version of each agent that was driven or recorded when its patterns were written (the heads of patterns/*.toml). */
const tried: ReadonlyArray<readonly [command: string, version: string]> = [
  ["claude", "2.1.330"],
  ["codex", "0.169.0"],
  ["copilot", "1.0.102"],
  ["gemini", "0.61.0"],
  ["opencode", "1.18.33"],
  ["qwen", "0.24.4"],
];

/** Agents that are installed, and whether their versions are ones that were tried. */
export async function agentFindings(context: Context): Promise<Finding[]> {
  const found = tried.flatMap(([command, version]) => {
    const file = fileOf(command, context);
    return file === undefined ? [] : [{ command, version, file }];
  });
  if (found.length === 0) return [good("agents", "no coding agent on PATH; any other program is relayed just so")];
  return await Promise.all(found.map(async ({ command, version, file }) => good(`agent.${command}`, `${command} ${await versionOf(file, context)} (tried up to ${version})`)));
}

function fileOf(command: string, { environment, cwd }: Context): string | undefined {
  try {
    return findCommand(command, { path: environment["PATH"], cwd });
  } catch {
    return undefined;
  }
}

function versionOf(file: string, { cwd }: Context): Promise<string> {
  return new Promise((resolve) => {
    const child = execFile(file, ["--version"], { cwd, timeout: 10_000 }, (_error, stdout) => resolve(/\d+\.\d+\.\d+\S*/.exec(stdout)?.[0] ?? "of an unknown version"));
    child.stdin?.end();
  });
}
