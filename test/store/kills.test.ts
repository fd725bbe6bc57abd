import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { bundled, withModules } from "../audit/writer-programs.ts";
import { noncesFor, openKept, prompt, session, temporaryHome } from "./workbench.ts";

const kills = Number(process.env["AEGIS_STORM_KILLS"] ?? 24);

const ways: Record<string, string[]> = { "for sessions of other processes": [], "for sessions of their own": ["listens"] };
for (const [whose, words] of Object.entries(ways)) test(`deciders ${whose} that are killed at any point decide each prompt once, and begin to type it at most once`, async () => {
  using home = temporaryHome();
  const program = await bundled(new URL("mortal-decider.ts", import.meta.url), home.folder);
  await using store = await openKept(home.database, home.log);
  const ids = Array.from({ length: kills * 2 }, (_, n) => `prompt${n}`);
  for (const id of ids) {
    await store.startSession(session(`s${id}`));
    await store.openPrompt(prompt(id, { sessionId: `s${id}` }), noncesFor(prompt(id)));
  }
  const said: string[] = [];
  async function slot(): Promise<void> {
    for (let lives = kills / 4; lives > 0; lives--) {
      const child = spawn(process.execPath, [program, home.database, home.log, ids.join(","), ...words], { stdio: ["ignore", "pipe", "inherit"], env: withModules });
      const ended = once(child, "close");
      let left = 1 + Math.floor(Math.random() * 20);
      for await (const line of createInterface({ input: child.stdout })) {
        said.push(line);
        if (--left === 0) child.kill("SIGKILL");
      }
      await ended;
    }
  }
  await Promise.all([slot(), slot(), slot(), slot()]);

  const linesOf = (word: string) => said.filter((line) => line.startsWith(`${word} `));
  for (const word of ["accepted", "typed", "told"]) assert.equal(new Set(linesOf(word)).size, linesOf(word).length, word);
  const committed = committedEntries([...store.events({})]);
  for (const { prompt, status, decision } of store.prompts({})) {
    const types = committed.get(prompt.id) ?? [];
    const count = (type: string) => types.filter((found) => found === type).length;
    assert.equal(count("decision"), decision === undefined ? 0 : 1, prompt.id);
    assert.equal(count("inject.intent"), ["injecting", "delivered"].includes(status) ? 1 : 0, prompt.id);
    assert.equal(count("inject.done"), status === "delivered" ? 1 : 0, prompt.id);
    if (said.includes(`accepted ${prompt.id}`)) assert.ok(decision, prompt.id);
    if (said.includes(`told ${prompt.id}`)) assert.equal(status, "delivered");
  }
  assert.ok(store.prompts({}).some(({ status }) => status === "delivered"));
});

/** The types of the entries about each prompt whose writer lived to commit them: a later one names the others as adopted. */
function committedEntries(rows: ReadonlyArray<{ seq: number; type: string; line: string }>): Map<string, string[]> {
  const adopted = rows.filter(({ type }) => type === "log.adopted").map(({ line }) => JSON.parse(line).data);
  const types = new Map<string, string[]>();
  for (const { seq, type, line } of rows) {
    const { prompt } = JSON.parse(line).data;
    const isAdopted = adopted.some(({ first, last }) => seq >= first && seq <= last);
    if (!isAdopted) types.set(prompt, [...(types.get(prompt) ?? []), type]);
  }
  return types;
}
