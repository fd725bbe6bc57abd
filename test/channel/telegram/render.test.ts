import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { renderAsk, renderClosed, type Rendered } from "../../../src/channel/telegram/render.ts";
import { settledText, verdictText } from "../../../src/channel/telegram/outcome.ts";
import type { RichText } from "../../../src/channel/telegram/rich-text.ts";
import { visible } from "../../../src/channel/visible.ts";
import type { Outcome, Reply, Verdict } from "../../../src/prompt/reply.ts";
import { autoLinks, checkedText } from "../../botapi/text.ts";
import { askOf, decisionOn, freeText, password, receipt } from "../ask.ts";

const texts = ({ parts }: Rendered): string[] => parts.map((part) => part.text);
const only = (rendered: Rendered): string => texts(rendered).join("\n----\n");
const inside = (part: RichText, type: string): string[] => part.entities.filter((entity) => entity.type === type).map((entity) => part.text.slice(entity.offset, entity.offset + entity.length));

test("a prompt says who asks, what runs where, which layer saw it, and what the terminal shows", () => {
  assert.equal(
    only(renderAsk(askOf(), String)),
    `packages asks
apt-get install hello
in /home/ada
seen on the screen: generic.bracket-yn, 0.90 (pattern layer)

36.9 kB of additional disk space will be used.
Do you want to continue? [Y/n]`,
  );
});

test("a free-text prompt says how to answer it", () => {
  assert.match(only(renderAsk(askOf(freeText), String)), /\npackage name:\nTo answer, reply to this message\.$/);
});

test("a prompt that is closed no longer says how to answer it", () => {
  assert.match(renderClosed(askOf(freeText), String).text, /\npackage name:$/);
  const [, second] = renderAsk(askOf({ ...freeText, excerpt: `${"x".repeat(70)}\n`.repeat(60), question: "x" }), String).parts;
  const closed = renderClosed(askOf({ ...freeText, excerpt: `${"x".repeat(70)}\n`.repeat(60), question: "x" }), String);
  assert.equal(`${closed.text}\nTo answer, reply to this message.`, second?.text);
});

test("a prompt with choices that takes a text as well says so", () => {
  assert.match(only(renderAsk(askOf({}, { offer: { choices: true, text: true } }), String)), /\nOr reply to this message with an answer of your own\.$/);
});

test("a prompt that takes no answer from afar is shown, and says where to answer", () => {
  assert.match(only(renderAsk(askOf(freeText, { offer: { choices: false, text: false } }), String)), /package name:\nIt is answered at the keyboard\.$/);
});

test("of a password prompt only that it waits is told", () => {
  const shown = only(renderAsk(askOf(password), String));
  assert.match(shown, /waits at the keyboard/);
  assert.ok(!shown.includes("sudo") && !shown.includes("Password:"));
});

test("an instruction that is waited for is told as such", () => {
  assert.match(only(renderAsk(askOf({ ...freeText, idle: true }), String)), /^packages waits for the next instruction\n/);
});

test("a question that the excerpt does not hold is put before it", () => {
  assert.match(only(renderAsk(askOf({ question: "Run this?", excerpt: "rm -rf build" }), String)), /\nRun this\?\n\nrm -rf build$/);
});

test("everything of the child's is in code or pre, where Telegram makes no links of it", () => {
  const bait = "see https://evil.example/x @durov #sale /start a@b.example evil.com";
  const ask = askOf({ excerpt: bait, question: bait, pattern: bait, choices: [{ label: bait, keys: "", declines: false }] });
  const odd = { ...ask, session: { ...ask.session, name: bait, command: [bait], cwd: bait } };
  const [part] = renderAsk(odd, String).parts;
  assert.ok(part !== undefined);
  const settled = part.plus("\n").followedBy(settledText({ outcome: { is: "delivered", decision: { ...decisionOn(odd, bait), by: { channel: "telegram", id: "42", name: bait } } }, receipt }, false, String));
  assert.deepEqual(autoLinks(checkedText(settled.text, settled.entities)), []);
  assert.ok(autoLinks(checkedText(settled.text, [])).length > 6);
});

test("a text too long for one message comes in parts, whole, and the last says what to do", () => {
  const lines = Array.from({ length: 100 }, (_, index) => `line ${index} ${"x".repeat(60)}`);
  const rendered = renderAsk(askOf({ ...freeText, question: "line 0", excerpt: lines.join("\n") }), String);
  assert.equal(rendered.document, undefined);
  assert.equal(rendered.parts.length, 3);
  assert.deepEqual(rendered.parts.flatMap((part) => inside(part, "pre")).join("\n"), lines.join("\n"));
  assert.match(texts(rendered)[1] ?? "", /^part 2 of 3\n/);
  assert.deepEqual(texts(rendered).map((text) => text.includes("reply to this message")), [false, false, true]);
});

test("a text too long for four messages comes as a file, and the message shows where it ends", () => {
  const lines = Array.from({ length: 1_000 }, (_, index) => `line ${index} ${"x".repeat(60)}`);
  const { document, parts } = renderAsk(askOf({ question: "line 0", excerpt: [...lines, "Proceed?"].join("\n") }), String);
  assert.ok(document?.content.includes([...lines, "Proceed?"].join("\n")));
  assert.equal(parts.length, 1);
  const [shown] = parts.flatMap((part) => inside(part, "pre"));
  assert.match(shown ?? "", /^line \d+ x+\n[^]*\nProceed\?$/);
  assert.match(parts[0]?.text ?? "", /is in the file above/);
});

