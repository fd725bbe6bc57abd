import { accessSync, chmodSync, constants, existsSync, lstatSync, readdirSync, statSync, statfsSync, type Stats } from "node:fs";
import { dirname, join } from "node:path";
import { codeOf } from "../../async/code-of.ts";
import { reasonOf } from "../failure.ts";
import type { Home } from "../home.ts";
import { good, type Finding } from "./finding.ts";

/** File systems on which SQLite's shared memory does not work (linux/magic.h). */
const remote = new Map([
  [0x6969, "NFS"],
  [0xff534d42, "SMB"],
  [0x517b, "SMB"],
  [0x01021997, "9p"],
]);

/** The home folder and everything in it: whose it is, and who gets in. */
export function fileFindings({ folder, config }: Home): Finding[] {
  const home = statsOf(folder);
  if (home === undefined) return [placeToBe(folder), ...modeFindings(config)];
  if (!home.isDirectory()) return [{ id: "home", is: "bad", what: `${folder} is not a folder`, why: "nothing can be kept, so programs run alone", mend: "move it away, or set AEGIS_HOME" }];
  const paths = [folder, config, ...readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name))];
  const findings = [...new Set(paths)].flatMap(modeFindings);
  return [...(findings.length === 0 ? [good("home", `${folder} is yours alone`)] : findings), ...placeFindings(folder)];
}

/** The folder is not there yet: can it be made? */
function placeToBe(folder: string): Finding {
  let above = dirname(folder);
  while (!existsSync(above) && above !== dirname(above)) above = dirname(above);
  const why = reasonAgainst(above);
  if (why === undefined) return good("home", `${folder} is not there yet; the first run makes it`);
  return { id: "home", is: "bad", what: `${folder} can't be made: ${above}: ${why}`, why: "nothing can be kept, so programs run alone", mend: "set AEGIS_HOME to a folder that you can write" };
}

/** Why nothing can be made there; undefined: it can. */
function reasonAgainst(folder: string): string | undefined {
  if (!statSync(folder).isDirectory()) return "it is not a directory";
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** undefined: there is no such file, nor could there be one. */
function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (codeOf(error) === "ENOTDIR") return undefined;
    throw error;
  }
}

function modeFindings(path: string): Finding[] {
  const stats = statsOf(path);
  if (stats === undefined) return [];
  const id = "home.modes";
  if (stats.isSymbolicLink()) return [{ id, is: "bad", what: `${path} is a symlink`, why: "whoever can change what it points to can change what aegis reads", mend: "put the file itself there" }];
  if (stats.uid !== process.geteuid?.()) return [{ id, is: "bad", what: `${path} belongs to user ${stats.uid}`, why: "its owner can change what aegis reads", mend: `run "sudo chown $USER ${path}"` }];
  if ((stats.mode & 0o077) === 0) return [];
  return [{ id, is: "bad", what: `${path} can be reached by others (mode ${(stats.mode & 0o777).toString(8)})`, why: "it may hold the bot's token or what your programs showed", mend: `run "chmod go= ${path}"`, fix: () => closed(path, stats) }];
}

function closed(path: string, { mode }: Stats): string {
  chmodSync(path, mode & 0o700);
  return `${path} is yours alone now`;
}

function placeFindings(folder: string): Finding[] {
  const kind = remote.get(statfsSync(folder).type);
  if (kind === undefined) return [];
  return [{ id: "home.place", is: "bad", what: `${folder} is on ${kind}`, why: "SQLite's journal needs memory that several processes share, which a remote file system can't give", mend: "set AEGIS_HOME to a folder on a local disk" }];
}
