import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";

export interface Asset {
  readonly type: string;
  readonly body: Uint8Array;
}

const types = new Map([
  [".html", "text/html; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".svg", "image/svg+xml"],
]);

/**
 * What the browser runs, by path. The files are served as they stand in the repository: what a person audits is what
 * runs. The build puts the folder beside its bundle, so that the same address finds it there.
 */
export function loadAssets(): ReadonlyMap<string, Asset> {
  const folder = new URL("./browser/", import.meta.url);
  const assets = new Map<string, Asset>();
  for (const name of readdirSync(folder)) {
    const type = types.get(extname(name));
    if (type) assets.set(name === "index.html" ? "/" : `/${name}`, { type, body: readFileSync(new URL(name, folder)) });
  }
  return assets;
}
