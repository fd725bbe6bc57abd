// A process that appends until it is killed. It prints "ready", then each receipt when it has it.
import { writeSync } from "node:fs";
import { AuditLog } from "../../src/audit/log.ts";
import { openStore } from "../../src/store/sqlite.ts";

async function main(database: string, path: string, segmentBytes: number): Promise<void> {
  const log = new AuditLog({ path, writer: { pid: process.pid, boot: "b007", version: "0.0.0", mono: () => performance.now() }, segmentBytes });
  const store = await patiently(() => openStore({ path: database, attest: (events, replica) => log.append(events, replica) }));
  writeSync(1, "ready\n");
  for (;;) {
    const says = "x".repeat(Math.random() * 2_000);
    const { seq, hash } = await patiently(() => store.record({ type: "storm", at: Date.now(), sessionId: undefined, data: { says } }));
    writeSync(1, `${seq} ${hash}\n`);
  }
}

/** Among seven others that never rest, on a machine that has much else to do, nobody is sure of a turn within 15 s. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Error && error.message.endsWith(" locked"))) throw error;
    }
  }
}

void main(process.argv[2] ?? "", process.argv[3] ?? "", Number(process.argv[4] ?? 40_000));
