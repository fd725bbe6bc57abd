// Bundles src into dist. Natives and telegraf stay outside: bundled, telegraf leaves node_modules and Node >= 22
// then prints punycode's and url.parse's deprecation on the person's terminal.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
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
async function asCommonJs(text) {
  const { code } = await transform(text, {
    format: "cjs",
    platform: "node",
    target: "node20",
    supported: { "dynamic-import": false },
    define: { "import.meta.url": "__moduleUrl" },
    banner: 'const __moduleUrl = require("node:url").pathToFileURL(__filename).href;',
  });
  return code;
}

/** What stands in dist/files.js: the files that came together in one, by name, each run when it is first wanted. */
const registry = `const files = new Map();
const loaded = new Map();
exports.add = (more) => Object.entries(more).forEach(([name, run]) => files.set(name, run));
exports.load = (name) => {
  const known = loaded.get(name);
  if (known !== undefined) return known.exports;
  const run = files.get(name);
  if (run === undefined) return require(name);
  const module = { exports: {} };
  loaded.set(name, module);
  run(module.exports, exports.load, module);
  return module.exports;
};
`;

/**
 * Every file costs a start 0.4 ms (found, read, wrapped, remembered), and esbuild makes 20 of what `run` needs before its child.
 * Those of one entry come together in its file, as functions; what is left of each leads there, for whoever else wants it.
 */
function together(entry, names, codes) {
  const functions = names.map((name) => `${JSON.stringify(name)}: (function (exports, require, module) {${codes.get(name)}\n}),\n`);
  for (const name of names) codes.set(name, `require(${JSON.stringify(entry)});\nmodule.exports = require("./files.js").load(${JSON.stringify(name)});\n`);
  codes.set(entry, `const { add, load } = require("./files.js");\nadd({\n${functions.join("")}});\nmodule.exports = load(${JSON.stringify(entry)});\n`);
}

/** Of the file made from `source`, and of all that it imports at once. */
function namesFor(source, { outputs }) {
  const paths = new Set(Object.keys(outputs).filter((path) => outputs[path].entryPoint === source));
  for (const path of paths) for (const imported of outputs[path].imports) if (imported.kind === "import-statement" && imported.path in outputs) paths.add(imported.path);
  return [...paths].map((path) => `./${basename(path)}`);
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
const codes = new Map([["./files.js", registry]]);
for (const { path, text } of outputFiles) codes.set(`./${basename(path)}`, await asCommonJs(text));
const placed = new Set(namesFor("src/main.ts", metafile));
for (const source of ["src/cli/program.ts", "src/cli/run.ts"]) {
  const names = namesFor(source, metafile).filter((name) => !placed.has(name));
  together(names[0], names, codes);
  for (const name of names) placed.add(name);
}
rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");
for (const [name, code] of codes) writeFileSync(`dist/${name}`, code);
writeFileSync("dist/package.json", '{ "type": "commonjs" }\n');
// The page finds what its tabs run beside the bundle, as it does in the sources.
cpSync("src/channel/page/browser", "dist/browser", { recursive: true, filter: (path) => !path.endsWith(".json") });
// So does what draws pictures.
for (const name of ["glyphs.bin", "LICENCE-glyphs.txt"]) cpSync(`src/channel/drawing/${name}`, `dist/${name}`);
chmodSync("dist/main.js", 0o755);
// Printed by the program itself, once, so that nobody waits for it later.
writeFileSync("dist/help.txt", execFileSync(process.execPath, ["dist/main.js", "help"], { env: { COLUMNS: "80" } }));
