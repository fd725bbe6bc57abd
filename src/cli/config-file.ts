import { closeSync, constants, fsyncSync, lstatSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { syncFolder } from "../audit/log-file.ts";
import { Failure, reasonOf } from "./failure.ts";
import { prepareHome, type Home } from "./home.ts";

/**
 * Puts a new text in place of the configuration file, for its owner alone. Whoever reads meanwhile sees the old one or the new one, whole.
 * @throws Failure when it can't be written, or is a symlink, which may lead anywhere
 */
export function writeConfig(home: Home, toml: string): void {
  const { config } = home;
  if (dirname(config) === home.folder) prepareHome(home);
  if (lstatSync(config, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
    throw new Failure(`${config} is a symlink`, "set AEGIS_CONFIG to the file itself");
  }
  const fresh = `${config}.${process.pid}.new`;
  try {
    rmSync(fresh, { force: true });
    const file = openSync(fresh, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600);
    try {
      writeSync(file, toml);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(fresh, config);
    syncFolder(dirname(config));
  } catch (error) {
    rmSync(fresh, { force: true });
    throw new Failure(`cannot write ${config}: ${reasonOf(error)}`, "make its folder writable for you, or set AEGIS_CONFIG to another file", { cause: error });
  }
}
