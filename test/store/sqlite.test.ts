import { openKept, openTwice, temporaryHome } from "./workbench.ts";
import { storeContract } from "./store.contract.ts";

storeContract("a store in memory", async () => {
  const home = temporaryHome();
  const store = await openKept(":memory:", home.log);
  return {
    mine: store,
    theirs: store,
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]();
      home[Symbol.dispose]();
    },
  };
});

storeContract("a store in a file, by two connections", () => openTwice());
