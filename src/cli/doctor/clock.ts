import { good, type Finding } from "./finding.ts";

/** HTTP dates have whole seconds, and answers take their time. */
const maxSkewMs = 30_000;

/** Compares the clock with the server's; empty when the server does not say. */
export async function clockFindings(apiRoot: string): Promise<Finding[]> {
  const skewMs = await skewOf(apiRoot);
  if (skewMs === undefined) return [];
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  if (Math.abs(skewMs) <= maxSkewMs) return [good("clock", "the clock agrees with Telegram's")];
  return [{ id: "clock", is: "warning", what: `the clock is ${seconds} s ${skewMs > 0 ? "ahead of" : "behind"} Telegram's`, why: "the log's times would be wrong, and prompts expire by them", mend: 'set it: "timedatectl set-ntp true"' }];
}

/** Ours minus theirs; undefined: they do not say. The address holds no token. */
async function skewOf(apiRoot: string): Promise<number | undefined> {
  try {
    const { headers } = await fetch(apiRoot, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(5_000) });
    const date = Date.parse(headers.get("date") ?? "");
    return Number.isNaN(date) ? undefined : Date.now() - date;
  } catch {
    return undefined;
  }
}
