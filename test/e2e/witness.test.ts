import assert from "node:assert/strict";
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import Database from "better-sqlite3";
import type { Message } from "../botapi/chat.ts";
import { openKept } from "../store/workbench.ts";
import { startDesk, type Desk } from "./desk.ts";

const ask = ["--name", "shop", "bash", "-c", 'read -p "Sure? [y/n] " a; echo "got: $a."'];
const shownPlace = /^#(\d+)·([0-9a-f]{64})$/m;

function checkpoints(desk: Desk): Message[] {
  return desk.api.messages.filter(({ text }) => text.startsWith("Checkpoint of the audit log"));
}

/** Cuts the log after an entry, in the file and in its replica, and leaves no other trace of what was cut. */
function cut(desk: Desk, keep: number): void {
  const file = join(desk.home, "audit.log");
  const lines = readFileSync(file, "utf8").split("\n").slice(0, keep);
  truncateSync(file, Buffer.byteLength(`${lines.join("\n")}\n`));
  const database = new Database(join(desk.home, "aegis.db"));
  database.prepare("DELETE FROM audit_events WHERE seq > ?").run(keep);
  database.prepare("UPDATE sqlite_sequence SET seq = ? WHERE name = 'audit_events'").run(keep);
  database.close();
}

test("after a session the phone holds a checkpoint, pinned and silent, and a cut log is caught by it", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(ask);
  await desk.ada.taps("Yes");
  assert.equal(await terminal.exit(), 0);

  const [checkpoint, ...more] = checkpoints(desk);
  assert.ok(checkpoint);
  assert.deepEqual([more.length, checkpoint.isSilent], [0, true]);
  const pins = desk.api.calls.filter(({ method }) => method === "pinChatMessage");
  assert.deepEqual(pins.map(({ params }) => [Number(params["message_id"]), String(params["disable_notification"])]), [[checkpoint.id, "true"]]);

  const [place, seq, hash] = shownPlace.exec(checkpoint.text) ?? [];
  assert.ok(place !== undefined && seq !== undefined && hash !== undefined);
  const genesis = JSON.parse(readFileSync(join(desk.home, "audit.log"), "utf8").split("\n")[0] ?? "");
  assert.ok(checkpoint.text.includes(genesis.data.install));
  const good = await desk.aegis(["audit", "verify", "--expect", place]);
  assert.equal(good.code, 0);
  assert.match(good.stdout, new RegExp(`^witnessed up to entry ${seq} \\(.*telegram:${desk.ada.person.id}.*\\); nothing is newer`, "m"));
  assert.equal((await desk.aegis(["audit", "verify", "--expect", `${seq}:${hash.startsWith("0") ? "1" : "0"}${hash.slice(1)}`])).code, 1);

  cut(desk, Number(seq) - 1);
  const bad = await desk.aegis(["audit", "verify"]);
  assert.equal(bad.code, 1);
  assert.match(bad.stdout, new RegExp(`truncated: the log ends with entry ${Number(seq) - 1}, but telegram:${desk.ada.person.id} remembers entry ${seq}`));
});

test("a session that asked nothing, and one without Telegram, send no checkpoint", async () => {
  await using desk = await startDesk();
  assert.equal((await desk.aegis(["run", "true"])).code, 0);
  await using terminal = desk.run(["--channel", "none", ...ask]);
  await terminal.shows(/Sure\?/);
  terminal.type("y\r");
  assert.equal(await terminal.exit(), 0);
  assert.deepEqual(desk.api.messages, []);
});

test("a checkpoint that can't be pinned is a witness all the same, and nobody is bothered", async () => {
  await using desk = await startDesk();
  using _refusal = desk.api.fault("pinChatMessage", { kind: "error", code: 400, description: "Bad Request: not enough rights" });
  await using terminal = desk.run(ask);
  await desk.ada.taps("Yes");
  assert.equal(await terminal.exit(), 0);
  assert.equal(desk.api.calls.filter(({ method, status }) => method === "pinChatMessage" && status === 400).length, 1);
  assert.doesNotMatch(terminal.text, /error|rights/);
  assert.match((await desk.aegis(["audit", "verify"])).stdout, /nothing is newer/);
});

test("a witness command hears of the same entry, without the token; one that fails is told once", async () => {
  await using desk = await startDesk();
  const file = join(desk.home, "config.toml");
  const config = readFileSync(file, "utf8");
  desk.write(`${config}[audit]\nwitness_command = "cat > heard; env > surroundings"\n`);
  await using terminal = desk.run(ask, { env: { AEGIS_TELEGRAM_BOT_TOKEN: desk.api.token } });
  await desk.ada.taps("Yes");
  assert.equal(await terminal.exit(), 0);
  const [, seq = "", hash = ""] = shownPlace.exec(checkpoints(desk)[0]?.text ?? "") ?? [];
  assert.match(readFileSync(join(desk.home, "heard"), "utf8"), new RegExp(`^v1 [0-9a-f-]{36} ${seq} ${hash}\n$`));
  assert.ok(!readFileSync(join(desk.home, "surroundings"), "utf8").includes(desk.api.token));
  assert.match((await desk.aegis(["audit", "verify"])).stdout, new RegExp(`up to entry ${seq} \\(command, `));

  writeFileSync(file, `${config}[audit]\nwitness_command = "exit 3"\n`);
  await using again = desk.run(ask);
  await desk.ada.taps("Yes");
  assert.equal(await again.exit(), 0);
  assert.equal(again.text.match(/witness_command failed/g)?.length, 1);
});

test("a long session shows a checkpoint while it runs", async () => {
  await using desk = await startDesk();
  await using terminal = desk.run(ask);
  await desk.api.message(({ text }) => text.includes("Sure?"));
  {
    // Another process has much to log.
    await using store = await openKept(join(desk.home, "aegis.db"), join(desk.home, "audit.log"));
    for (let n = 1; n <= 100; n++) await store.record({ type: "command", at: Date.now(), sessionId: undefined, data: { n } });
  }
  const checkpoint = await desk.api.message(({ text }) => text.startsWith("Checkpoint of the audit log"));
  assert.ok(Number(shownPlace.exec(checkpoint.text)?.[1]) > 100);
  terminal.type("n\r");
  await terminal.exit();
});
