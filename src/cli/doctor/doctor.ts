import { botIdIn, botName } from "../../channel/telegram/recipient.ts";
import type { Context } from "../context.ts";
import { printable } from "../printable.ts";
import { agentFindings } from "./agents.ts";
import { engineFindings } from "./engine.ts";
import { fileFindings } from "./files.ts";
import type { Finding } from "./finding.ts";
import { readKept } from "./keeping.ts";
import { readSettings } from "./settings.ts";
import { systemFindings } from "./system.ts";
import { telegramFindings } from "./telegram.ts";

export interface DoctorOptions {
  readonly json?: boolean;
  /** Mend what can be mended without asking. */
  readonly fix?: boolean;
}

/** A finding, and what became of it: undefined, it was not mended. */
interface Treated extends Finding {
  readonly done: string | undefined;
}

/**
 * "aegis doctor"
 * @returns 0: nothing is bad, or it is mended; 1: something is
 */
export async function doctor({ json, fix }: DoctorOptions, context: Context): Promise<number> {
  const { output } = context;
  const findings = await examined(fix === true, context);
  const isHealthy = findings.every(({ is, done }) => is !== "bad" || done !== undefined);
  if (json === true) {
    output.json({ ok: isHealthy, findings: findings.map(({ id, is, what, why, mend, done }) => ({ id, is: done === undefined ? is : "mended", what, why: why ?? null, mend: mend ?? null, done: done ?? null })) });
  } else {
    for (const finding of findings) show(finding, context);
    output.line(isHealthy ? "\nNothing stands in the way." : `\n${findings.some(({ fix, done }) => fix && done === undefined) ? '"aegis doctor --fix" mends part of it.' : "Mend what is marked with ✗."}`);
  }
  return isHealthy ? 0 : 1;
}

/** Each part looks after the ones before it were mended: a home that was closed to others can be read. */
async function examined(isToFix: boolean, context: Context): Promise<Treated[]> {
  using _ = context.output.progress("looking");
  const treated: Treated[] = [];
  const treat = async (findings: readonly Finding[]): Promise<void> => {
    for (const finding of findings) treated.push({ ...finding, done: isToFix ? await mended(finding) : undefined });
  };
  await treat(await engineFindings());
  await treat(fileFindings(context.home));
  const { config, findings } = readSettings(context);
  await treat(findings);
  const telegram = config?.telegram;
  const lease = telegram && botName(botIdIn(telegram.token.reveal()));
  const kept = await readKept(lease === undefined ? [] : [lease], context);
  await treat(kept.findings);
  if (telegram && lease !== undefined) await treat(await telegramFindings(telegram, kept.holderOf(lease)));
  await treat(await systemFindings());
  await treat(await agentFindings(context));
  return treated;
}

async function mended({ fix }: Finding): Promise<string | undefined> {
  try {
    return await fix?.();
  } catch {
    // It stays as bad as it was found, with the words for the person.
    return undefined;
  }
}

function show({ is, what, why, mend, done }: Treated, { output }: Context): void {
  const { paint } = output;
  const mark = done !== undefined || is === "good" ? paint.green("✓") : is === "warning" ? paint.yellow("!") : paint.red("✗");
  output.line(`${mark} ${printable(done ?? what)}`);
  if (done !== undefined || is === "good") return;
  if (why !== undefined) output.line(`    why:  ${printable(why)}`);
  if (mend !== undefined) output.line(`    mend: ${printable(mend)}`);
}
