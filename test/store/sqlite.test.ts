import { openKept, temporaryHome } from "./workbench.ts";
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

storeContract("a store in a file, by two connections", async () => {
  const home = temporaryHome();
  const mine = await openKept(home.database, home.log);
  const theirs = await openKept(home.database, home.log);
  return {
    mine,
    theirs,
    async [Symbol.asyncDispose]() {
      await mine[Symbol.asyncDispose]();
      await theirs[Symbol.asyncDispose]();
      home[Symbol.dispose]();
    },
  };
});
