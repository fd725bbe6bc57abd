// Bundles src into dist. Natives and telegraf stay outside: bundled, telegraf leaves node_modules and Node >= 22
// then prints punycode's and url.parse's deprecation on the person's terminal.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { build, transform } from "esbuild";

/** commander can run commands that are programs of their own; ours are not, and child_process alone costs every start 3 ms. */
const withoutChildProcess = {
  name: "commander without child_process",
  setup(build) {
    build.onResolve({ filter: /^node:child_process$/ }, ({ importer }) => (importer.includes("/node_modules/commander/") ? { path: "child_process", namespace: "empty" } : undefined));
    build.onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "" }));
  },
};

/**
 * Node loads CommonJS in less time: as modules, our files cost each start 6.5 of 51 ms more (an export lexer, getters of every builtin
 * that is imported, a promise for each file). esbuild splits modules only, so what it has split is turned afterwards.
 */
async function asCommonJs(text, more = {}) {
  const { code } = await transform(text, {
    format: "cjs",
    platform: "node",
    target: "node20",
    supported: { "dynamic-import": false },
    banner: 'const __moduleUrl = require("node:url").pathToFileURL(__filename).href;',
    ...more,
    define: { "import.meta.url": "__moduleUrl", ...more.define },
  });
  return code;
}

/** Of the file made from `source`, and of all that it imports at once. */
function namesFor(source, { outputs }) {
  const paths = new Set(Object.keys(outputs).filter((path) => outputs[path].entryPoint === source));
  for (const path of paths) for (const imported of outputs[path].imports) if (imported.kind === "import-statement" && imported.path in outputs) paths.add(imported.path);
  return [...paths].map((path) => `./${basename(path)}`);
}

/** The files that come together in one, as every file costs a start 0.2 ms and `run` needs 20 before its child: the name of each, and that of its pack. */
function packsFor(sources, metafile) {
  const packs = new Map();
  for (const name of namesFor("src/main.ts", metafile)) packs.set(name, name);
  for (const source of sources) {
    const [entry, ...others] = namesFor(source, metafile);
    for (const name of [entry, ...others]) if (!packs.has(name)) packs.set(name, entry);
  }
  return packs;
}

const { outputFiles, metafile } = await build({
  entryPoints: ["src/main.ts"],
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  external: ["node-pty", "better-sqlite3", "telegraf"],
  plugins: [withoutChildProcess],
  logLevel: "warning",
  metafile: true,
  // A build that fails leaves the last one in place.
  write: false,
});
const packs = packsFor(["src/cli/program.ts", "src/cli/run.ts"], metafile);
const codes = new Map();
for (const { path, text } of outputFiles) codes.set(`./${basename(path)}`, await asCommonJs(text));
// Node itself loads the first, and bundle.js all others.
const main = codes.get("./main.js").replaceAll('require("./', 'require("./bundle.js").load("./');
codes.delete("./main.js");
const files = new Map();
for (const [name, code] of codes) {
  const pack = packs.get(name) ?? name;
  files.set(pack, [...(files.get(pack) ?? []), `${JSON.stringify(name)}: function (exports, require, module, __filename) {${code}},`]);
}
const elsewhere = Object.fromEntries([...packs].filter(([name, pack]) => name !== pack));
const loader = await asCommonJs(readFileSync("src/cli/bundle.ts", "utf8"), { loader: "ts", define: { __packs: JSON.stringify(elsewhere) } });
rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");
for (const [pack, functions] of files) writeFileSync(`dist/${pack}`, `({\n${functions.join("\n")}\n})\n`);
writeFileSync("dist/main.js", main);
writeFileSync("dist/bundle.js", loader);
writeFileSync("dist/package.json", '{ "type": "commonjs" }\n');
// The page finds what its tabs run beside the bundle, as it does in the sources.
cpSync("src/channel/page/browser", "dist/browser", { recursive: true, filter: (path) => !path.endsWith(".json") });
// So does what draws pictures.
for (const name of ["glyphs.bin", "LICENCE-glyphs.txt"]) cpSync(`src/channel/drawing/${name}`, `dist/${name}`);
chmodSync("dist/main.js", 0o755);
// Printed by the program itself, once, so that nobody waits for it later.
writeFileSync("dist/help.txt", execFileSync(process.execPath, ["dist/main.js", "help"], { env: { COLUMNS: "80" } }));
// One run keeps what V8 has compiled; where the package is installed, the first run does.
const home = mkdtempSync(join(tmpdir(), "aegis-build-"));
execFileSync(process.execPath, ["dist/main.js", "run", "--channel", "none", "true"], { env: { ...process.env, AEGIS_HOME: home }, stdio: "ignore" });
rmSync(home, { recursive: true });
