import assert from "node:assert/strict";
import { test } from "node:test";
import { entries } from "./audit-log.ts";
import { startDesk } from "./desk.ts";
import { noted } from "./noted.ts";
import { pidOf } from "./pid-of.ts";

test("a tap that comes again after its taker was killed is told that it counted, and counts once", async () => {
  await using desk = await startDesk();
  await using shop = desk.run(["--name", "shop", "bash", "-c", 'read -p "Open the shop? [y/n] " a']);
  await desk.asked("Open the shop?");
  await using blog = desk.run(["--name", "blog", "bash", "-c", 'read -p "Publish it? [y/n] " a; echo "got: $a."; read b']);
  const question = await desk.asked("Publish it?");
  const yes = question.button("Yes");
  await desk.api.polled();
  // The shop's process takes the tap; neither its toast nor its confirmation gets through.
  desk.api.fault("answerCallbackQuery", { kind: "hang" });
  desk.api.fault("getUpdates", { kind: "hang" });
  const tap = desk.ada.presses(yes, question);
  await blog.shows(/got: y\./);
  process.kill(pidOf(desk, "shop"), "SIGKILL");
  assert.match(await tap.toast(), /^Yes: your answer counted, at /);
  assert.equal(entries(desk, "decision").length, 1);
  await shop.exit();
  // A late tap takes the buttons off before the outcome is written.
  await desk.api.edited(({ id, text }) => id === question.id && /Yes, by Ada at .* Delivered/.test(text));
  assert.equal(blog.text.match(/got:/g)?.length, 1);
});

test("a secret is deleted from the chat though another process takes it", async () => {
  await using desk = await startDesk();
  desk.configure({ secrets: "relay" });
  await using _shop = desk.run(["--name", "shop", "bash", "-c", 'read -p "Open the shop? [y/n] " a']);
  await desk.asked("Open the shop?");
  await using safe = desk.run(["--name", "safe", "bash", "-c", 'read -s -p "Password: " a; echo; echo "it has ${#a} characters"; read b']);
  const question = await desk.asked("Password:");
  await noted(desk, 2);
  const secret = "hunter2hunter2";
  desk.ada.replies(secret, { to: question });
  await safe.shows(/it has 14 characters/);
  await desk.api.until("deletion", () => desk.ada.chat.messages.find(({ text, isDeleted }) => text === secret && isDeleted));
  assert.ok(desk.api.messages.every(({ text }) => !text.includes(secret)));
});
