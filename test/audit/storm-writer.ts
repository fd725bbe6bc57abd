// A process that appends until it is killed. Each receipt is printed when it has it.
import { writeSync } from "node:fs";
import { AuditLog } from "../../src/audit/log.ts";
import { openStore } from "../../src/store/sqlite.ts";

async function main(database: string, path: string): Promise<void> {
  const log = new AuditLog({ path, writer: { pid: process.pid, boot: "b007", version: "0.0.0", mono: () => performance.now() }, segmentBytes: 40_000 });
  const store = await openStore({ path: database, attest: (event, replica) => log.append(event, replica) });
  for (;;) {
    const { seq, hash } = await store.record({ type: "storm", at: Date.now(), sessionId: undefined, data: { says: "x".repeat(Math.random() * 2_000) } });
    writeSync(1, `${seq} ${hash}\n`);
  }
}

void main(process.argv[2] ?? "", process.argv[3] ?? "");
