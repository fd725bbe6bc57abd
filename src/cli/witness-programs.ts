import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import type { Millis } from "../async/clock.ts";
import type { Report } from "../relay/report.ts";
import { reasonOf } from "./failure.ts";

/** A program that takes checkpoints out of the child's reach. */
export interface WitnessProgram {
  readonly source: "journal" | "command";
  /** @returns whether the program took it; never rejects */
  readonly tell: (line: string) => Promise<boolean>;
}

export interface ProgramParts {
  /** `audit.witness_command`; undefined: none is configured */
  readonly command: string | undefined;
  /** The system journal's socket; it may be missing. */
  readonly journal: string;
  /** Without the token: it is nothing for these programs. */
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly report: Report;
}

/** The person waits for their shell meanwhile. */
const limitMs: Millis = 10_000;

export function witnessPrograms({ command, journal, report, ...surroundings }: ProgramParts): WitnessProgram[] {
  const programs: WitnessProgram[] = [];
  if (existsSync(journal))
    programs.push({
      source: "journal",
      tell: (line) => took(run(["logger", "-t", "aegis-audit", "--", line], "", surroundings), (why) => report.log("info", `the journal was not told of the log: ${why}`)),
    });
  if (command !== undefined)
    programs.push({
      source: "command",
      tell: (line) =>
        took(run(["/bin/sh", "-c", command], `${line}\n`, surroundings), (why) => {
          report.log("warn", `audit.witness_command: ${why}`);
          report.trouble("audit.witness_command failed, so it is no witness of the audit log", "run it by hand: it gets one line on stdin, and must exit 0 within 10 s");
        }),
    });
  return programs;
}

async function took(running: Promise<void>, failed: (why: string) => void): Promise<boolean> {
  try {
    await running;
    return true;
  } catch (error) {
    failed(reasonOf(error));
    return false;
  }
}

/** Rejects when it can't be started, when it fails, and when it takes too long. */
function run([file, ...words]: readonly [string, ...string[]], input: string, { environment, folder }: Pick<ProgramParts, "environment" | "folder">): Promise<void> {
  return new Promise((resolve, reject) => {
    // A group of its own: the terminal's Ctrl-C is not meant for it, and what it started ends with it.
    const program = spawn(file, words, { cwd: folder, env: environment, detached: true, stdio: ["pipe", "ignore", "ignore"] });
    const limit = setTimeout(() => program.pid !== undefined && process.kill(-program.pid, "SIGKILL"), limitMs);
    program.once("error", (error) => {
      clearTimeout(limit);
      reject(error);
    });
    program.once("exit", (code, signal) => {
      clearTimeout(limit);
      if (code === 0) resolve();
      else reject(new Error(code === null ? `killed by ${signal}` : `exit ${code}`));
    });
    // It need not read what it is told.
    program.stdin.on("error", () => undefined);
    program.stdin.end(input);
  });
}
