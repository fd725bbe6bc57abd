// Bundles src into dist. Natives and telegraf stay outside: bundled, telegraf leaves node_modules and Node >= 22
// then prints punycode's and url.parse's deprecation on the person's terminal.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
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

const { outputFiles } = await build({
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
  // A build that fails leaves the last one in place.
  write: false,
});
rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");
for (const { path, text } of outputFiles) writeFileSync(path, await asCommonJs(text));
writeFileSync("dist/package.json", '{ "type": "commonjs" }\n');
// The page finds what its tabs run beside the bundle, as it does in the sources.
cpSync("src/channel/page/browser", "dist/browser", { recursive: true, filter: (path) => !path.endsWith(".json") });
// So does what draws pictures.
for (const name of ["glyphs.bin", "LICENCE-glyphs.txt"]) cpSync(`src/channel/drawing/${name}`, `dist/${name}`);
chmodSync("dist/main.js", 0o755);
// Printed by the program itself, once, so that nobody waits for it later.
writeFileSync("dist/help.txt", execFileSync(process.execPath, ["dist/main.js", "help"], { env: { COLUMNS: "80" } }));
