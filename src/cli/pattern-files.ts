import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { loadPatterns, type PatternProblem, type PatternSource } from "../detector/patterns.ts";
import { reasonOf } from "./failure.ts";
import type { Home } from "./home.ts";
import { packageFolder } from "./package.ts";

/** The patterns of the package and the person's own. What can't be read is skipped like what is no pattern, and told: the others work. */
export function readPatterns({ patterns: folder }: Home): ReturnType<typeof loadPatterns> {
  const unread: PatternProblem[] = [];
  const skip = (file: string, error: unknown): void => void unread.push({ file, line: 1, column: 1, message: `it can't be read: ${reasonOf(error)}` });
  const ours = filesIn(join(packageFolder(), "patterns"), skip).map((file) => ({ ...file, isTried: true }));
  const { patterns, problems } = loadPatterns([...ours, ...filesIn(folder, skip)]);
  return { patterns, problems: [...unread, ...problems] };
}

/** The pattern files of a folder that may be missing, in the order of their names. */
function filesIn(folder: string, skip: (file: string, error: unknown) => void): PatternSource[] {
  return namesIn(folder, skip).flatMap((name) => {
    const file = join(folder, name);
    try {
      // To read a FIFO would freeze the terminal. A link that leads nowhere is an error, which is told.
      return statSync(file).isFile() ? [{ name: file, text: readFileSync(file, "utf8") }] : [];
    } catch (error) {
      skip(file, error);
      return [];
    }
  });
}

function namesIn(folder: string, skip: (file: string, error: unknown) => void): string[] {
  try {
    if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return [];
    return readdirSync(folder).filter((name) => name.endsWith(".toml")).sort();
  } catch (error) {
    skip(folder, error);
    return [];
  }
}
