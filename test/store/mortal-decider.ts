// A process that decides prompts and types their answers, as far as it gets before it is killed. It prints what it was told.
// "listens": it is also the process that the prompts' sessions run in.
import { writeSync } from "node:fs";
import type { Store } from "../../src/store/store.ts";
import { noon, openKept, tap } from "./workbench.ts";

async function decide(store: Store, id: string): Promise<void> {
  const verdict = await store.decide(tap(id, 1), noon + 1);
  writeSync(1, `${verdict.is} ${id}\n`);
  if (verdict.is !== "accepted") return;
  if (await store.beginInjection(id, noon + 2)) writeSync(1, `typed ${id}\n`);
  await store.endInjection(id, { is: "delivered", decision: verdict.decision }, noon + 3);
  writeSync(1, `told ${id}\n`);
}

async function main(store: Store, ids: readonly string[], listens: boolean): Promise<void> {
  for (const id of ids) {
    const end = new AbortController();
    const heard = listens ? store.decisions(`s${id}`, end.signal)[Symbol.asyncIterator]().next() : undefined;
    await decide(store, id);
    end.abort();
    await heard;
  }
  writeSync(1, "done\n");
}

const [database = "", log = "", ids = "", how] = process.argv.slice(2);
void openKept(database, log).then((store) => main(store, ids.split(","), how === "listens"));
