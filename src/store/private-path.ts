import { closeSync, constants, lstatSync, mkdirSync, openSync, type Stats } from "node:fs";
import { dirname } from "node:path";
import { codeOf } from "../async/code-of.ts";
import { StoreTrouble } from "./store.ts";

/**
 * Makes the file and its folder ours alone before SQLite opens them: SQLite itself would create them as the umask says, and gives
 * its -wal and -shm the mode of the database. Throws StoreTrouble for links, foreign owners and modes that let others in.
 */
export function makePrivate(path: string): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const there = lstatSync(folder);
  if (!there.isDirectory()) throw new StoreTrouble(`${folder} is not a folder`);
  refuse(folder, there);
  createFile(path);
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    if (stats === undefined) continue;
    if (!stats.isFile()) throw new StoreTrouble(`${file} is not a regular file`);
    refuse(file, stats);
  }
}

function createFile(path: string): void {
  try {
    closeSync(openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600));
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

function refuse(path: string, stats: Stats): void {
  const owner = process.geteuid?.();
  if (owner !== undefined && stats.uid !== owner) throw new StoreTrouble(`${path} belongs to user ${stats.uid}, not to you`);
  if ((stats.mode & 0o077) !== 0)
    throw new StoreTrouble(`${path} can be reached by others (mode ${(stats.mode & 0o777).toString(8)}); run "chmod go= ${path}"`);
}
