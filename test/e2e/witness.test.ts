import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
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
  desk.adds('[audit]\nwitness_command = "cat > heard; env > surroundings"\n');
  await using terminal = desk.run(ask, { env: { AEGIS_TELEGRAM_BOT_TOKEN: desk.api.token } });
  await desk.ada.taps("Yes");
  assert.equal(await terminal.exit(), 0);
  const [, seq = "", hash = ""] = shownPlace.exec(checkpoints(desk)[0]?.text ?? "") ?? [];
  assert.match(readFileSync(join(desk.home, "heard"), "utf8"), new RegExp(`^v1 [0-9a-f-]{36} ${seq} ${hash}\n$`));
  assert.ok(!readFileSync(join(desk.home, "surroundings"), "utf8").includes(desk.api.token));
  assert.match((await desk.aegis(["audit", "verify"])).stdout, new RegExp(`up to entry ${seq} \\(command, `));

  desk.configure();
  desk.adds('[audit]\nwitness_command = "exit 3"\n');
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

/** The log after a session that asked once, and forgets its witnesses as whoever rewrites the database would have it. */
async function forgotten(desk: Desk): Promise<{ seq: number; hash: string; install: string }> {
  await using terminal = desk.run(ask);
  await desk.ada.taps("Yes");
  assert.equal(await terminal.exit(), 0);
  const [, seq, hash = ""] = shownPlace.exec(checkpoints(desk)[0]?.text ?? "") ?? [];
  const database = new Database(join(desk.home, "aegis.db"));
  database.exec("DELETE FROM witnesses");
  database.close();
  const genesis = JSON.parse(readFileSync(join(desk.home, "audit.log"), "utf8").split("\n")[0] ?? "");
  return { seq: Number(seq), hash, install: genesis.data.install };
}

test("verify --online asks Telegram for the pinned checkpoint, and finds a cut that the database says nothing of", async () => {
  await using desk = await startDesk();
  const { seq } = await forgotten(desk);
  const asked = `telegram:${desk.ada.person.id}, asked now`;
  assert.match((await desk.aegis(["audit", "verify"])).stdout, /witnessed by nobody/);
  const good = await desk.aegis(["audit", "verify", "--online"]);
  assert.deepEqual([good.code, good.stderr], [0, ""]);
  assert.ok(good.stdout.includes(`witnessed up to entry ${seq} (${asked}); nothing is newer`), good.stdout);

  cut(desk, seq - 1);
  assert.equal((await desk.aegis(["audit", "verify"])).code, 0);
  const bad = await desk.aegis(["audit", "verify", "--online"]);
  assert.equal(bad.code, 1);
  assert.ok(bad.stdout.includes(`truncated: the log ends with entry ${seq - 1}, but ${asked} remembers entry ${seq}`), bad.stdout);
});

/** As whoever has the token can. */
async function call(desk: Desk, method: string, params: object): Promise<string> {
  const body = JSON.stringify({ chat_id: desk.ada.person.id, ...params });
  const answer = await fetch(`${desk.api.url}/bot${desk.api.token}/${method}`, { method: "POST", headers: { "content-type": "application/json" }, body });
  assert.ok(answer.ok, `${method}: ${answer.status}`);
  return await answer.text();
}

async function pin(desk: Desk, text: string): Promise<void> {
  const { result } = JSON.parse(await call(desk, "sendMessage", { text }));
  await call(desk, "pinChatMessage", { message_id: result.message_id });
}

test("verify --online takes an edited checkpoint, or one of another log, for nothing, and says so", async () => {
  await using desk = await startDesk();
  const { hash, install } = await forgotten(desk);
  const [pinned] = checkpoints(desk);
  assert.ok(pinned);
  const { text } = pinned;
  await call(desk, "editMessageText", { message_id: pinned.id, text: text.replace(hash, "0".repeat(64)) });
  const edited = await desk.aegis(["audit", "verify", "--online"]);
  assert.equal(edited.code, 0);
  assert.match(edited.stderr, /the checkpoint that is pinned in chat \d+ was edited: it proves nothing/);

  await pin(desk, text.replace(install, install.replaceAll(/[0-9a-f]/g, "0")));
  const foreign = await desk.aegis(["audit", "verify", "--online"]);
  assert.match(foreign.stderr, /its checkpoint is of another log, 0{8}-/);
  assert.match(foreign.stdout, /witnessed by nobody/);
});

test("verify --online reads the journal back, of this log only", async () => {
  await using desk = await startDesk();
  const { seq, hash, install } = await forgotten(desk);
  desk.write("");
  const bin = join(desk.home, "bin");
  mkdirSync(bin, { mode: 0o700 });
  const line = (of: string, number: number, its: string) => JSON.stringify({ MESSAGE: `v1 ${of} ${number} ${its}`, __REALTIME_TIMESTAMP: "1763726400000000" });
  const told = [line(install, seq, hash), line("00000000-0000-0000-0000-000000000000", seq + 9, hash), "not JSON", JSON.stringify({ MESSAGE: [1, 2] })];
  writeFileSync(join(bin, "told"), `${told.join("\n")}\n`);
  writeFileSync(join(bin, "journalctl"), '#!/bin/sh\n[ "$1 $2" = "-t aegis-audit" ] && cat "${0%/*}/told"\n');
  chmodSync(join(bin, "journalctl"), 0o755);
  const env = { PATH: `${bin}:${process.env["PATH"]}` };
  const good = await desk.aegis(["audit", "verify", "--online"], { env });
  assert.equal(good.code, 0, good.stderr);
  assert.ok(good.stdout.includes(`witnessed up to entry ${seq} (journal, asked now); nothing is newer`), good.stdout);
  cut(desk, seq - 1);
  assert.equal((await desk.aegis(["audit", "verify", "--online"], { env })).code, 1);
});

test("verify --online can't tell when Telegram can't be asked", async () => {
  await using desk = await startDesk();
  await forgotten(desk);
  using _refusal = desk.api.fault("getChat", { kind: "error", code: 401, description: "Unauthorized" });
  const { code, stdout, stderr } = await desk.aegis(["audit", "verify", "--online"]);
  assert.equal(code, 2);
  assert.match(stdout, /^audit log intact/);
  assert.match(stderr, /aegis: error: chat \d+ could not be asked: .*Unauthorized/);
  assert.ok(!stderr.includes(desk.api.token));
});
