import { chmodSync, lstatSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
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
  const folder = environment["AEGIS_HOME"] || join(environment["HOME"] || homedir(), ".aegis");
  return {
    folder,
    config: environment["AEGIS_CONFIG"] || join(folder, "config.toml"),
    database: join(folder, "aegis.db"),
    auditLog: join(folder, "audit.log"),
    log: join(folder, "aegis.log"),
    patterns: join(folder, "patterns"),
    sockets: join(folder, "run"),
  };
}

/**
 * Makes the folder if there is none, for its owner alone.
 * @throws Failure when it can't be made, is a symlink, or belongs to somebody else
 */
export function prepareHome(home: Home): void {
  try {
    mkdirSync(home.folder, { recursive: true, mode: 0o700 });
    const found = lstatSync(home.folder);
    if (!found.isDirectory()) throw new Failure(`${home.folder} is not a directory`, "move it away, or set AEGIS_HOME to a folder of your own");
    if (found.uid !== process.getuid?.()) throw new Failure(`${home.folder} belongs to another user`, "set AEGIS_HOME to a folder of your own");
    if (found.mode & 0o077) chmodSync(home.folder, 0o700);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`cannot use ${home.folder}: ${reasonOf(error)}`, "set AEGIS_HOME to a folder that you can write", { cause: error });
  }
}
