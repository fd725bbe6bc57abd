import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCast } from "../../src/detector/cast.ts";
import type { PatternSet } from "../../src/detector/pattern.ts";
import { loadPatterns } from "../../src/detector/patterns.ts";
import { replay } from "../../src/detector/replay.ts";
import { emptyTally, judge, type Sighted, type Tally } from "./judge.ts";
import { labelledIn } from "./label.ts";

export interface Score {
  readonly tally: Tally;
  /** By category, in the order of their names. */
  readonly categories: ReadonlyMap<string, Tally>;
  readonly misses: readonly string[];
}

export function packagedPatterns(): PatternSet {
  const names = readdirSync("patterns").filter((name) => name.endsWith(".toml"));
  return loadPatterns(names.sort().map((name) => ({ name, text: readFileSync(join("patterns", name), "utf8") }))).patterns;
}

/** Replays every labelled recording in `folder` and judges what the detector saw. */
export async function score(folder: string, patterns: PatternSet): Promise<Score> {
  const tally = emptyTally();
  const categories = new Map<string, Tally>();
  const misses: string[] = [];
  for (const labelled of labelledIn(folder)) {
    const changes = await replay(parseCast(readFileSync(labelled.cast, "utf8")), patterns, 2000);
    const seen = changes.flatMap<Sighted>(({ at, change }) => (change.event === "open" ? [{ t: at / 1000, detection: change.detection }] : []));
    const category = categories.get(labelled.category) ?? emptyTally();
    categories.set(labelled.category, category);
    judge(labelled, seen, category);
    misses.push(...judge(labelled, seen, tally));
  }
  return { tally, categories: new Map([...categories].sort(([one], [other]) => one.localeCompare(other))), misses };
}
