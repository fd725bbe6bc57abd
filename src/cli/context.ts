import type { Environment, Home } from "./home.ts";
import type { Output } from "./output.ts";

/** What a command gets from the process; everything below it takes fields of this. */
export interface Context {
  readonly environment: Environment;
  /** "." when the folder was removed, in which programs can run all the same. */
  readonly cwd: string;
  readonly home: Home;
  readonly output: Output;
}

export function workingFolder(): Context["cwd"] {
  try {
    return process.cwd();
  } catch {
    return ".";
  }
}
