import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Where a bundled program finds the native modules. */
export const withModules = { ...process.env, NODE_PATH: fileURLToPath(new URL("../../node_modules", import.meta.url)) };

/** Bundles a program: one that lives for milliseconds would take a second to be compiled. */
export async function bundled(source: URL, folder: string): Promise<string> {
  const outfile = join(folder, `${basename(source.pathname, ".ts")}.cjs`);
  await build({ entryPoints: [fileURLToPath(source)], outfile, bundle: true, platform: "node", target: "node20", format: "cjs", external: ["better-sqlite3"], logLevel: "error" });
  return outfile;
}
