import { createHash } from "node:crypto";
import { accessSync, chmodSync, constants, lstatSync, mkdirSync, statSync } from "node:fs";
import { homedir, tmpdir, userInfo } from "node:os";
import { dirname, join, resolve } from "node:path";
import { codeOf } from "../async/code-of.ts";
import { Failure, reasonOf } from "./failure.ts";

/** The folder that holds everything of aegis, and the files in it. */
export interface Home {
  readonly folder: string;
  readonly config: string;
  readonly database: string;
  readonly auditLog: string;
  readonly log: string;
  readonly patterns: string;
  /** Sockets of the processes that run now. */
  readonly sockets: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where home is: `$AEGIS_HOME`, else `~/.aegis`; the configuration may be elsewhere by `$AEGIS_CONFIG`. Touches nothing. */
export function homeFrom(environment: Environment): Home {
  const folder = resolve(environment["AEGIS_HOME"] || join(environment["HOME"] || homedir() || userInfo().homedir, ".aegis"));
  return {
    folder,
    config: environment["AEGIS_CONFIG"] || join(folder, "config.toml"),
    database: join(folder, "aegis.db"),
    auditLog: join(folder, "audit.log"),
    log: join(folder, "aegis.log"),
    patterns: join(folder, "patterns"),
    sockets: socketsOf(folder),
  };
}

/** A Unix socket's path holds 103 bytes on macOS, 107 on Linux, and a longer one is cut without a word; the names take up to 16. */
const longestSockets = 86;

/** In the home folder, or, where its path is too long for a socket, in one of this user's own among the temporary files. */
function socketsOf(folder: string): string {
  const own = join(folder, "run");
  if (Buffer.byteLength(own) <= longestSockets) return own;
  const name = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  return join(tmpdir(), `aegis-${process.getuid?.() ?? 0}-${name}`);
}

/**
 * Makes the home and the sockets' folder if there are none, for their owner alone.
 * @throws Failure when one can't be made, is a symlink, or belongs to somebody else
 */
export function prepareHome({ folder, sockets }: Home): void {
  for (const own of [folder, sockets]) {
    try {
      prepare(own);
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw new Failure(`cannot use ${own}: ${reasonOf(error)}`, "set AEGIS_HOME to a folder that you can write", { cause: error });
    }
  }
}

/**
 * Touches nothing. What a home holds that can't be read is unknown, which is not the same as nothing.
 * @throws Failure when there is a home, and it can't be read
 */
export function mustBeReadable({ folder }: Home): void {
  try {
    const found = statSync(folder, { throwIfNoEntry: false });
    if (found !== undefined && !found.isDirectory()) throw notADirectory(folder);
    if (found !== undefined) accessSync(folder, constants.R_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`cannot read ${folder}: ${reasonOf(error)}`, "set AEGIS_HOME to a folder of your own", { cause: error });
  }
}

function notADirectory(folder: string): Failure {
  return new Failure(`${folder} is not a directory`, "move it away, or set AEGIS_HOME to a folder of your own");
}

function prepare(folder: string): void {
  // In two steps: on a read-only file system the recursive way alone says that there is no such directory.
  mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) makeOwn(folder);
  const found = lstatSync(folder);
  if (!found.isDirectory()) throw notADirectory(folder);
  if (found.uid !== process.getuid?.()) throw new Failure(`${folder} belongs to another user`, "set AEGIS_HOME to a folder of your own");
  if (found.mode & 0o077) chmodSync(folder, 0o700);
}

function makeOwn(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another aegis was faster.
    if (codeOf(error) !== "EEXIST") throw error;
  }
}
