// A process that decides: told which prompts and choice, it answers with its verdicts.
import { noon, openKept, tap } from "./workbench.ts";

const [database = "", log = "", ids = "", choice = "0"] = process.argv.slice(2);
const store = await openKept(database, log);
process.send?.("ready");
process.once("message", () => {
  void (async () => {
    const verdicts: string[] = [];
    for (const id of ids.split(",")) verdicts.push((await store.decide(tap(id, Number(choice)), noon + 1)).is);
    await store[Symbol.asyncDispose]();
    process.send?.(verdicts, () => process.disconnect());
  })();
});
