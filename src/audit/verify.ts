import { existsSync } from "node:fs";
import { setImmediate as turn, setTimeout as delay } from "node:timers/promises";
import { messageOf } from "../async/message-of.ts";
import type { Receipt } from "../prompt/reply.ts";
import { ChainCheck } from "./chain-check.ts";
import { ClockCheck } from "./clock-check.ts";
import { readFrame } from "./frame.ts";
import { checkFile, openFiles } from "./log-files.ts";
import { LineReader } from "./line-reader.ts";
import { Findings, type Place, type Problem } from "./problem.ts";
import { ReplicaCheck, type ReplicaReader } from "./replica-check.ts";
import { lastSeqOf, segmentsOf } from "./segments.ts";
import { WitnessCheck, type Testimony, type Witness } from "./witness-check.ts";

/** What was found; "aegis audit verify --json" prints it. */
export interface Verification {
  /** Whether there is no error; warnings tell of crashes that the log survived. */
  readonly ok: boolean;
  readonly entries: number;
  readonly bytes: number;
  readonly firstSeq: number | undefined;
  /** The newest entry in the file; undefined: there is none. */
  readonly head: Receipt | undefined;
  /** The newest entry before the first bad line; undefined: there is none. */
  readonly lastGood: Receipt | undefined;
  /** Those of lines in the order of the log, then those of files as a whole; at most 1,000. */
  readonly problems: readonly Problem[];
  /** How many there are of each kind. */
  readonly counts: { readonly [kind: string]: number };
  readonly witnesses: readonly Testimony[];
  /** The newest entry that somebody outside this machine confirms; undefined: none. */
  readonly witnessedUpTo: number | undefined;
  /** Entries after that one; none was: all that are looked at. */
  readonly unwitnessed: number;
  /** Without their folder, oldest first. */
  readonly files: readonly string[];
}

/** The replica, or why there is none to compare with. */
export type ReplicaSource = ReplicaReader | { readonly kind: "replica-unreadable" | "replica-corrupt"; readonly why: string };

export interface VerifyRequest {
  readonly path: string;
  readonly replica: ReplicaSource;
  readonly witnesses: Iterable<Witness>;
  /** The file that the replica stands in, which must be as much ours alone. undefined: none. */
  readonly database?: string;
  /** The first entry to look at; what stands before it is believed. undefined: the log's first. */
  readonly from?: number;
  /** How long a line may take to get its end, and its entry to be committed: longer than any write. undefined: 250. */
  readonly patienceMs?: number;
}

/** Purges in the course of one check. */
const mostPurges = 5;

/**
 * Checks a log while others may append to it, or purge it: its chain, its replica, and what witnesses remember. Reads it once, in
 * constant memory; anew, when files and rows went that had been there. Rejects when the log can't be read.
 */
export async function verifyLog(given: VerifyRequest): Promise<Verification> {
  for (let purges = 0; ; purges++) {
    const begun = segmentsOf(given.path);
    // Whatever is wrong may be so only because a purge took away what was about to be read.
    const wasPurged = (): boolean => purges < mostPurges && begun.some((segment) => !existsSync(segment));
    try {
      const found = await verifyOnce(given);
      if (found.ok || !wasPurged()) return found;
    } catch (error) {
      if (!wasPurged()) throw error;
    }
  }
}

