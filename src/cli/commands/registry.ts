import type { Context } from "../context.ts";

/**
 * What a group of commands is registered with. A group's file holds names, options and help, and imports nothing heavy:
 * what a command does is imported when it runs, so that `aegis --help` starts as fast as Node does.
 */
export interface Registry {
  readonly context: Context;
  /** Sets the exit code of this command line. */
  readonly exit: (code: number) => void;
}
