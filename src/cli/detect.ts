import { readFileSync } from "node:fs";
import { messageOf } from "../async/message-of.ts";
import { parseCast } from "../detector/cast.ts";
import type { Study } from "../detector/detector.ts";
import type { PatternSet } from "../detector/pattern.ts";
import { replay, type TimedChange } from "../detector/replay.ts";
import type { Context } from "./context.ts";
import { explanationOf, reasonsOf } from "./explanation.ts";
import { Failure, reasonOf } from "./failure.ts";
import { readPatterns } from "./pattern-files.ts";

/** The silence after which the stall layer looks, as configured by default. */
const stuckMs = 2000;

/** `aegis detect`: what the detector sees in recordings. @returns the exit code */
export async function detect(casts: readonly string[], options: { readonly json: boolean; readonly explain: boolean }, { home, output }: Context): Promise<number> {
  const { patterns, problems } = readPatterns(home);
  for (const { file, line, column, message } of problems) output.notice(`${file}:${line}:${column}: ${message}`);
  for (const file of casts) {
    const studies: Study[] = [];
    const changes = await changesOf(file, patterns, (study) => studies.push(study));
    if (options.explain) for (const line of explained(studies, changes)) output.line(line);
    else if (options.json) for (const change of changes) output.json(jsonOf(file, change));
    else for (const change of changes) output.line(sentenceOf(change));
  }
  return 0;
}

/** What was raised, and before it the looks that led there; looks that went by the same as the one before are left out. */
function explained(studies: readonly Study[], changes: readonly TimedChange[]): string[] {
  const looks = studies.filter((study, index) => index === 0 || reasonsOf(study) !== reasonsOf(studies[index - 1] ?? study) || changes.some(({ at }) => at === study.at));
  const lines = [...looks.map((study) => ({ at: study.at, text: explanationOf(study) })), ...changes.map((change) => ({ at: change.at, text: sentenceOf(change) }))];
  return lines.sort((one, other) => one.at - other.at).map(({ text }) => text);
}

async function changesOf(file: string, patterns: PatternSet, explain: (study: Study) => void): Promise<TimedChange[]> {
  const text = textOf(file);
  try {
    return await replay(parseCast(text), patterns, stuckMs, explain);
  } catch (error) {
    throw new Failure(`${file}: ${messageOf(error)}`, "a recording is an asciicast of version 2, as aegis run --record makes them");
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Failure(`cannot read ${file}: ${reasonOf(error)}`, "name recordings that aegis run --record made", { cause: error });
  }
}

function jsonOf(file: string, { at, change }: TimedChange): object {
  const t = at / 1000;
  if (change.event === "close") return { file, t, event: "close" };
  const { excerpt: _excerpt, fingerprint: _fingerprint, default: preset, idle, secret, ...detection } = change.detection;
  return { file, t, event: "open", ...detection, ...(preset === undefined ? {} : { default: preset }), secret, ...(idle ? { idle } : {}) };
}

function sentenceOf({ at, change }: TimedChange): string {
  const time = (at / 1000).toFixed(2).padStart(8);
  if (change.event === "close") return `${time}  ${change.why}`;
  const { type, layer, pattern, confidence, question, choices } = change.detection;
  const labels = choices.map((choice) => `[${choice.label}]`).join(" ");
  return `${time}  ${type} ${confidence.toFixed(2)} ${layer} ${pattern}: ${question} ${labels}`.trimEnd();
}