async function verifyOnce(given: VerifyRequest): Promise<Verification> {
  const findings = new Findings();
  const from = given.from ?? 1;
  if (given.database !== undefined) checkFile(given.database, findings);
  // Before the file is opened: what the replica has now must stand in the file by then.
  const replica = replicaCheck(given.replica, findings, from);
  const files = openFiles(given.path, { findings, committed: replica?.committed ?? 0, from });
  const witnesses = new WitnessCheck(given.witnesses, findings);
  const clock = new ClockCheck(findings);
  const chain = new ChainCheck({
    findings,
    from,
    onlooker: {
      entry(frame, place) {
        replica?.entry(frame, place);
        witnesses.entry(frame, place);
        clock.entry(frame, place);
      },
      knowsForged: (seq) => replica?.knowsForged(seq) ?? false,
      isCommitted: (seq) => replica === undefined || seq <= replica.committed,
    },
  });
  const follow = follower(chain, from);
  let bytes = 0;
  for (const segment of files.segments) {
    using reader = new LineReader(segment);
    const end = await follow(reader);
    bytes += end.offset + reader.rest.length;
    if (reader.rest.length > 0) chain.rest(reader.rest, end);
    const named = lastSeqOf(given.path, segment);
    const isNamedRight = findings.hasBadLine || chain.next - 1 === named;
    if (!isNamedRight) findings.error("foreign", { file: end.file, line: 0, offset: 0 }, `${segment} does not end with entry ${named}, as its name says`);
  }
  const patienceMs = given.patienceMs ?? 250;
  const end = await finish(files.current, { follow, chain, committed: replica?.committed ?? 0, patienceMs });
  // A line is written before it is committed.
  for (let waitedMs = 0; waitedMs < patienceMs && replica?.isBehind(chain.next - 1) === true; waitedMs += checkMs) await delay(checkMs);
  replica?.finish(chain.next, end);
  witnesses.finish(chain.next, end);
  const { witnessedUpTo, testimonies } = witnesses;
  return {
    ok: !findings.hasErrors,
    entries: chain.entries,
    bytes: bytes + end.offset,
    firstSeq: chain.first,
    head: chain.head,
    lastGood: chain.lastGood,
    problems: inOrder(findings.problems, files.names),
    counts: findings.counts,
    witnesses: testimonies,
    witnessedUpTo,
    unwitnessed: Math.max(0, chain.next - Math.max(chain.first ?? chain.next, (witnessedUpTo ?? 0) + 1)),
    files: files.names,
  };
}

const checkMs = 50;

type Follow = (reader: LineReader) => Promise<Place>;

/** Feeds the chain from the first entry that is to be looked at. */
function follower(chain: ChainCheck, from: number): Follow {
  let isReached = from === 1;
  return async (reader) => {
    const check = (line: Buffer, isWhole: boolean): void => {
      isReached ||= isWhole && (readFrame(line)?.seq ?? 0) >= from;
      if (isReached) chain.line(line, isWhole, reader.place);
    };
    // Whoever waits for a long log is told so meanwhile, and can interrupt it.
    while (reader.step(check)) await turn();
    return reader.place;
  };
}

/** @param given.committed the newest entry that was */
async function finish(current: LineReader | undefined, given: { follow: Follow; chain: ChainCheck; committed: number; patienceMs: number }): Promise<Place> {
  const { follow, chain, committed, patienceMs } = given;
  if (current === undefined) {
    const nowhere = { file: "", line: 0, offset: 0 };
    chain.finish(Buffer.alloc(0), nowhere, 0);
    return nowhere;
  }
  using reader = current;
  let end = await follow(reader);
  // A line without its end: a writer is at work, which takes a moment only, or has died.
  for (let waitedMs = 0; waitedMs < patienceMs && reader.rest.length > 0; waitedMs += checkMs) {
    await delay(checkMs);
    end = await follow(reader);
  }
  chain.finish(reader.rest, end, committed);
  return end;
}

/** undefined: there is nothing to compare with, and the findings say so. */
function replicaCheck(source: ReplicaSource, findings: Findings, from: number): ReplicaCheck | undefined {
  const place = { file: "", line: 0, offset: 0 };
  if ("why" in source) {
    findings.error(source.kind, place, source.why);
    return undefined;
  }
  try {
    return new ReplicaCheck(source, { findings, from });
  } catch (error) {
    findings.error("replica-corrupt", place, `the database is damaged: ${messageOf(error)}`);
    return undefined;
  }
}

/** Bad lines first: what is wrong with a file as a whole must not hide them. */
function inOrder(problems: readonly Problem[], files: readonly string[]): Problem[] {
  const rank = ({ file, line }: Problem): number => (line === 0 ? files.length : files.indexOf(file));
  return [...problems].sort((a, b) => rank(a) - rank(b) || a.offset - b.offset);
}
