import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** What Linux reads of a file to find its interpreter. */
const firstBytes = 256;

/** Why a command cannot be started, as a shell would say it. */
export class CommandProblem extends Error {
  /** 127: there is no such file; 126: it is there, but cannot be executed. */
  readonly exitCode: 126 | 127;

  constructor(message: string, exitCode: 126 | 127) {
    super(message);
    this.name = "CommandProblem";
    this.exitCode = exitCode;
  }
}

/**
 * Finds the file of a command as execvp(3) would: a name with a slash relative to `cwd`, any other along `path`.
 * node-pty itself starts a child for a missing file, which prints and exits 1.
 *
 * @param path the child's PATH; undefined: the system's default
 * @returns    its path, below `cwd` if it is not absolute
 * @throws     {@link CommandProblem}
 */
export function findCommand(name: string, { path, cwd }: { path: string | undefined; cwd: string }): string {
  const folders = (path ?? "/bin:/usr/bin").split(delimiter);
  const candidates = name.includes("/") ? [within(cwd, name)] : folders.map((folder) => within(cwd, join(folder, name)));
  const present = name === "" ? [] : candidates.filter((file) => existsSync(file));
  const found = present.find(isExecutable);
  if (found !== undefined) {
    const interpreter = interpreterOf(found);
    if (interpreter !== undefined && !existsSync(within(cwd, interpreter))) throw new CommandProblem(`${name} wants to be run by ${interpreter}, which is not there`, 126);
    return found;
  }
  if (present.length > 0) throw new CommandProblem(`${name} is not executable`, 126);
  throw new CommandProblem(name.includes("/") ? `there is no ${name}` : `there is no command "${name}"`, 127);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** A path as seen from a folder. Not resolve(): with a removed folder to work in, it throws. */
export function within(cwd: string, path: string): string {
  return isAbsolute(path) ? path : join(cwd, path);
}

/** The program that a script names in its first line; undefined: it is no script, or nobody may read it. */
function interpreterOf(file: string): string | undefined {
  const head = Buffer.alloc(firstBytes);
  try {
    const fd = openSync(file, "r");
    try {
      readSync(fd, head);
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined;
  }
  return /^#![ \t]*([^ \t\n\0]+)/.exec(head.toString("latin1"))?.[1];
}
