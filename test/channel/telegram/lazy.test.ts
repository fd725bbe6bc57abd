import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { askOf } from "../ask.ts";
import { openStage } from "./stage.ts";

const { cache } = createRequire(import.meta.url);
const isLoaded = (): boolean => Object.keys(cache).some((path) => path.includes("/node_modules/telegraf/"));

test("telegraf, which takes 40 ms to load, is loaded with the first call and not before", async () => {
  await using stage = await openStage();
  assert.equal(isLoaded(), false);
  await stage.channel.send(askOf(), new AbortController().signal);
  assert.equal(isLoaded(), true);
});
