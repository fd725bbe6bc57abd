import { userInfo } from "node:os";
import { purgeBefore, removeFiles } from "../audit/purge.ts";
import { logExists } from "../audit/segments.ts";
import { counted } from "../relay/counted.ts";
import { timeFrom } from "./audit-filter.ts";
import { verification } from "./audit.ts";
import type { Context } from "./context.ts";
import { Failure } from "./failure.ts";
import { mustBeReadable } from "./home.ts";
import { openKeeping } from "./keeping.ts";

export interface PurgeOptions {
  /** As "aegis audit show --since" takes it. */
  readonly before: string;
  readonly reason: string;
}

/**
 * "aegis audit purge": removes the log's finished files that are older, after the log itself has said so.
 * @returns 0: done, or nothing to do
 * @throws Failure when the log is not intact: what is wrong with it must not be removed
 */
export async function purge({ before, reason }: PurgeOptions, { home, output }: Context): Promise<number> {
  mustBeReadable(home);
  const path = home.auditLog;
  const found = logExists(path) ? purgeBefore(path, timeFrom("--before", before, Date.now()), { reason, by: userInfo().username }) : undefined;
  if (found === undefined) {
    output.line(`nothing to purge: the log has no finished file without a newer entry`);
    return 0;
  }
  const { ok } = await verification(home);
  if (!ok) throw new Failure("the audit log is not intact, so nothing is removed from it", '"aegis audit verify" says what is wrong');
  await using store = await openKeeping(home);
  await store.record({ type: "log.purged", at: Date.now(), sessionId: undefined, data: found.data });
  removeFiles(found);
  await store.forgetEvents(found.lastSeq);
  output.line(`purged ${counted(found.files.length, "file", "files")}, entries up to ${found.lastSeq}`);
  return 0;
}
