// A process that writes five entries, each again until it is acknowledged, and prints the receipts and the troubles it had.
import { writeSync } from "node:fs";
import { AuditLog } from "../../src/audit/log.ts";
import { openStore } from "../../src/store/sqlite.ts";

async function stubbornly<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      writeSync(1, `trouble ${error instanceof Error ? error.message : "?"}\n`);
    }
  }
}

async function main(database: string, path: string): Promise<void> {
  const log = new AuditLog({ path, writer: { pid: process.pid, boot: "b007", version: "0.0.0", mono: () => performance.now() } });
  const store = await stubbornly(() => openStore({ path: database, attest: (events, replica) => log.append(events, replica) }));
  for (let n = 0; n < 5; n++) {
    const { seq, hash } = await stubbornly(() => store.record({ type: "stubborn", at: Date.now(), sessionId: undefined, data: { n } }));
    writeSync(1, `receipt ${seq} ${hash}\n`);
  }
}

void main(process.argv[2] ?? "", process.argv[3] ?? "");
