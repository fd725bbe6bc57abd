import { existsSync } from "node:fs";
import type { Problem } from "../audit/problem.ts";
import { installOf } from "../audit/reading.ts";
import { logExists } from "../audit/segments.ts";
import { verifyLog, type ReplicaSource, type Verification } from "../audit/verify.ts";
import type { Witness } from "../audit/witness-check.ts";
import { receiptMark } from "../prompt/receipt-mark.ts";
import type { Receipt } from "../prompt/reply.ts";
import { counted } from "../relay/counted.ts";
import { ReplicaReader } from "../store/replica-reader.ts";
import { StoreTrouble } from "../store/store.ts";
import { isBusy } from "../store/trouble.ts";
import type { Context } from "./context.ts";
import { Failure, reasonOf } from "./failure.ts";
import { mustBeReadable, type Home } from "./home.ts";
import type { Output } from "./output.ts";
import type { Testimonies } from "./witness-inquiry.ts";

/** How many problems are printed one by one. */
const shownProblems = 20;
/** Who gives a hash on the command line, as a witness. */
const commandLine = "--expect";

export interface VerifyOptions {
  readonly json: boolean;
  /** What the phone shows: "1042:9f3ac1d2", or "#1042·9f3ac1d2" as it stands there. */
  readonly expect: readonly string[];
  /** undefined: from the log's begin. */
  readonly from: number | undefined;
  /** Asks the witnesses themselves, too: what the database remembers of them can be rewritten here. */
  readonly online: boolean;
}

/**
 * "aegis audit verify"
 * @returns 0: intact; 1: altered; 2: intact as far as can be told, but a witness could not be asked, or what was expected not be looked at
 * @throws Failure when that can't be told
 */
export async function verify({ json, expect, from, online }: VerifyOptions, { home, output, environment }: Context): Promise<number> {
  const expected = expect.map(parseExpected);
  mustBeReadable(home);
  const hasAny = logExists(home.auditLog) || existsSync(home.database);
  if (!hasAny) throw new Failure(`there is no audit log in ${home.folder}`, '"aegis run COMMAND" begins one; AEGIS_HOME says where it is');
  const asked = online ? await inquire(home, environment) : undefined;
  const started = performance.now();
  const found = await watched({ expected: [...expected, ...(asked?.witnesses ?? [])], from }, { home, output });
  if (from !== undefined && found.entries === 0 && found.ok) throw new Failure(`the audit log has no entry ${from}`, '"aegis audit verify" checks all of it');
  if (json) output.json({ ...verificationJson(found), ms: Math.round(performance.now() - started) });
  else report(found, from, output);
  for (const notice of asked?.notices ?? []) output.notice(notice);
  for (const failure of asked?.failures ?? []) output.failure(new Failure(failure, "the others were asked; try again when it can be reached"));
  const unheard = found.witnesses.filter(({ source, matches }) => source === commandLine && matches === undefined);
  if (!found.ok) return 1;
  for (const { seq } of unheard) output.failure(new Failure(`entry ${seq} could not be compared: it is not in the part of the log that was looked at`, from === undefined ? "it was purged" : '"aegis audit verify" without --from checks all of the log'));
  return unheard.length === 0 && (asked === undefined || asked.failures.length === 0) ? 0 : 2;
}

/** Loaded by whoever asks for it: Telegram's client and the configuration cost each check 1.5 MB and 10 ms otherwise. */
async function inquire(home: Home, environment: Context["environment"]): Promise<Testimonies> {
  const { askWitnesses } = await import("./witness-inquiry.ts");
  const { loadConfig } = await import("./config.ts");
  return await askWitnesses({ install: installOf(home.auditLog), telegram: loadConfig(home, environment).telegram });
}

async function watched(given: Parameters<typeof verification>[1], { home, output }: Pick<Context, "home" | "output">): Promise<Verification> {
  using _ = output.progress("verifying the audit log");
  return await verification(home, given);
}

/** Checks the log of a home against its replica, the witnesses that the store remembers, and those that are given. */
export async function verification(home: Home, given: { expected?: readonly Witness[]; from?: number | undefined } = {}): Promise<Verification> {
  using opened = openReplica(home.database);
  const witnesses = [...opened.witnesses, ...(given.expected ?? [])];
  try {
    return await verifyLog({ path: home.auditLog, replica: opened.source, database: home.database, witnesses, ...(given.from === undefined ? {} : { from: given.from }) });
  } catch (error) {
    throw new Failure(`the audit log in ${home.folder} can't be read: ${reasonOf(error)}`, "only its owner can verify it", { cause: error });
  }
}

