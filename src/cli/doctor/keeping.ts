import { existsSync } from "node:fs";
import { systemClock } from "../../async/clock.ts";
import { logExists } from "../../audit/segments.ts";
import { verifyLog } from "../../audit/verify.ts";
import { counted } from "../../relay/counted.ts";
import { ReplicaReader } from "../../store/replica-reader.ts";
import type { SessionRow } from "../../store/store.ts";
import { reasonOf } from "../failure.ts";
import type { Context } from "../context.ts";
import { mustBeReadable } from "../home.ts";
import { reading } from "../reading.ts";
import { isRunning } from "../running.ts";
import { good, type Finding } from "./finding.ts";

export interface Kept {
  readonly findings: readonly Finding[];
  /** Sessions whose aegis runs. */
  readonly running: readonly SessionRow[];
  /** The running session that holds a lease; undefined: none. */
  holderOf(lease: string): string | undefined;
}

/** The database and the log: readable, intact, and nothing left over from a session that was killed. */
export async function readKept(leases: readonly string[], context: Context): Promise<Kept> {
  try {
    mustBeReadable(context.home);
  } catch {
    // What is in the way of it was said of the home.
    return { running: [], holderOf: () => undefined, findings: [] };
  }
  try {
    const rows = await reading(context, (store) => ({ open: store.sessions({ running: true }), holders: new Map(leases.map((lease) => [lease, store.leaseHolder(lease)])) }));
    const running = (rows?.open ?? []).filter(isRunning);
    const lost = (rows?.open ?? []).filter((session) => !isRunning(session));
    return {
      running,
      holderOf: (lease) => running.find(({ id }) => id === rows?.holders.get(lease))?.id,
      findings: [good("store", rows === undefined ? "nothing is kept yet" : `${context.home.database}, ${counted(running.length, "session runs", "sessions run")}`), ...lost.map((session) => orphanFinding(session, context)), ...(await logFindings(context))],
    };
  } catch (error) {
    return { running: [], holderOf: () => undefined, findings: [storeFinding(reasonOf(error)), ...(await logFindings(context))] };
  }
}

/** @param trouble in the store's words: what is wrong, and behind a semicolon what to do */
function storeFinding(trouble: string): Finding {
  const [what = "", mend = "make it yours, or set AEGIS_HOME to a folder of your own"] = trouble.split("; ");
  return { id: "store", is: "bad", what, why: "without its database aegis relays nothing, and programs run alone", mend };
}

function orphanFinding(session: SessionRow, context: Context): Finding {
  const fix = async (): Promise<string> => {
    await reading(context, (store) => store.endSession(session.id, { exitCode: undefined, at: systemClock.wall() }));
    return `session ${session.id} is ended`;
  };
  return { id: "orphan", is: "warning", what: `session ${session.id} (${session.name}) was killed before it could end`, why: "its prompts still look as if they could be answered", mend: 'run "aegis doctor --fix"; the next session does it too', fix };
}

async function logFindings({ home }: Context): Promise<Finding[]> {
  if (!logExists(home.auditLog) && !existsSync(home.database)) return [];
  try {
    using replica = ReplicaReader.open(home.database);
    const { ok, entries, problems, unwitnessed } = await verifyLog({ path: home.auditLog, replica, witnesses: replica.witnesses() });
    if (ok) return [good("log", `the audit log is intact: ${counted(entries, "entry", "entries")}, ${unwitnessed} of them witnessed by nobody outside this machine`)];
    return [{ id: "log", is: "bad", what: `the audit log is altered: ${problems[0]?.kind ?? "unknown"}${problems[0]?.line ? ` at line ${problems[0].line}` : ""}`, why: "it no longer proves what was asked and answered", mend: 'run "aegis audit verify", and keep a copy before anything else is written' }];
  } catch (error) {
    return [{ id: "log", is: "bad", what: `the audit log can't be checked: ${reasonOf(error)}`, why: "it can't prove what was asked and answered", mend: 'run "aegis audit verify"' }];
  }
}
