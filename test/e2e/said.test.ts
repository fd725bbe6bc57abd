import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startDesk } from "./desk.ts";

/** Notifies, works until `until` succeeds, and then asks. */
const notifying = (until: string) => ["bash", "-c", `printf '\\e]9;Tests passed: 12 of 12\\a'; until ${until}; do sleep 0.1; done; read -p "Go on? [y/n] "`];

test("what a program says by a notification reaches the phone silently, and the terminal unchanged", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(notifying("[ -e told ]"));
  const said = await desk.api.message(({ text }) => text.startsWith("bash says:"));
  assert.match(said.text, /Tests passed: 12 of 12/);
  assert.ok(said.isSilent);
  assert.deepEqual(said.buttons, []);
  assert.ok(terminal.output.includes("\x1b]9;Tests passed: 12 of 12\x07"));
  writeFileSync(join(desk.cwd, "told"), "");
  await desk.ada.taps("Yes");
  assert.equal(await terminal.exit(), 0);
});

test("it can be switched off", async () => {
  await using desk = await startDesk();
  await desk.aegis(["config", "set", "notices.said", "false"]);
  await using terminal = desk.run(notifying("sleep 4"));
  await desk.ada.taps("Yes");
  assert.equal(await terminal.exit(), 0);
  assert.deepEqual(desk.api.messages.filter(({ text }) => text.startsWith("bash says:")), []);
});
