import { readFileSync } from "node:fs";

/**
 * The outermost help as the build has printed it: a person who asks for help does not wait for a parser to be loaded
 * (Node 22: 32 ms instead of 55).
 *
 * @param folder  where the bundle is
 * @returns       undefined: these words ask for something else, or nothing was built
 */
export function helpPage(words: readonly string[], folder: URL): string | undefined {
  const [word, ...more] = words;
  if (more.length > 0 || (word !== "--help" && word !== "-h")) return undefined;
  try {
    const text = readFileSync(new URL("help.txt", folder), "utf8");
    const isPlain = !process.stdout.isTTY || Boolean(process.env["NO_COLOR"]) || process.env["TERM"] === "dumb";
    return isPlain ? text : text.replace(/^\S.*:$/gm, "\u001B[1m$&\u001B[22m");
  } catch {
    return undefined;
  }
}
