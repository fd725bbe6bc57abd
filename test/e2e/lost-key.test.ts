import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { startDesk } from "./desk.ts";

const menu = resolve(import.meta.dirname, "../../fixtures/children/menu.mjs");

test("a key that the program lost is told of, typed no second time, and the question is asked anew", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run([process.execPath, menu, "sleepy", "1. Yes", "2. No"]);
  const first = await desk.api.message(({ text }) => text.includes("Delete the folder?"));
  await desk.ada.taps("No");
  await desk.api.edited(({ id, text }) => id === first.id && text.includes("Sent, but the screen did not move on"));
  const second = await desk.api.message(({ id, text }) => id > first.id && text.includes("Delete the folder?"));
  // Typed again on its own, the lost digit would have answered by now.
  assert.doesNotMatch(terminal.text, /chose/);
  const no = second.button("No");
  desk.ada.presses(no, second);
  assert.equal(await terminal.exit(), 0);
  assert.match(terminal.text, /chose 2\. No/);
  await desk.api.edited(({ id, text }) => id === second.id && text.includes("Delivered"));
});
