import { existsSync, readFileSync } from "node:fs";
import { AuditLog } from "../audit/log.ts";
import { openStore } from "../store/sqlite.ts";
import type { Store } from "../store/store.ts";
import type { Home } from "./home.ts";
import { version } from "./package.ts";

/** The store with its audit log, as every process of aegis opens it. */
export async function openKeeping(home: Home): Promise<Store> {
  // performance.now() begins anew in each process; this one is shared by all since the machine started.
  const mono = (): number => Number(process.hrtime.bigint() / 1_000_000n);
  const log = new AuditLog({ path: home.auditLog, writer: { pid: process.pid, boot: bootId(), version: version(), mono } });
  return await openStore({ path: home.database, attest: (events, replica) => log.append(events, replica) });
}

function bootId(): string {
  const file = "/proc/sys/kernel/random/boot_id";
  return existsSync(file) ? readFileSync(file, "utf8").trim() : "";
}
