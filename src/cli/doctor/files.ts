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
export function fileFindings({ folder, config, patterns }: Home): Finding[] {
  const home = statsOf(folder);
  if (home === undefined) return [placeToBe(folder), ...modeFindings(config)];
  if (!home.isDirectory()) return [{ id: "home", is: "bad", what: `${folder} is not a folder`, why: "nothing can be kept, so programs run alone", mend: "move it away, or set AEGIS_HOME" }];
  const why = reasonAgainst(folder, constants.R_OK | constants.X_OK);
  if (why !== undefined) return [shutFinding(folder, why, home)];
  const paths = [folder, config, ...readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name))];
  const isShut = isForOwner(home);
  const findings = [...new Set(paths)].flatMap((path) => (isShut && (path === patterns || path.startsWith(join(patterns, "/"))) ? modeFindings(path).map(softened) : modeFindings(path)));
  return [...(findings.length === 0 ? [good("home", `${folder} is yours alone`)] : findings), ...placeFindings(folder)];
}

/** The folder is not there yet: can it be made? */
function placeToBe(folder: string): Finding {
  let above = dirname(folder);
  while (!existsSync(above) && above !== dirname(above)) above = dirname(above);
  const why = reasonAgainst(above, constants.W_OK | constants.X_OK);
  if (why === undefined) return good("home", `${folder} is not there yet; the first run makes it`);
  return { id: "home", is: "bad", what: `${folder} can't be made: ${above}: ${why}`, why: "nothing can be kept, so programs run alone", mend: "set AEGIS_HOME to a folder that you can write" };
}

/** Why a folder can't be used in a way (of access(2)); undefined: it can. */
function reasonAgainst(folder: string, way: number): string | undefined {
  if (!statSync(folder).isDirectory()) return "it is not a directory";
  try {
    accessSync(folder, way);
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
  if (isForOwner(stats)) return [];
  return [{ id, is: "bad", what: `${path} is open to others (mode ${(stats.mode & 0o777).toString(8)})`, why: "it may hold the bot's token or what your programs showed", mend: `run "chmod go= ${path}"`, fix: () => closed(path, stats) }];
}

function isForOwner({ mode }: Stats): boolean {
  return (mode & 0o077) === 0;
}

/** Patterns hold no secrets and are made by editors, and the folder around them keeps others out. */
function softened(finding: Finding): Finding {
  return finding.fix === undefined ? finding : { ...finding, is: "warning", why: "only the folder around it keeps others out" };
}

function shutFinding(folder: string, why: string, stats: Stats): Finding {
  const found = { id: "home", is: "bad", what: `${folder} can't be read: ${why}`, why: "what it holds is unknown, and programs run alone" } as const;
  if (stats.uid !== process.geteuid?.()) return { ...found, mend: "set AEGIS_HOME to a folder of your own" };
  return { ...found, mend: `run "chmod 700 ${folder}"`, fix: () => opened(folder) };
}

function opened(folder: string): string {
  chmodSync(folder, 0o700);
  return `${folder} can be read`;
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
