import { readFileSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import { findCommand } from "../../terminal/command.ts";

/** The files that a command line names, as the command would find them. */
export interface Disk {
  /** @throws Error when it can't be read */
  read(path: string): string;
  /** Where a command's links end; its own word when there is none. */
  program(name: string): string;
  /** Where a file's links end; its own word when there is none. */
  file(path: string): string;
}

/** @param path the command's PATH; undefined: the system's default */
export function diskAt(cwd: string, path: string | undefined): Disk {
  return {
    read: (name) => readFileSync(resolve(cwd, name), "utf8"),
    program: (name) => ended(name, () => findCommand(name, { path, cwd })),
    file: (name) => ended(name, () => resolve(cwd, name)),
  };
}

function ended(name: string, find: () => string): string {
  try {
    return realpathSync(find());
  } catch {
    return name;
  }
}
