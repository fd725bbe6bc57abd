import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A world of its own for apt: a repository of two small packages in `folder`, lists and cache beside it, and dpkg told to do nothing.
 * The real apt asks its real question, on any machine, without a network.
 *
 * @returns the options that put apt-get there
 */
export function aptWorld(folder: string): string[] {
  const state = join(folder, "apt");
  const pool = join(folder, "pool");
  for (const sub of ["state/lists/partial", "cache/archives/partial", "etc/apt.conf.d", "etc/preferences.d"]) mkdirSync(join(state, sub), { recursive: true });
  mkdirSync(pool);
  writeFileSync(join(state, "status"), "");
  const entries = [makePackage(pool, "aegis-demo", "aegis-demo-data"), makePackage(pool, "aegis-demo-data", undefined)];
  writeFileSync(join(pool, "Packages"), entries.join("\n"));
  writeFileSync(join(state, "etc/sources.list"), `deb [trusted=yes] file:${pool} ./\n`);
  const options = {
    "Dir::State": join(state, "state"),
    "Dir::State::status": join(state, "status"),
    "Dir::Cache": join(state, "cache"),
    "Dir::Etc": join(state, "etc"),
    "Dir::Etc::sourceparts": "-",
    "Dir::Etc::main": "-",
    "Dir::Etc::parts": "-",
    "Dir::Log": state,
    "APT::Sandbox::User": "root",
    "Debug::NoLocking": "true",
    "Debug::pkgDPkgPM": "true",
  };
  const words = Object.entries(options).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
  execFileSync("apt-get", [...words, "update"], { stdio: "pipe" });
  return words;
}

function makePackage(pool: string, name: string, depends: string | undefined): string {
  const tree = join(pool, `${name}.tree`);
  mkdirSync(join(tree, "DEBIAN"), { recursive: true });
  const control = [`Package: ${name}`, "Version: 1.0", "Architecture: all", "Maintainer: aegis <aegis@example.com>", ...(depends === undefined ? [] : [`Depends: ${depends}`]), "Description: a package for a question"].join("\n");
  writeFileSync(join(tree, "DEBIAN/control"), `${control}\n`);
  const file = join(pool, `${name}.deb`);
  execFileSync("dpkg-deb", ["--build", "--root-owner-group", tree, file], { stdio: "pipe" });
  return `${control}\nFilename: ./${name}.deb\nSize: ${statSync(file).size}\nSHA256: ${createHash("sha256").update(readFileSync(file)).digest("hex")}\n`;
}
