import type { Detection } from "../../src/prompt/detection.ts";
import type { Labelled, Mark } from "./label.ts";

export interface Sighted {
  /** Seconds */
  readonly t: number;
  readonly detection: Detection;
}

/** Counts over recordings; shares are made of them in {@link figuresOf}. */
export interface Tally {
  prompts: number;
  found: number;
  typed: number;
  asked: number;
  menus: number;
  listed: number;
  keyed: number;
  again: number;
  positives: number;
  strays: number;
  negatives: number;
  alarmed: number;
}

/** Shares, 0 to 1; strays per recording that has prompts. */
export interface Figures {
  readonly recall: number;
  readonly type: number;
  readonly question: number;
  readonly choices: number;
  readonly keys: number;
  readonly repeats: number;
  readonly strays: number;
  readonly falseAlarms: number;
}

/** A detection counts when it comes at most this long after the question was complete. */
const withinSeconds = 3;

export function emptyTally(): Tally {
  return { prompts: 0, found: 0, typed: 0, asked: 0, menus: 0, listed: 0, keyed: 0, again: 0, positives: 0, strays: 0, negatives: 0, alarmed: 0 };
}

/** Judges what was seen in one recording; adds to `tally` and names every miss. */
export function judge({ name, isNegative, marks }: Labelled, seen: readonly Sighted[], tally: Tally): string[] {
  const told: string[] = [];
  if (isNegative) {
    const alarms = seen.filter(({ t }) => !marks.some((mark) => (mark.label === "ignore" || mark.label === "exited") && isWithin(t, mark)));
    tally.negatives++;
    if (alarms.length > 0) tally.alarmed++;
    told.push(...alarms.map(({ t, detection }) => `${name} ${t}: alarm ${detection.pattern} ${detection.question}`));
    return told;
  }
  tally.positives++;
  for (const mark of marks.filter(({ label }) => label === "prompt")) {
    const hits = seen.filter(({ t }) => t >= mark.t - 0.5 && t <= Math.min(mark.t + withinSeconds, mark.t_end));
    const last = hits.at(-1)?.detection;
    tally.prompts++;
    if (last === undefined) {
      told.push(`${name} ${mark.t}: missed ${mark.kind} ${mark.question ?? ""}`);
      continue;
    }
    tally.found++;
    if (hits.length > 1) tally.again++;
    if (isKind(last, mark)) tally.typed++;
    else told.push(`${name} ${mark.t}: type ${kindOf(last)}, not ${mark.kind}`);
    if (isQuestion(last.question, mark)) tally.asked++;
    else told.push(`${name} ${mark.t}: question ${last.question}, not ${mark.question}`);
    const wanted = mark.choices ?? [];
    if (wanted.length < 2) continue;
    tally.menus++;
    const isListed = wanted.every((choice) => last.choices.some(({ label }) => sameLabel(label, choice.label)));
    if (isListed) tally.listed++;
    else told.push(`${name} ${mark.t}: choices ${last.choices.map(({ label }) => label).join(" | ")}`);
    const isKeyed = wanted.every((choice) => choice.keys === undefined || last.choices.some(({ label, keys }) => sameLabel(label, choice.label) && keys === choice.keys));
    if (isListed && isKeyed) tally.keyed++;
    else if (isListed) told.push(`${name} ${mark.t}: keys ${JSON.stringify(last.choices.map(({ label, keys }) => `${label}=${keys}`))}, not ${JSON.stringify(wanted.map(({ label, keys }) => `${label}=${keys ?? ""}`))}`);
  }
  const strays = seen.filter(({ t }) => !marks.some((mark) => mark.label !== "not_prompt" && isWithin(t, mark)));
  tally.strays += strays.length;
  told.push(...strays.map(({ t, detection }) => `${name} ${t}: stray ${detection.pattern} ${detection.question}`));
  return told;
}

export function figuresOf(tally: Tally): Figures {
  const share = (part: number, whole: number) => (whole === 0 ? Number.NaN : part / whole);
  return {
    recall: share(tally.found, tally.prompts),
    type: share(tally.typed, tally.found),
    question: share(tally.asked, tally.found),
    choices: share(tally.listed, tally.menus),
    keys: share(tally.keyed, tally.menus),
    repeats: share(tally.again, tally.found),
    strays: share(tally.strays, tally.positives),
    falseAlarms: share(tally.alarmed, tally.negatives),
  };
}

function isWithin(t: number, mark: Labelled["marks"][number]): boolean {
  return t >= mark.t - 0.5 && t <= mark.t_end + 0.3;
}

function kindOf({ type, secret, idle }: Detection): string {
  return secret ? "password" : idle ? "idle" : type;
}

function isKind(detection: Detection, { kind, accept_kinds }: Mark): boolean {
  const accepted = accept_kinds ?? [kind];
  return accepted.map((name) => (name === "idle_input" ? "idle" : name)).includes(kindOf(detection));
}

function isQuestion(question: string, mark: Mark): boolean {
  const got = plain(question);
  const wanted = [mark.question ?? "", ...(mark.question_alts ?? [])].map(plain);
  if (wanted.every((text) => text === "")) return true;
  return wanted.some((want) => (want === "" ? got.length < 4 : got !== "" && isAlike(got, want)));
}

function isAlike(got: string, want: string): boolean {
  if (got.includes(want) && want.length >= 0.6 * got.length) return true;
  if (want.includes(got) && got.length >= 0.6 * want.length) return true;
  const words = want.split(" ");
  const total = words.length + got.split(" ").length;
  const common = got.split(" ").filter((word) => {
    const at = words.indexOf(word);
    if (at >= 0) words.splice(at, 1);
    return at >= 0;
  }).length;
  return (2 * common) / total >= 0.75;
}

/** A label that goes on after the labelled one is the same label. */
function sameLabel(got: string, want: string): boolean {
  const [one, other] = [plain(got), plain(want)];
  return one === other || (one !== "" && (other.startsWith(one) || one.startsWith(other)));
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[’‘`]/g, "'")
    .replace(/[^\p{L}\p{N}_\s/'.-]/gu, " ")
    .replace(/\s+/g, " ")
    .replace(/^[ .:-]+|[ .:-]+$/g, "");
}
