import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Agent } from "./agent.ts";

const run = promisify(execFile);
/** A registry that does not answer must not hold the tests: neither one of them, nor all of them one after the other. */
const patienceMs = 180_000;
const failureLastsMs = 600_000;
const hasty = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=60000"];

/** Outside the repository and outlives a run: an agent is up to 400 MB. */
const cache = join(process.env["XDG_CACHE_HOME"] ?? tmpdir(), "aegis-agents");

/**
 * Gives the agent's executable, installing it from npm unless it is there already.
 * @throws Error that says why it can't be had
 */
export async function install({ name, version, packageName, bin }: Agent): Promise<string> {
  const folder = join(cache, `${name}-${version}`);
  const executable = join(folder, "node_modules", ".bin", bin);
  if (existsSync(executable)) return executable;
  const failure = `${folder}.why`;
  if (existsSync(failure) && Date.now() - statSync(failure).mtimeMs < failureLastsMs) throw new Error(readFileSync(failure, "utf8"));
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  writeFileSync(join(unfinished, "package.json"), '{"private":true}');
  try {
    await run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", ...hasty, `${packageName}@${version}`], { cwd: unfinished, timeout: patienceMs });
    if (!existsSync(executable)) renameSync(unfinished, folder);
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
    const why = `npm could not install ${packageName}@${version}: ${said.trim().split("\n")[0] ?? ""}`;
    writeFileSync(failure, why);
    throw new Error(why, { cause: error });
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return executable;
}
