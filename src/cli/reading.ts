import { existsSync } from "node:fs";
import { StoreTrouble, type Store } from "../store/store.ts";
import type { Context } from "./context.ts";
import { Failure } from "./failure.ts";
import { mustBeReadable } from "./home.ts";
import { openKeeping } from "./keeping.ts";

/**
 * Works with the store.
 * @returns undefined when nothing was ever kept
 * @throws Failure when what was kept can't be used
 */
export async function reading<T>({ home }: Context, read: (store: Store) => T | Promise<T>): Promise<T | undefined> {
  mustBeReadable(home);
  if (!existsSync(home.database)) return undefined;
  try {
    await using store = await openKeeping(home);
    return await read(store);
  } catch (error) {
    if (!(error instanceof StoreTrouble)) throw error;
    throw new Failure(error.message, '"aegis doctor" says why it matters and how to mend it', { cause: error });
  }
}
