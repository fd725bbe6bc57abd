import assert from "node:assert/strict";
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { noncesFor, onlyRings, openKept, prompt, session, temporaryHome } from "./workbench.ts";

async function decider(...words: string[]): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL("decider.ts", import.meta.url)), words, { execArgv: ["--import", "tsx"] });
  await once(child, "message");
  return child;
}

async function verdictsOf(child: ChildProcess): Promise<string[]> {
  const [verdicts]: string[][] = await once(child, "message");
  return verdicts ?? [];
}

test("of eight processes that decide the same prompts, exactly one wins each", async () => {
  using home = temporaryHome();
  await using store = await openKept(home.database, home.log);
  const ids = Array.from({ length: 25 }, (_, n) => `prompt${n}`);
  for (const id of ids) {
    await store.startSession(session(`s${id}`));
    await store.openPrompt(prompt(id, { sessionId: `s${id}` }), noncesFor(prompt(id)));
  }
  const deciders = await Promise.all(Array.from({ length: 8 }, (_, n) => decider(home.database, home.log, ids.join(","), String(n % 2))));
  const answers = deciders.map(verdictsOf);
  for (const child of deciders) child.send("go");
  const verdicts = await Promise.all(answers);
  for (const [n, id] of ids.entries()) {
    const won = verdicts.filter((of) => of[n] === "accepted");
    const late = verdicts.filter((of) => of[n] === "already_decided");
    assert.deepEqual([won.length, late.length], [1, 7], id);
  }
  assert.equal([...store.events({ type: "decision" })].length, ids.length);
  assert.equal([...store.events({ type: "decision.rejected" })].length, ids.length * 7);
});

test("a decision that another process made is heard at once", async () => {
  using home = temporaryHome();
  await using store = await openKept(home.database, home.log, { clock: onlyRings });
  await store.startSession(session("abcd"));
  await store.openPrompt(prompt("p1"), noncesFor(prompt("p1")));
  const end = new AbortController();
  const next = store.decisions("abcd", end.signal)[Symbol.asyncIterator]().next();
  const child = await decider(home.database, home.log, "p1", "1");
  child.send("go");
  const { value } = await next;
  assert.equal(value?.label, "No");
  end.abort();
});
