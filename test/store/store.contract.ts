import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Decision, InjectionOutcome, Reply, Verdict } from "../../src/prompt/reply.ts";
import type { Store } from "../../src/store/store.ts";
import { ada, adasChat, bobsChat, key, noncesFor, noon, prompt, session, tap, textQuestion, textReply } from "./workbench.ts";

/** A store as two processes see it; one that only one process can open gives itself twice. */
export interface TwoViews extends AsyncDisposable {
  /** Of the session. */
  readonly mine: Store;
  /** Of whoever talks to the channel. */
  readonly theirs: Store;
}

const delivered = (decision: Decision): InjectionOutcome => ({ is: "delivered", decision });

/** What every store promises, whatever keeps it. */
export function storeContract(name: string, open: () => Promise<TwoViews>): void {
  describe(name, () => {
    test("sessions are listed newest first, with what they asked and how they ended", async () => {
      await using views = await open();
      const { mine, theirs } = views;
      await mine.startSession(session("abcd"));
      await mine.startSession({ ...session("efgh"), startedAt: noon + 5 });
      await mine.openPrompt(prompt("p1"), noncesFor(prompt("p1")));
      await theirs.decide(tap("p1", 0), noon + 6);
      await mine.openPrompt(prompt("p2"), noncesFor(prompt("p2")));
      await mine.endSession("abcd", { exitCode: 3, at: noon + 9 });
      const { facts: _, ...card } = session("abcd");
      assert.deepEqual(theirs.sessions({}), [
        { ...card, id: "efgh", name: "the efgh session", startedAt: noon + 5, endedAt: undefined, exitCode: undefined, pausedAt: undefined, mutedUntil: undefined, prompts: 0, answered: 0 },
        { ...card, endedAt: noon + 9, exitCode: 3, pausedAt: undefined, mutedUntil: undefined, prompts: 2, answered: 1 },
      ]);
      assert.deepEqual(theirs.sessions({ running: true }).map(({ id }) => id), ["efgh"]);
      assert.deepEqual(theirs.sessions({ last: 1 }).map(({ id }) => id), ["efgh"]);
      assert.deepEqual(theirs.sessions({ id: "abcd" }).map(({ id }) => id), ["abcd"]);
    });

    test("a session that starts with another configuration than the one before says so", async () => {
      await using views = await open();
      const start = async (id: string, config: string) => views.mine.startSession({ ...session(id), facts: { config } });
      await start("abcd", "c0ffee");
      await start("efgh", "c0ffee");
      const receipt = await start("ijkl", "decaf0");
      await start("mnop", "decaf0");
      const rows = [...views.theirs.events({})].slice(-5);
      assert.deepEqual(rows.map(({ type }) => type), ["session.start", "session.start", "session.start", "config.changed", "session.start"]);
      assert.deepEqual(JSON.parse(rows[3]?.line ?? "").data, { before: "c0ffee", after: "decaf0" });
      assert.deepEqual([receipt.seq, rows[3]?.sessionId], [rows[2]?.seq, "ijkl"]);
    });

    test("a session ends once", async () => {
      await using views = await open();
      await views.mine.startSession(session("abcd"));
      await views.mine.endSession("abcd", { exitCode: 0, at: noon });
      await assert.rejects(views.mine.endSession("abcd", { exitCode: 1, at: noon }), { name: "StoreTrouble", message: "there is no running session abcd" });
    });

    test("a prompt is kept whole", async () => {
      await using views = await openAsked(open);
      assert.deepEqual(views.theirs.prompts({ id: "p1" }), [{ prompt: prompt("p1"), status: "open", decision: undefined, why: undefined, closedAt: undefined }]);
    });

    test("a tap decides, and everyone sees by whom and how", async () => {
      await using views = await openAsked(open);
      const verdict = await views.theirs.decide(tap("p1", 1), noon + 1);
      const decision: Decision = {
        promptId: "p1",
        sessionId: "abcd",
        answer: { choice: 1 },
        label: "No",
        by: ada,
        at: noon + 1,
        nonce: key.nonceFor("p1", 1, adasChat),
        recipient: adasChat,
      };
      assert.deepEqual(verdict, { is: "accepted", decision });
      assert.deepEqual(views.mine.prompts({}), [{ prompt: prompt("p1"), status: "decided", decision, why: undefined, closedAt: undefined }]);
    });

    test("a second tap changes nothing and learns who was first", async () => {
      await using views = await openAsked(open);
      const first = decisionIn(await views.theirs.decide(tap("p1", 1), noon + 1));
      assert.deepEqual(await views.theirs.decide(tap("p1", 0), noon + 2), { is: "already_decided", decision: first });
      assert.deepEqual(await views.theirs.decide(tap("p1", 1), noon + 3), { is: "already_decided", decision: first });
      assert.deepEqual(views.mine.prompts({})[0]?.decision, first);
    });

    test("an answer counts until the prompt's last millisecond, and not in the one it expires", async () => {
      await using views = await openAsked(open);
      assert.deepEqual(await views.theirs.decide(tap("p1", 1), prompt("p1").expiresAt), { is: "expired" });
      assert.equal(views.mine.prompts({})[0]?.status, "open");
      assert.equal((await views.theirs.decide(tap("p1", 1), prompt("p1").expiresAt - 1)).is, "accepted");
    });

    const forgeries: Record<string, Reply> = {
      "whose choice is not the button's": tap("p1", 1, { answer: { choice: 0 } }),
      "with a choice that was not offered": tap("p1", 7),
      "with a choice that is no index": tap("p1", 1, { answer: { choice: -1 } }),
      "with an altered nonce": tap("p1", 1, { target: { promptId: "p1", nonce: key.nonceFor("p1", 1, adasChat).replace(/^./, (first) => (first === "A" ? "B" : "A")) } }),
      "with an empty nonce": tap("p1", 1, { target: { promptId: "p1", nonce: "" } }),
      "with a nonce that was shown in another chat": tap("p1", 1, { recipient: bobsChat }),
      "with another prompt's nonce": tap("p1", 1, { target: { promptId: "p1", nonce: key.nonceFor("p9", 1, adasChat) } }),
      "with the hash that is stored": tap("p1", 1, { target: { promptId: "p1", nonce: noncesFor(prompt("p1"))[1]?.hash ?? "" } }),
      "with text for a prompt that has choices": tap("p1", 1, { answer: { text: "y" } }),
    };
    for (const [which, reply] of Object.entries(forgeries))
      test(`a tap ${which} is invalid, attested, and changes nothing`, async () => {
        await using views = await openAsked(open);
        const before = views.mine.prompts({});
        assert.equal((await views.theirs.decide(reply, noon + 1)).is, "invalid");
        assert.deepEqual(views.mine.prompts({}), before);
        assert.match([...views.mine.events({ type: "decision.rejected" })].at(-1)?.line ?? "", /"reason":"invalid: /);
        assert.equal((await views.theirs.decide(tap("p1", 1), noon + 2)).is, "accepted");
      });

    test("a forged tap learns nothing about a prompt that was decided", async () => {
      await using views = await openAsked(open);
      await views.theirs.decide(tap("p1", 1), noon + 1);
      assert.equal((await views.theirs.decide(tap("p1", 1, { recipient: bobsChat }), noon + 2)).is, "invalid");
    });

    test("a tap on a prompt that never was is unknown, and attested", async () => {
      await using views = await openAsked(open);
      assert.deepEqual(await views.theirs.decide(tap("p404", 1), noon), { is: "unknown", isElsewhere: true });
      assert.match([...views.mine.events({ last: 1 })][0]?.line ?? "", /"type":"decision.rejected","data":\{"prompt":null,"reason":"unknown"/);
    });

    test("a text is given by replying to the message that shows the prompt", async () => {
      await using views = await openAskedForText(open);
      const { promptId, answer, label, nonce } = decisionIn(await views.theirs.decide(textReply("m1", "Ada"), noon + 1));
      assert.deepEqual({ promptId, answer, label, nonce }, { promptId: "p2", answer: { text: "Ada" }, label: "Ada", nonce: undefined });
    });

    test("a text that won and comes again is known by its number, another text of the same person is not it", async () => {
      await using views = await openAskedForText(open);
      const decision = decisionIn(await views.theirs.decide(textReply("m1", "Ada", { reference: "41" }), noon + 1));
      assert.deepEqual(await views.mine.decide(textReply("m1", "Ada", { reference: "41" }), noon + 2), { is: "already_decided", decision, isAgain: true });
      assert.deepEqual(await views.mine.decide(textReply("m1", "Ada", { reference: "42" }), noon + 3), { is: "already_decided", decision });
    });

    test("an instruction to a program that waits for the next one may have several lines", async () => {
      await using views = await open();
      const idle = prompt("p2", { detection: { ...textQuestion, idle: true } });
      await views.mine.startSession(session("abcd"));
      await views.mine.openPrompt(idle, noncesFor(idle));
      await views.mine.sent("p2", [{ recipient: adasChat, id: "m1" }], noon);
      assert.deepEqual(decisionIn(await views.theirs.decide(textReply("m1", "first\nsecond"), noon + 1)).answer, { text: "first\nsecond" });
    });

    test("a text is given with the nonce of its field", async () => {
      await using views = await openAskedForText(open);
      const target = { promptId: "p2", nonce: key.nonceFor("p2", "text", adasChat) };
      assert.equal((await views.theirs.decide(textReply("", "Ada", { target }), noon + 1)).is, "accepted");
    });

    const badTexts: Record<string, Reply> = {
      "to a message that shows no prompt": textReply("m404", "Ada"),
      "to a message in another chat": textReply("m1", "Ada", { recipient: bobsChat }),
      "to somebody else's message": textReply("m1", "Ada", { target: { message: { recipient: bobsChat, id: "m1" } } }),
      "that is empty": textReply("m1", " "),
      "of two lines": textReply("m1", "a\nb"),
      "with a control character": textReply("m1", "a\u0003"),
      "with an invisible character": textReply("m1", "a\u202eb"),
      "longer than a terminal takes": textReply("m1", "x".repeat(1_025)),
      "with a nonce for a choice": textReply("", "Ada", { target: { promptId: "p2", nonce: key.nonceFor("p2", 0, adasChat) } }),
      "that picks a choice": textReply("m1", "", { answer: { choice: 0 } }),
    };
    for (const [which, reply] of Object.entries(badTexts))
      test(`a reply ${which} changes nothing`, async () => {
        await using views = await openAskedForText(open);
        const verdict = await views.theirs.decide(reply, noon + 1);
        assert.ok(verdict.is === "invalid" || verdict.is === "unknown", verdict.is);
        assert.equal(views.mine.prompts({ id: "p2" })[0]?.status, "open");
        assert.equal([...views.mine.events({ type: "decision.rejected" })].length, 1);
      });

    test("a prompt that offers no text takes none, also by reply", async () => {
      await using views = await openAsked(open);
      await views.mine.sent("p1", [{ recipient: adasChat, id: "m7" }], noon);
      assert.deepEqual(await views.theirs.decide(textReply("m7", "y"), noon + 1), { is: "invalid", why: "this prompt takes no text" });
    });

    test("the text of a reply stands nowhere once it was typed, and in the log only as a salted hash", async () => {
      await using views = await openAskedForText(open);
      const decision = decisionIn(await views.theirs.decide(textReply("m1", "correct horse"), noon + 1));
      await views.mine.beginInjection("p2", noon + 2);
      await views.mine.endInjection("p2", delivered(decision), noon + 3);
      assert.deepEqual(views.theirs.prompts({ id: "p2" })[0]?.decision?.answer, { text: "" });
      const lines = [...views.theirs.events({})].map(({ line }) => line).join("\n");
      assert.ok(!lines.includes("correct horse"));
      assert.match(lines, /"text":\{"bytes":13,"sha256":"[0-9a-f]{64}"\}/);
      assert.equal((await views.theirs.decide(textReply("m1", "again"), noon + 4)).is, "already_decided");
    });

    test("a line of one name is one line for all", async () => {
      await using views = await open();
      const rate = { everyMs: 3_600_000, burst: 1 };
      assert.equal(views.mine.lines("bot").waitFor("chat", rate, 0), 0);
      assert.ok(views.theirs.lines("bot").waitFor("chat", rate, 0) > 0);
      assert.equal(views.theirs.lines("another").waitFor("chat", rate, 0), 0);
    });

    test("equal texts are not equal in the log", async () => {
      await using views = await openAskedForText(open);
      await views.theirs.decide(textReply("m1", "Ada"), noon + 1);
      await views.mine.openPrompt(prompt("p3", { detection: textQuestion }), noncesFor(prompt("p3", { detection: textQuestion })));
      await views.mine.sent("p3", [{ recipient: adasChat, id: "m3" }], noon);
      await views.theirs.decide(textReply("m3", "Ada"), noon + 1);
      const hashes = [...views.mine.events({ type: "decision" })].map(({ line }) => /"text":\{"bytes":3,"sha256":"([^"]*)"/.exec(line)?.[1]);
      assert.equal(new Set(hashes).size, 2);
    });

    test("no nonce stands in the log", async () => {
      await using views = await openAsked(open);
      await views.theirs.decide(tap("p1", 1), noon + 1);
      const nonce = key.nonceFor("p1", 1, adasChat);
      assert.ok([...views.mine.events({})].every(({ line }) => !line.includes(nonce)));
    });

    test("a newer prompt of the session supersedes the open one", async () => {
      await using views = await openAsked(open);
      await views.mine.openPrompt(prompt("p2", { openedAt: noon + 5 }), noncesFor(prompt("p2")));
      assert.deepEqual(await views.theirs.decide(tap("p1", 1), noon + 6), { is: "superseded" });
      const [newer, older] = views.theirs.prompts({});
      assert.deepEqual([newer?.prompt.id, newer?.status], ["p2", "open"]);
      assert.deepEqual([older?.status, older?.why, older?.closedAt], ["superseded", "a newer question", noon + 5]);
      assert.equal((await views.theirs.decide(tap("p2", 1), noon + 6)).is, "accepted");
    });

    test("prompts of two sessions are open side by side", async () => {
      await using views = await openAsked(open);
      await views.mine.startSession(session("efgh"));
      await views.mine.openPrompt(prompt("p2", { sessionId: "efgh" }), noncesFor(prompt("p2")));
      assert.deepEqual(views.theirs.prompts({ open: true }).map(({ prompt }) => prompt.id).sort(), ["p1", "p2"]);
      assert.deepEqual(views.theirs.prompts({ sessionId: "efgh" }).map(({ prompt }) => prompt.id), ["p2"]);
    });

    for (const outcome of [{ is: "superseded", why: "answered at the keyboard" }, { is: "expired" }] as const)
      test(`a prompt that was closed as ${outcome.is} takes no answer, and is closed once`, async () => {
        await using views = await openAsked(open);
        const receipt = await views.mine.close("p1", outcome, noon + 1);
        assert.equal([...views.theirs.events({ last: 1 })][0]?.hash, receipt?.hash);
        assert.deepEqual(await views.theirs.decide(tap("p1", 1), noon + 2), { is: outcome.is });
        assert.equal(await views.mine.close("p1", outcome, noon + 3), undefined);
        const [row] = views.theirs.prompts({});
        assert.deepEqual([row?.status, row?.why, row?.closedAt], [outcome.is, "why" in outcome ? outcome.why : undefined, noon + 1]);
      });

    test("a prompt that was decided can no longer be closed", async () => {
      await using views = await openAsked(open);
      await views.theirs.decide(tap("p1", 1), noon + 1);
      assert.equal(await views.mine.close("p1", { is: "superseded", why: "too late" }, noon + 2), undefined);
      assert.equal(views.theirs.prompts({})[0]?.status, "decided");
    });

    test("an injection begins once, and only after a decision", async () => {
      await using views = await openAsked(open);
      assert.equal(await views.mine.beginInjection("p1", noon), false);
      await views.theirs.decide(tap("p1", 1), noon + 1);
      assert.deepEqual([await views.mine.beginInjection("p1", noon + 2), await views.mine.beginInjection("p1", noon + 3)], [true, false]);
      assert.deepEqual([...views.mine.events({})].map(({ type }) => type).slice(-2), ["decision", "inject.intent"]);
    });

    test("an injection begins once also where the session itself reads the decision that was made through the same store", async () => {
      await using views = await openAsked(open);
      const end = new AbortController();
      const next = views.mine.decisions("abcd", end.signal)[Symbol.asyncIterator]().next();
      await views.mine.decide(tap("p1", 1), noon + 1);
      assert.equal((await next).value?.promptId, "p1");
      assert.deepEqual([await views.mine.beginInjection("p1", noon + 2), await views.theirs.beginInjection("p1", noon + 3)], [true, false]);
      assert.deepEqual([...views.mine.events({})].map(({ type }) => type).slice(-2), ["decision", "inject.intent"]);
      end.abort();
    });

    for (const [is, event] of [["delivered", "inject.done"], ["unconfirmed", "inject.unconfirmed"], ["not_delivered", "inject.refused"]] as const)
      test(`an injection ends as ${is}, once`, async () => {
        await using views = await openAsked(open);
        const decision = decisionIn(await views.theirs.decide(tap("p1", 1), noon + 1));
        await views.mine.beginInjection("p1", noon + 2);
        const outcome = is === "not_delivered" ? { is, decision, why: "the screen had changed" } : { is, decision };
        const receipt = await views.mine.endInjection("p1", outcome, noon + 3);
        assert.deepEqual([...views.theirs.events({ last: 1 })].map(({ seq, hash, type }) => ({ seq, hash, type })), [{ ...receipt, type: event }]);
        assert.equal(views.theirs.prompts({})[0]?.status, is);
        await assert.rejects(views.mine.endInjection("p1", outcome, noon + 4), { name: "StoreTrouble" });
      });

    test("a message finds the prompt that it shows, and no other", async () => {
      await using views = await openAsked(open);
      await views.mine.sent("p1", [{ recipient: adasChat, id: "41" }, { recipient: adasChat, id: "42" }], noon + 1);
      await views.mine.openPrompt(prompt("p2"), noncesFor(prompt("p2")));
      await views.mine.sent("p2", [{ recipient: bobsChat, id: "42" }], noon + 2);
      const shownBy = (recipient: string, id: string) => views.theirs.prompts({ shownBy: { recipient, id } }).map(({ prompt }) => prompt.id);
      assert.deepEqual([shownBy(adasChat, "41"), shownBy(adasChat, "42"), shownBy(bobsChat, "42"), shownBy(bobsChat, "41")], [["p1"], ["p1"], ["p2"], []]);
    });

    test("a decision that may not be typed ends without an injection", async () => {
      await using views = await openAsked(open);
      const decision = decisionIn(await views.theirs.decide(tap("p1", 1), noon + 1));
      await views.mine.endInjection("p1", { is: "not_delivered", decision, why: "keys were typed since" }, noon + 2);
      assert.equal(await views.mine.beginInjection("p1", noon + 3), false);
    });

    test("the end of a session closes what it left open, and leaves what was decided unknown", async () => {
      await using views = await openAsked(open);
      await views.theirs.decide(tap("p1", 1), noon + 1);
      await views.mine.openPrompt(prompt("p2"), noncesFor(prompt("p2")));
      await views.theirs.decide(tap("p2", 1), noon + 1);
      await views.mine.beginInjection("p2", noon + 2);
      await views.mine.openPrompt(prompt("p3"), noncesFor(prompt("p3")));
      await views.mine.endSession("abcd", { exitCode: 0, at: noon + 9 });
      const statuses = Object.fromEntries(views.theirs.prompts({}).map(({ prompt, status }) => [prompt.id, status]));
      assert.deepEqual(statuses, { p1: "unknown", p2: "unknown", p3: "ended" });
      assert.deepEqual(await views.theirs.decide(tap("p3", 1), noon + 10), { is: "unknown" });
      assert.deepEqual([...views.mine.events({ fromSeq: 0, last: 5 })].map(({ type }) => type), ["prompt.ended", "inject.unknown", "inject.unknown", "session.end", "decision.rejected"]);
    });

    test("decisions come each once and in order, those before listening too, and none of another session", async () => {
      await using views = await openAsked(open);
      const end = new AbortController();
      await views.theirs.decide(tap("p1", 1), noon + 1);
      await views.mine.openPrompt(prompt("p2"), noncesFor(prompt("p2")));
      await views.theirs.decide(tap("p2", 0), noon + 2);
      await views.mine.startSession(session("efgh"));
      await views.mine.openPrompt(prompt("p9", { sessionId: "efgh" }), noncesFor(prompt("p9")));
      await views.theirs.decide(tap("p9", 0), noon + 2);
      const seen: string[] = [];
      for await (const decision of views.mine.decisions("abcd", end.signal)) {
        seen.push(`${decision.promptId} ${decision.label}`);
        if (seen.length === 2) {
          await views.mine.openPrompt(prompt("p3"), noncesFor(prompt("p3")));
          void views.theirs.decide(tap("p3", 1), noon + 3);
        }
        if (seen.length === 3) end.abort();
      }
      assert.deepEqual(seen, ["p1 No", "p2 Yes", "p3 No"]);
    });

    test("a decision that was handed out is not handed out again", async () => {
      await using views = await openAsked(open);
      await views.theirs.decide(tap("p1", 1), noon + 1);
      for await (const _ of views.mine.decisions("abcd", new AbortController().signal)) break;
      await views.mine.openPrompt(prompt("p2"), noncesFor(prompt("p2")));
      await views.theirs.decide(tap("p2", 1), noon + 2);
      for await (const decision of views.mine.decisions("abcd", new AbortController().signal)) {
        assert.equal(decision.promptId, "p2");
        break;
      }
    });

    test("waiting for decisions ends when it is told to", async () => {
      await using views = await openAsked(open);
      const end = new AbortController();
      const waiting = views.mine.decisions("abcd", end.signal)[Symbol.asyncIterator]().next();
      end.abort();
      assert.deepEqual(await waiting, { value: undefined, done: true });
    });

    test("messages are remembered with their prompt", async () => {
      await using views = await openAsked(open);
      const shown = [{ recipient: adasChat, id: "m1" }, { recipient: bobsChat, id: "m1" }];
      await views.mine.sent("p1", shown, noon);
      assert.deepEqual(views.theirs.messages("p1"), shown);
      assert.deepEqual(views.theirs.messages("p404"), []);
    });

    test("what has no prompt is refused", async () => {
      await using views = await open();
      const trouble = { name: "StoreTrouble", message: "there is no prompt p404" };
      await assert.rejects(views.mine.sent("p404", [], noon), trouble);
      await assert.rejects(views.mine.close("p404", { is: "expired" }, noon), trouble);
      await assert.rejects(views.mine.beginInjection("p404", noon), trouble);
    });

    test("a prompt id is used once", async () => {
      await using views = await openAsked(open);
      await assert.rejects(views.mine.openPrompt(prompt("p1"), []), { name: "StoreTrouble" });
      assert.equal(views.theirs.prompts({})[0]?.status, "open");
    });

    test("every change has one entry, and the receipt says which", async () => {
      await using views = await open();
      const receipts = [await views.mine.startSession(session("abcd")), await views.mine.openPrompt(prompt("p1"), noncesFor(prompt("p1")))];
      receipts.push(await views.mine.sent("p1", [{ recipient: adasChat, id: "m1" }], noon));
      receipts.push(await views.mine.record({ type: "telegram.conflict", at: noon, sessionId: undefined, data: { polls: 1 } }));
      const rows = [...views.theirs.events({})].slice(-4);
      assert.deepEqual(rows.map(({ seq, hash }) => ({ seq, hash })), receipts);
      assert.deepEqual(rows.map(({ type }) => type), ["session.start", "prompt.detected", "prompt.sent", "telegram.conflict"]);
      assert.deepEqual(rows.map(({ at }) => at), [noon, noon, noon, noon]);
    });

    test("entries are filtered by number, session, type and count", async () => {
      await using views = await open();
      for (let n = 0; n < 1_203; n++) await views.mine.record({ type: n % 2 ? "odd" : "even", at: noon + n, sessionId: n % 3 ? "abcd" : undefined, data: { n } });
      const first = [...views.mine.events({})].find(({ type }) => type === "even")?.seq ?? 0;
      assert.equal([...views.mine.events({ fromSeq: first })].length, 1_203);
      assert.equal([...views.mine.events({ type: "odd" })].length, 601);
      assert.equal([...views.mine.events({ sessionId: "abcd", type: "odd" })].length, 401);
      assert.deepEqual([...views.mine.events({ last: 2, type: "odd" })].map(({ at }) => at), [noon + 1_199, noon + 1_201]);
      assert.deepEqual([...views.mine.events({ fromSeq: first + 1_202, last: 5 })].map(({ at }) => at), [noon + 1_202]);
      assert.deepEqual([...views.mine.events({ type: "never" })], []);
    });

    test("entries can be written while others are read", async () => {
      await using views = await openAsked(open);
      for (const row of views.mine.events({})) {
        await views.mine.record({ type: "read", at: noon, sessionId: undefined, data: { seq: row.seq } });
        if (row.type === "read") break;
      }
      assert.ok([...views.mine.events({ type: "read" })].length > 1);
    });

    test("a channel's offset is remembered", async () => {
      await using views = await open();
      assert.equal(views.mine.offset("telegram"), undefined);
      views.mine.setOffset("telegram", 41);
      views.mine.setOffset("telegram", 42);
      views.mine.setOffset("page", 1);
      assert.equal(views.mine.offset("telegram"), 42);
      await views.mine.record({ type: "after", at: noon, sessionId: undefined, data: {} });
      assert.deepEqual([views.theirs.offset("telegram"), views.theirs.offset("page")], [42, 1]);
    });

    test("a lease is taken by one, and only from whom it was thought to be with", async () => {
      await using views = await open();
      const take = (store: Store, holder: string, over?: string) => store.takeLease("poll", { holder, over, at: noon });
      assert.equal(views.mine.leaseHolder("poll"), undefined);
      assert.deepEqual(await Promise.all([take(views.mine, "abcd"), take(views.theirs, "efgh")]), [true, false]);
      assert.equal(views.theirs.leaseHolder("poll"), "abcd");
      assert.deepEqual([await take(views.theirs, "ijkl", "efgh"), await take(views.theirs, "efgh", "abcd")], [false, true]);
      await views.mine.releaseLease("poll", "abcd");
      assert.equal(views.mine.leaseHolder("poll"), "efgh");
      await views.theirs.releaseLease("poll", "efgh");
      assert.equal(views.mine.leaseHolder("poll"), undefined);
    });

    test("copies of entries are forgotten up to a number, and the rest goes on", async () => {
      await using views = await openAsked(open);
      const before = [...views.mine.events({})];
      await views.mine.forgetEvents(2);
      const receipt = await views.mine.record({ type: "after", at: noon, sessionId: undefined, data: {} });
      assert.deepEqual([...views.theirs.events({})].map(({ seq }) => seq), [...before.slice(2).map(({ seq }) => seq), receipt.seq]);
    });

    test("witnesses are remembered, the newest entry's first", async () => {
      await using views = await openAsked(open);
      assert.equal(views.theirs.lastWitness(), undefined);
      const newer = { source: adasChat, seq: 3, hash: "b".repeat(64), at: noon + 1 };
      await views.mine.witnessed(newer);
      await views.mine.witnessed({ source: "journal", seq: 2, hash: "a".repeat(64), at: noon + 2 });
      assert.deepEqual(views.theirs.lastWitness(), newer);
    });
  });
}

async function openAsked(open: () => Promise<TwoViews>): Promise<TwoViews> {
  const views = await open();
  await views.mine.startSession(session("abcd"));
  await views.mine.openPrompt(prompt("p1"), noncesFor(prompt("p1"), [adasChat]));
  return views;
}

async function openAskedForText(open: () => Promise<TwoViews>): Promise<TwoViews> {
  const views = await open();
  const asked = prompt("p2", { detection: textQuestion });
  await views.mine.startSession(session("abcd"));
  await views.mine.openPrompt(asked, noncesFor(asked));
  await views.mine.sent("p2", [{ recipient: adasChat, id: "m1" }], noon);
  return views;
}

export function decisionIn(verdict: Verdict): Decision {
  return verdict.is === "accepted" ? verdict.decision : assert.fail(`the verdict is ${verdict.is}`);
}

