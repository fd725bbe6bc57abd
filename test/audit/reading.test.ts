import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { AuditLog } from "../../src/audit/log.ts";
import { followLog, readPieces, type LogEntry } from "../../src/audit/reading.ts";
import { ArrayReplica } from "./array-replica.ts";
import { KeptLog, noon } from "./kept-log.ts";

/** Appends to a log that goes on in a new file after every few entries, without giving anybody else a turn; gives the newest number. */
function rotating(kept: KeptLog): (count: number) => number {
  const log = new AuditLog({ path: kept.log, writer: { pid: 4711, boot: "b007", version: "0.0.0", mono: () => 1 }, segmentBytes: 1_500 });
  const replica = new ArrayReplica();
  return (count) => {
    for (let n = 0; n < count; n++) log.append([{ type: "note", at: noon + n, sessionId: undefined, data: {} }], replica);
    return replica.last()?.seq ?? 0;
  };
}

function filesOf(kept: KeptLog): number {
  return readdirSync(kept.folder).filter((name) => name.endsWith(".jsonl")).length;
}

test("who reads a log while it goes on in new files gets every entry that it had at the begin", () => {
  using kept = new KeptLog();
  const append = rotating(kept);
  append(20);
  const seqs: number[] = [];
  const pieces = readPieces(kept.log, ({ seq }) => void seqs.push(seq));
  pieces.next();
  const files = filesOf(kept);
  append(20);
  assert.ok(filesOf(kept) > files + 1);
  for (const _ of pieces);
  assert.ok(seqs.length >= 20);
  assert.deepEqual(seqs, seqs.map((_, index) => index + 1));
});

test("who follows a log misses nothing, though it went on in several files between two looks", async () => {
  using kept = new KeptLog();
  const append = rotating(kept);
  const before = append(1);
  const seqs: number[] = [];
  const news = new EventEmitter();
  const enough = new AbortController();
  const onEntry = ({ seq }: LogEntry) => {
    seqs.push(seq);
    news.emit("entry");
  };
  const followed = followLog(kept.log, onEntry, enough.signal);
  for (const count of [20, 1, 20]) {
    const files = filesOf(kept);
    const newest = append(count);
    assert.ok(count === 1 || filesOf(kept) > files + 1);
    while (seqs.at(-1) !== newest) await once(news, "entry");
  }
  enough.abort();
  await followed;
  assert.deepEqual(seqs, seqs.map((_, index) => before + 1 + index));
});
