// A process that decides prompts and types their answers, as far as it gets before it is killed. It prints what it was told.
import { writeSync } from "node:fs";
import { noon, openKept, tap } from "./workbench.ts";

async function main(database: string, log: string, ids: readonly string[]): Promise<void> {
  const store = await openKept(database, log);
  for (const id of ids) {
    const verdict = await store.decide(tap(id, 1), noon + 1);
    writeSync(1, `${verdict.is} ${id}\n`);
    if (verdict.is !== "accepted") continue;
    if (await store.beginInjection(id, noon + 2)) writeSync(1, `typed ${id}\n`);
    await store.endInjection(id, { is: "delivered", decision: verdict.decision }, noon + 3);
    writeSync(1, `told ${id}\n`);
  }
  writeSync(1, "done\n");
}

const [database = "", log = "", ids = ""] = process.argv.slice(2);
void main(database, log, ids.split(","));