function openReplica(path: string): Disposable & { readonly source: ReplicaSource; readonly witnesses: readonly Witness[] } {
  try {
    const reader = ReplicaReader.open(path);
    return { source: reader, witnesses: reader.witnesses(), [Symbol.dispose]: () => reader[Symbol.dispose]() };
  } catch (error) {
    if (error instanceof StoreTrouble && isBusy(error.cause)) throw new Failure(error.message, "the log can be compared with its copy when that program is done", { cause: error });
    const kind = existsSync(path) ? "replica-corrupt" : "replica-unreadable";
    return { source: { kind, why: reasonOf(error) }, witnesses: [], [Symbol.dispose]: () => undefined };
  }
}

function parseExpected(text: string): Witness {
  const match = /^#?([1-9]\d{0,14})[:·]([0-9a-f]{8,64})…?$/i.exec(text.trim());
  const [, seq, hash] = match ?? [];
  if (seq === undefined || hash === undefined)
    throw new Failure(`--expect takes SEQ:HASH, not "${text}"`, "the phone shows it below an answered prompt, for example #1042·9f3ac1d2");
  return { source: commandLine, seq: Number(seq), hash: hash.toLowerCase() };
}

/** Every key is always there. */
function verificationJson(found: Verification): object {
  const { firstSeq, head, lastGood, witnessedUpTo, problems, witnesses, ...rest } = found;
  const shown = problems.map((problem) => ({ ...problem, seq: problem.seq ?? null }));
  return {
    ...rest,
    firstBad: shown.find(({ severity }) => severity === "error") ?? null,
    firstSeq: firstSeq ?? null,
    head: head ?? null,
    lastGood: lastGood ?? null,
    problems: shown,
    witnesses: witnesses.map((witness) => ({ ...witness, matches: witness.matches ?? null })),
    witnessedUpTo: witnessedUpTo ?? null,
  };
}

function report(found: Verification, from: number | undefined, output: Output): void {
  const errors = found.problems.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first !== undefined) output.failure(new Failure(`audit log broken at ${placeOf(first)}: ${first.kind}: ${first.detail}`, goodUpTo(found.lastGood)));
  const size = `${counted(found.entries, "entry", "entries")}, ${found.bytes} bytes`;
  const newest = found.head === undefined ? "" : `, the newest is ${receiptMark(found.head)}`;
  output.line(found.ok ? `audit log intact: ${size}${newest}` : `audit log altered: ${size}; ${goodUpTo(found.lastGood)}`);
  for (const problem of found.problems.slice(0, shownProblems)) output.line(`  ${problem.severity}: ${placeOf(problem)}: ${problem.kind}: ${problem.detail}`);
  if (found.ok && (found.firstSeq ?? 1) > 1) output.line(`  it begins with entry ${found.firstSeq}${from === undefined ? ": those before it were purged" : ""}`);
  const kinds = Object.entries(found.counts);
  if (kinds.length > 0) output.line(`  in all: ${kinds.map(([kind, count]) => `${count} ${kind}`).join(", ")}`);
  output.line(witnessed(found));
}

function placeOf({ file, line, offset, seq }: Problem): string {
  if (file === "") return "the replica";
  const entry = seq === undefined ? "" : `, entry ${seq}`;
  return line === 0 ? file : `${file} line ${line} (byte ${offset}${entry})`;
}

function goodUpTo(last: Receipt | undefined): string {
  return last === undefined ? "no entry is proven good" : `the last entry that is proven good is ${receiptMark(last)}`;
}

function witnessed({ witnessedUpTo, unwitnessed, witnesses }: Verification): string {
  const all = unwitnessed === 1 ? "its one entry rests" : `all ${unwitnessed} entries rest`;
  if (witnessedUpTo === undefined) return `witnessed by nobody outside this machine: ${all} on it alone`;
  const rest = `${counted(unwitnessed, "newer entry rests", "newer entries rest")} on this machine alone`;
  const sources = new Set(witnesses.filter(({ seq, matches }) => seq === witnessedUpTo && matches === true).map(({ source }) => source));
  return `witnessed up to entry ${witnessedUpTo} (${[...sources].join(", ")}); ${unwitnessed === 0 ? "nothing is newer" : rest}`;
}
