import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

// Loads the files of the bundle; main.ts does without when it runs from the sources. V8 compiles every function once more at each
// start, 20 of the 100 ms that it took. What it has made of a file is kept beside it, and used while the two belong together.

type Load = (name: string) => unknown;
/** A file of the bundle, as a function. */
type File = (exports: unknown, require: Load, module: { exports: unknown }, path: string) => void;

/** What the build has put together with another file: the name of each, and that of the file which holds it. */
declare const __packs: Readonly<Record<string, string>>;

const folder = dirname(fileURLToPath(import.meta.url));
const kept = join(folder, "compiled");
const foreign: Load = createRequire(import.meta.url);
const files = new Map<string, File>();
const modules = new Map<string, { exports: unknown }>();
/** Compiled by this process, for want of something kept. */
const fresh: { readonly path: string; readonly source: string; readonly script: Script }[] = [];
/** Bytes of a SHA-256. */
const digestLength = 32;

/** What the file `name` of the bundle exports ("./x.js"), or a module from elsewhere. */
export function load(name: string): unknown {
  if (!name.startsWith("./")) return foreign(name);
  const known = modules.get(name);
  if (known !== undefined) return known.exports;
  const module: { exports: unknown } = { exports: {} };
  modules.set(name, module);
  try {
    fileAt(name)(module.exports, load, module, join(folder, name));
    return module.exports;
  } catch (error) {
    // As with Node's own: whoever tries again is told again.
    modules.delete(name);
    throw error;
  }
}

function fileAt(name: string): File {
  if (!files.has(name)) for (const [one, file] of Object.entries(compiled(__packs[name] ?? name))) files.set(one, file);
  const file = files.get(name);
  if (file === undefined) throw new Error(`${name} is not in the bundle: build it once more`);
  return file;
}

function compiled(pack: string): Record<string, File> {
  const filename = join(folder, pack);
  const source = readFileSync(filename, "utf8");
  const path = join(kept, pack);
  const cachedData = dataAt(path, source);
  const script = new Script(source, { filename, ...(cachedData && { cachedData }) });
  // Rejected: another version of V8 made it, or one with other options.
  if (cachedData === undefined || script.cachedDataRejected === true) fresh.push({ path, source, script });
  return script.runInThisContext();
}

/** V8 looks only at the length of a source, and at nothing of the data: half a file, or yesterday's, would run. */
function digestOf(source: string, data: Uint8Array): Buffer {
  return createHash("sha256").update(source).update(data).digest();
}

function dataAt(path: string, source: string): Buffer | undefined {
  try {
    const file = readFileSync(path);
    const data = file.subarray(digestLength);
    return digestOf(source, data).equals(file.subarray(0, digestLength)) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** At the end, when V8 has compiled what runs. Where nobody may write, all is as before. */
function keep(): void {
  try {
    if (fresh.length > 0) mkdirSync(kept, { recursive: true });
    for (const { path, source, script } of fresh) {
      const data = script.createCachedData();
      const temporary = `${path}.${process.pid}`;
      writeFileSync(temporary, Buffer.concat([digestOf(source, data), data]), { flag: "wx" });
      renameSync(temporary, path);
    }
  } catch {
    // An owner who is somebody else, a full disk.
  }
}

process.on("exit", keep);
