import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import type { AuditRow } from "../../src/prompt/event.ts";
import { AuditLog } from "../../src/audit/log.ts";
import { verifyLog, type Verification } from "../../src/audit/verify.ts";
import { ArrayReplica } from "./array-replica.ts";
import { kindsOf, noon } from "./kept-log.ts";

/** A disk that forgets nothing and waits for nothing, since thousands of logs are written. */
const fastDisk = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
/** Each is checked after every step, a dozen on average: some ten thousand histories in all. */
const runs = Number(process.env["AEGIS_HISTORIES"] ?? 850);
const edits = Number(process.env["AEGIS_EDITS"] ?? 10_000);

/** What happens to a log: an entry is written, or its writer dies after this part of what it was to write. */
type Step = { readonly writes: number } | { readonly diesAfter: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ writes: fc.nat({ max: 400 }) }) },
  { weight: 3, arbitrary: fc.record({ diesAfter: fc.double({ min: 0, max: 1, noNaN: true }) }) },
);

class History implements Disposable {
  readonly folder = mkdtempSync(join(fastDisk, "aegis-history-"));
  readonly path = join(this.folder, "audit.log");
  readonly replica = new ArrayReplica();
  readonly #log: AuditLog;
  #entries = 0;

  constructor(segmentBytes: number) {
    this.#log = new AuditLog({ path: this.path, writer: { pid: 1, boot: "", version: "0", mono: () => 1 }, segmentBytes });
  }

  take(step: Step): void {
    if ("writes" in step) this.#write(step.writes);
    else this.#die(step.diesAfter);
  }

  /** Entries that were acknowledged to their writers. */
  get acknowledged(): number {
    return this.#entries;
  }

  async verify(): Promise<Verification> {
    return verifyLog({ path: this.path, replica: this.replica, witnesses: [], patienceMs: 0 });
  }

  [Symbol.dispose](): void {
    this.#log[Symbol.dispose]();
    rmSync(this.folder, { recursive: true });
  }

  #write(length: number): void {
    this.#append(length);
    this.replica.commit();
    this.#entries++;
  }

  /** Writes an entry, then takes back the transaction and the end of what came into the file. */
  #die(after: number): void {
    const before = this.#current();
    this.#append(100);
    this.replica.rollback();
    const { bytes, inode } = this.#current();
    // A new file takes the log's name only when its first entry is whole; what stood before the writer began stays in any case.
    const start = inode === before.inode ? before.bytes.length : bytes.indexOf(10) + 1;
    writeFileSync(this.path, bytes.subarray(0, start + Math.round((bytes.length - start) * after)));
  }

  #append(length: number): void {
    this.#log.append([{ type: "note", at: noon, sessionId: undefined, data: { says: "x".repeat(length) } }], this.replica);
  }

  #current(): { bytes: Buffer; inode: number } {
    if (!existsSync(this.path)) return { bytes: Buffer.alloc(0), inode: 0 };
    return { bytes: readFileSync(this.path), inode: statSync(this.path).ino };
  }
}

const history = fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 25 }), segmentBytes: fc.constantFrom(1_200, 4_000, 1e9) });

test("a log is good after any history of writes and deaths at any byte, and holds every acknowledged entry once", async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ steps, segmentBytes }) => {
      using told = new History(segmentBytes);
      for (const step of steps) {
        told.take(step);
        const found = await told.verify();
        assert.ok(found.ok, kindsOf(found).join(", "));
      }
      const rows = [...told.replica.lines(1)];
      assert.ok(rows.length >= told.acknowledged);
      const text = [...readdirSync(told.folder)].map((name) => readFileSync(join(told.folder, name), "utf8")).join("");
      for (const { line } of rows) assert.equal(text.split(line.toString()).length, 2);
    }),
    { numRuns: runs },
  );
});

/** One change to the bytes of a log. `at` and `to` are parts of its length. */
type Edit = { readonly how: "flip" | "delete" | "insert" | "copy" | "swap" | "cut"; readonly at: number; readonly to: number; readonly size: number; readonly byte: number; readonly byLine: boolean };

const part = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const edit: fc.Arbitrary<Edit> = fc.record({
  how: fc.constantFrom("flip", "delete", "insert", "copy", "swap", "cut"),
  at: part,
  to: part,
  size: fc.integer({ min: 1, max: 3 }),
  byte: fc.integer({ min: 1, max: 255 }),
  byLine: fc.boolean(),
});

