import { execFile } from "node:child_process";
import { isSound } from "../../store/sqlite-version.ts";
import { packageFolder } from "../package.ts";
import { good, type Finding } from "./finding.ts";

/** What package.json's engines say: better-sqlite3 13 crashes on Node 22 before 22.14, and 12 is what Node 20 gets. */
function isSupported(node: string): boolean {
  const [major = 0, minor = 0] = node.split(".").map(Number);
  return major === 20 ? minor >= 19 : major === 22 ? minor >= 14 : major > 22;
}

/** Each is loaded by a process of its own: one that was built for another Node may take its process down without a word. */
const natives: ReadonlyArray<{ readonly name: string; readonly needs: string; readonly code: string }> = [
  { name: "better-sqlite3", needs: "prompts, decisions and the log are kept in SQLite", code: 'import Database from "better-sqlite3"; console.log("ok", new Database(":memory:").prepare("SELECT sqlite_version()").pluck().get())' },
  { name: "node-pty", needs: "programs run in a pseudo-terminal", code: 'import { spawn } from "node-pty"; spawn("/bin/sh", ["-c", "exit 0"], {}).onExit(() => { console.log("ok"); process.exit(); })' },
];

/** Node itself, and what was compiled for it. */
export async function engineFindings(): Promise<Finding[]> {
  return [nodeFinding(process.versions.node), ...(await Promise.all(natives.map(nativeFinding)))];
}

function nodeFinding(version: string): Finding {
  if (isSupported(version)) return good("node", `Node ${version}`);
  return { id: "node", is: "bad", what: `Node ${version}`, why: "aegis is made for Node 20.19 or later in 20, 22.14 or later in 22, and everything newer", mend: "install Node 22 or 24, then aegis again" };
}

async function nativeFinding({ name, needs, code }: (typeof natives)[number]): Promise<Finding> {
  const printed = await new Promise<string>((resolve) => {
    execFile(process.execPath, ["--input-type=module", "--eval", code], { cwd: packageFolder(), timeout: 20_000 }, (_error, stdout) => resolve(stdout));
  });
  const [, version] = /^ok ?(\S*)/m.exec(printed) ?? [];
  if (version === undefined) return { id: `native.${name}`, is: "bad", what: `${name} can't be loaded`, why: `${needs}; it was built for another Node, or its install script was blocked`, mend: `install aegis again with this Node: npm install --global --allow-scripts=better-sqlite3,node-pty aegis` };
  if (name === "better-sqlite3" && !isSound(version)) return { id: "native.sqlite", is: "warning", what: `SQLite ${version}`, why: "with several sessions at once it may lose what was written last", mend: "install aegis again: newer ones come with SQLite 3.51.3 or later" };
  return good(`native.${name}`, version === "" ? name : `${name} with SQLite ${version}`);
}
