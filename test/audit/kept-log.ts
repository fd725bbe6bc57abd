import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuditEvent } from "../../src/prompt/event.ts";
import { AuditLog } from "../../src/audit/log.ts";
import { verifyLog, type ReplicaSource, type Verification, type VerifyRequest } from "../../src/audit/verify.ts";
import { link, readEntry, type Link } from "../../src/audit/chain.ts";
import { ReplicaReader } from "../../src/store/replica-reader.ts";
import { openStore } from "../../src/store/sqlite.ts";

export const noon = Date.parse("2026-11-21T12:00:00Z");

/** A home folder with a log and its replica, to write honestly and to tamper with. */
export class KeptLog implements Disposable {
  readonly folder: string;
  readonly log: string;
  readonly database: string;

  /** @param folder undefined: a new one */
  constructor(folder = mkdtempSync(join(tmpdir(), "aegis-audit-"))) {
    this.folder = folder;
    this.log = join(folder, "audit.log");
    this.database = join(folder, "aegis.db");
  }

  /** One with `entries` entries, the genesis included. */
  static async of(entries: number, segmentBytes?: number): Promise<KeptLog> {
    const kept = new KeptLog();
    await kept.append(entries - 1, segmentBytes);
    return kept;
  }

  async append(count: number, segmentBytes?: number): Promise<void> {
    await this.writing(async (write) => {
      for (let n = 1; n <= count; n++) await write({ n, says: "yes, n° 1" });
    }, segmentBytes);
  }

  /** Opens log and store as the cli does. @param segmentBytes when the log goes on in a new file */
  async writing(work: (write: (data?: AuditEvent["data"]) => Promise<void>) => Promise<void>, segmentBytes?: number): Promise<void> {
    const writer = { pid: 4711, boot: "b007", version: "0.0.0", mono: () => 1 };
    using log = new AuditLog({ path: this.log, writer, ...(segmentBytes === undefined ? {} : { segmentBytes }) });
    await using store = await openStore({ path: this.database, attest: (events, replica) => log.append(events, replica) });
    let n = 0;
    await work(async (data = {}) => void (await store.record({ type: "note", at: noon + ++n, sessionId: "abcd", data })));
  }

  async verify(given: Partial<VerifyRequest> = {}): Promise<Verification> {
    using reader = this.#replica();
    return await verifyLog({ path: this.log, replica: reader.source, database: this.database, witnesses: [], patienceMs: 0, ...given });
  }

  #replica(): Disposable & { source: ReplicaSource } {
    try {
      const source = ReplicaReader.open(this.database);
      return { source, [Symbol.dispose]: () => source[Symbol.dispose]() };
    } catch (error) {
      const kind = existsSync(this.database) ? "replica-corrupt" : "replica-unreadable";
      return { source: { kind, why: String(error) }, [Symbol.dispose]: () => undefined };
    }
  }

  /** Without newlines. */
  get lines(): string[] {
    return readFileSync(this.log, "utf8").split("\n").slice(0, -1);
  }

  set lines(lines: readonly string[]) {
    this.bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
  }

  get bytes(): Buffer {
    return readFileSync(this.log);
  }

  set bytes(bytes: Buffer) {
    writeFileSync(this.log, bytes);
  }

  /** Adds bytes as a writer that died would leave them. */
  leave(bytes: string | Buffer): void {
    appendFileSync(this.log, bytes);
  }

  /** The hash of an entry, by its number. */
  hashOf(seq: number): string {
    return entryOf(this.lines[seq - 1] ?? "").hash;
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function entryOf(line: string): NonNullable<ReturnType<typeof readEntry>> {
  const entry = readEntry(line);
  if (entry === undefined) throw new Error(`not an entry: ${line}`);
  return entry;
}

/** What a forger who knows the format makes of the lines from number `seq` on: the change, and a chain that fits. */
export function rechained(lines: readonly string[], seq: number, change: (line: string) => string): string[] {
  const forged: Link[] = [];
  for (const line of lines.slice(seq - 1)) {
    const entry = entryOf(forged.length === 0 ? change(line) : line);
    const before = forged.at(-1) ?? (seq > 1 ? entryOf(lines[seq - 2] ?? "") : undefined);
    forged.push(link(before, entry));
  }
  return [...lines.slice(0, seq - 1), ...forged.map(({ line }) => line)];
}

/** The kinds of what was found, the first in the log first. */
export function kindsOf({ problems }: Verification): string[] {
  return problems.map(({ kind, severity, line }) => `${severity === "warning" ? "(" : ""}${kind}${severity === "warning" ? ")" : ""} @${line}`);
}