test("secrets are taken out before anything else sees the text", () => {
  const redact = (text: string): string => text.replaceAll("hunter2", "‹redacted›");
  const ask = askOf({ excerpt: "login with hunter2?", question: "login with hunter2?", pattern: "p" });
  const secret = { ...ask, session: { ...ask.session, name: "hunter2", command: ["login", "hunter2"], cwd: "/hunter2" } };
  assert.ok(!JSON.stringify(renderAsk(secret, redact)).includes("hunter2"));
  assert.ok(!settledText({ outcome: { is: "not_delivered", decision: decisionOn(ask, "hunter2"), why: "hunter2" }, receipt }, false, redact).text.includes("hunter2"));
});

test("no text of the child's is ever refused, cut, or leaves a message without room for its outcome", () => {
  const screen = fc.string({ unit: fc.oneof(fc.constantFrom("\n", " ", "x", "🙂", "\u202E", "\uD83D", "@", "/", "é", "​"), fc.string({ unit: "binary", minLength: 1, maxLength: 1 })), maxLength: 300 }).chain((piece) => fc.integer({ min: 1, max: 60 }).map((times) => piece.repeat(times)));
  fc.assert(
    fc.property(screen, screen, (excerpt, label) => {
      const ask = askOf({ excerpt, question: excerpt, choices: [{ label, keys: "", declines: false }] });
      const { document, parts } = renderAsk(ask, String);
      for (const part of parts) {
        const settled = part.plus("\n\n").followedBy(settledText({ outcome: { is: "not_delivered", decision: decisionOn(ask, label), why: label }, receipt }, false, String));
        for (const text of [part, settled]) {
          checkedText(text.text, text.entities);
          assert.ok(text.length <= 4_096, `${text.length} units`);
        }
      }
      const whole = visible(excerpt).trimEnd().replace(/^(?:[ \t]*\n)+/, "");
      const shown = document?.content ?? parts.flatMap((part) => inside(part, "pre")).join("");
      assert.ok(whole === "" || shown.replaceAll("\n", "").includes(whole.replaceAll("\n", "")));
    }),
    { numRuns: 300 },
  );
});

const ask = askOf();
const decision = decisionOn(ask);
const outcomes: [Outcome, string][] = [
  [{ is: "delivered", decision }, "Yes, by Ada at 10:42. Delivered"],
  [{ is: "unconfirmed", decision }, "Yes, by Ada at 10:42. Sent, but the screen did not move on"],
  [{ is: "not_delivered", decision, why: "the screen shows another question" }, "Yes, by Ada at 10:42. Not delivered: the screen shows another question"],
  [{ is: "superseded", why: "answered at the keyboard" }, "Answered at the keyboard"],
  [{ is: "superseded", why: "" }, "Answered at the keyboard"],
  [{ is: "expired" }, "Expired"],
  [{ is: "ended", exitCode: 3 }, "Session ended, exit 3"],
];
for (const [outcome, words] of outcomes) {
  test(`an outcome reads: ${words}`, () => {
    assert.equal(settledText({ outcome, receipt }, false, String).text, `${words}\n#217·9f2c41aa`);
    assert.equal(settledText({ outcome, receipt: undefined }, false, String).text, `${words}\nnot logged: the audit log could not be written`);
  });
}

test("the answer to a password prompt is not repeated", () => {
  assert.equal(settledText({ outcome: { is: "delivered", decision: decisionOn(ask, "hunter2") }, receipt }, true, String).text, "(hidden), by Ada at 10:42. Delivered\n#217·9f2c41aa");
});

const bobs: Pick<Reply, "by" | "target"> = { by: { channel: "telegram", id: "43", name: "Bob" }, target: { promptId: ask.prompt.id, nonce: "A".repeat(22) } };

test("whose answer won is told that it did, and not that somebody was faster", () => {
  const adas = { ...bobs, by: decision.by };
  const tapped = { ...decision, nonce: "A".repeat(22) };
  assert.equal(verdictText({ is: "already_decided", decision: tapped }, String, adas), "Yes: your answer counted, at 10:42");
  assert.equal(verdictText({ is: "already_decided", decision }, String, adas), "Already answered: Yes, by you at 10:42");
});

const verdicts: [Verdict, string][] = [
  [{ is: "accepted", decision }, "Yes: sent to the terminal"],
  [{ is: "already_decided", decision }, "Already answered: Yes, by Ada at 10:42"],
  [{ is: "expired" }, "Expired: this question is no longer open"],
  [{ is: "superseded" }, "No longer open: answered at the keyboard, or the screen has moved on"],
  [{ is: "unknown" }, "Its session has ended"],
  [{ is: "unknown", isElsewhere: true }, "Nothing was typed: this aegis has not asked that. If its session still runs, another one uses this bot; tap again, or answer at the keyboard"],
  [{ is: "invalid", why: "the reply has more than one line" }, "Not accepted: the reply has more than one line"],
];
for (const [verdict, words] of verdicts) test(`a verdict reads: ${words}`, () => assert.equal(verdictText(verdict, String, bobs), words));

test("words about the longest label, name and reason fit into a toast", () => {
  const long = "🙂".repeat(400);
  const wordy = { ...decision, label: long, by: { ...decision.by, name: long } };
  for (const verdict of [{ is: "accepted", decision: wordy }, { is: "already_decided", decision: wordy }, { is: "invalid", why: long }] satisfies Verdict[]) assert.ok(verdictText(verdict, String, bobs).length <= 200);
});