function edited(bytes: Buffer, { how, at, to, size, byte, byLine }: Edit): Buffer {
  const edges = byLine ? lineEdges(bytes) : undefined;
  const count = edges?.length ?? bytes.length;
  const [i, j] = [Math.floor(at * count), Math.floor(to * count)];
  const edge = (unit: number) => (edges === undefined ? Math.min(unit, bytes.length) : (edges[unit] ?? bytes.length));
  const piece = (from: number, to: number) => bytes.subarray(edge(from), edge(to));
  switch (how) {
    case "flip": {
      const flipped = Buffer.from(bytes);
      const offset = Math.floor(at * bytes.length);
      if (flipped.length > 0) flipped[offset] = (flipped[offset] ?? 0) ^ byte;
      return flipped;
    }
    case "delete":
      return Buffer.concat([piece(0, i), piece(i + size, Infinity)]);
    case "insert":
      return Buffer.concat([piece(0, i), byLine ? Buffer.from(`line ${byte}\n`) : Buffer.of(byte), piece(i, Infinity)]);
    case "copy":
      return Buffer.concat([piece(0, j), piece(i, i + size), piece(j, Infinity)]);
    case "swap": {
      const [a, b] = i < j ? [i, j] : [j, i];
      return a === b ? bytes : Buffer.concat([piece(0, a), piece(b, b + 1), piece(a + 1, b), piece(a, a + 1), piece(b + 1, Infinity)]);
    }
    case "cut":
      return Buffer.from(piece(0, i));
  }
}

/** Where the lines begin. */
function lineEdges(bytes: Buffer): number[] {
  const edges = [0];
  for (let at = bytes.indexOf(10); at !== -1 && at + 1 < bytes.length; at = bytes.indexOf(10, at + 1)) edges.push(at + 1);
  return edges;
}

test(`none of ${edits} random edit scripts on a log goes unnoticed`, async () => {
  using told = new History(1e9);
  for (const step of [{ writes: 3 }, { diesAfter: 0.5 }, { writes: 40 }, { diesAfter: 0.2 }, { diesAfter: 0.9 }]) told.take(step);
  for (let writes = 0; writes < 12; writes++) told.take({ writes });
  const original = readFileSync(told.path);
  assert.ok((await told.verify()).ok);
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 5 }), async (script) => {
      const bytes = script.reduce(edited, original);
      writeFileSync(told.path, bytes);
      const { ok } = await told.verify();
      // What was only added at the end may look like what a dying writer left: that is no alteration.
      const isOnlyLonger = bytes.subarray(0, original.length).equals(original);
      assert.ok(isOnlyLonger || !ok);
    }),
    { numRuns: edits },
  );
});

/** One change to a row of the replica. `at` is a part of their number. */
const rowEdit = fc.record({ how: fc.constantFrom("delete", "alter", "exchange", "shift"), at: part, to: part, byte: fc.integer({ min: 32, max: 126 }) });

test("no change to the replica alone goes unnoticed", async () => {
  using told = new History(1e9);
  for (let writes = 0; writes < 20; writes++) told.take({ writes });
  let original: AuditRow[] = [];
  told.replica.tamper((rows) => (original = [...rows]));
  await fc.assert(
    fc.asyncProperty(fc.array(rowEdit, { minLength: 1, maxLength: 3 }), async (script) => {
      told.replica.tamper(() => script.reduce<AuditRow[]>(editedRows, original));
      const rows = [...told.replica.lines(1)].map(({ seq, end, line }) => ({ seq, end, line: line.toString() }));
      const isChanged = JSON.stringify(rows) !== JSON.stringify(original.map(({ seq, end, line }) => ({ seq, end, line })));
      assert.equal((await told.verify()).ok, !isChanged);
    }),
    { numRuns: Math.ceil(edits / 10) },
  );
});

function editedRows(rows: AuditRow[], { how, at, to, byte }: { how: string; at: number; to: number; byte: number }): AuditRow[] {
  const [i, j] = [Math.floor(at * rows.length), Math.floor(to * rows.length)];
  const [row, other] = [rows[i], rows[j]];
  if (row === undefined || other === undefined) return rows;
  const put = Math.floor(to * row.line.length);
  switch (how) {
    case "delete":
      return rows.toSpliced(i, 1);
    case "alter":
      return rows.with(i, { ...row, line: row.line.slice(0, put) + String.fromCharCode(byte) + row.line.slice(put + 1) });
    case "exchange":
      return rows.with(i, { ...row, line: other.line }).with(j, { ...other, line: row.line });
    default:
      return rows.with(i, { ...row, end: row.end + byte });
  }
}
