import assert from "node:assert/strict";
import { test } from "node:test";
import { listens, Stage } from "./stage.ts";

const rule = "─".repeat(80);
const clear = "\x1b[2J\x1b[H";

/** A screen of an agent: what was said, and its box below. */
function composer(said: string, draft = ""): string {
  return `${clear}${said}\r\n\r\n${rule}\r\n❯ ${draft}\r\n${rule}\r\n  ? for shortcuts\x1b[2A\r\x1b[${2 + draft.length}C`;
}

/** A menu that no pattern knows. */
const menu = (said: string, question = "Pick a colour scheme:") => `${clear}${said}\r\n\r\n ${question}\r\n\r\n ❯ 1. Dark\r\n   2. Light\r\n`;

async function atComposer(): Promise<Stage> {
  const stage = new Stage(listens);
  stage.write(composer("● Done."));
  await stage.pass(1000);
  assert.equal(stage.opened.length, 1);
  return stage;
}

/** One key after the other, as a person types. */
async function types(stage: Stage, keys: string): Promise<void> {
  for (const [index, key] of keys.split("").entries()) {
    stage.type(key);
    if (key !== "\r") stage.write(composer("● Done.", keys.slice(0, index + 1)));
    await stage.pass(40);
  }
}

test("a menu that a command of the composer opens is the person's own, and the composer behind it waits on", async () => {
  const stage = await atComposer();
  await types(stage, "/theme\r");
  stage.write(menu("● Done.\r\n❯ /theme"));
  await stage.pass(20_000);
  assert.equal(await stage.standing().then((standing) => standing?.fingerprint === stage.opened[0]?.fingerprint), false, "nothing is typed into the menu");
  stage.type("\x1b[B");
  stage.write(menu("● Done.\r\n❯ /theme").replace("❯ 1", "  1").replace("  2", "❯ 2"));
  await stage.pass(2000);
  stage.type("\r");
  stage.write(composer("● Done.\r\n❯ /theme\r\n  ⎿ Theme set to light"));
  await stage.pass(5000);
  assert.deepEqual(stage.changes.map(({ event }) => event), ["open"]);
  assert.equal((await stage.standing())?.fingerprint, stage.opened[0]?.fingerprint);
});

test("a menu that a chord opens is the person's own, with the one that Enter leads on to", async () => {
  const stage = await atComposer();
  stage.type("\x12");
  stage.write(menu("● Done.", "Search the history:"));
  await stage.pass(1000);
  stage.type("\r");
  stage.write(menu("● Done.", "Restore what?"));
  await stage.pass(1000);
  assert.equal(stage.opened.length, 1);
});

test("the agent's question is raised, whatever was typed before it", async () => {
  for (const keys of ["/review\r", "fix it\r"]) {
    const stage = await atComposer();
    await types(stage, keys);
    stage.write(`${clear}❯ ${keys}\n\r\n Do you want to proceed?\r\n ❯ 1. Yes\r\n   2. No\r\n`);
    await stage.pass(1000);
    assert.equal(stage.opened.at(-1)?.question, "Do you want to proceed?", keys);
  }
});

test("a menu that no pattern knows is the agent's after an instruction, and after a command on which it worked", async () => {
  const instructed = await atComposer();
  await types(instructed, "fix it\r");
  instructed.write(menu("❯ fix it"));
  await instructed.pass(1000);
  assert.equal(instructed.opened.at(-1)?.question, "Pick a colour scheme:");

  const commanded = await atComposer();
  await types(commanded, "/review\r");
  commanded.write(composer("❯ /review\r\n\r\n✻ Reviewing… (2s · esc to interrupt)"));
  await commanded.pass(4000);
  commanded.write(menu("❯ /review\r\n\r\n● Reviewed."));
  await commanded.pass(1000);
  assert.equal(commanded.opened.at(-1)?.question, "Pick a colour scheme:");
});

test("a composer below what was just sent is given time, one below an answer is not", async () => {
  const stage = await atComposer();
  await types(stage, "fix it\r");
  stage.write(composer("● Done.\r\n\r\n❯ fix it"));
  await stage.pass(2000);
  assert.equal(stage.opened.length, 1);
  stage.write(composer("● Done.\r\n\r\n❯ fix it\r\n\r\n● Fixed."));
  await stage.pass(1000);
  assert.equal(stage.opened.length, 2);
});

test("what is pasted into the composer is a draft, though it stands in brackets", async () => {
  const stage = await atComposer();
  stage.type("\x1b[200~a long text\x1b[201~");
  stage.write(composer("● Done.", "[Pasted text #1]").replace("? for shortcuts", "paste again to expand"));
  await stage.pass(3000);
  assert.deepEqual(stage.changes.map(({ event }) => event), ["open"]);
});

test("a dialog that permits and refuses is the agent's, right after a command and though no pattern knows it", async () => {
  const stage = await atComposer();
  await types(stage, "/deploy\r");
  stage.write(`${clear}❯ /deploy\r\n\r\n Deploy to production?\r\n\r\n ❯ 1. Allow once\r\n   2. Allow always\r\n   3. Reject\r\n`);
  await stage.pass(1000);
  assert.equal(stage.opened.at(-1)?.question, "Deploy to production?");
});

test("a command that is being written leaves the composer the same, whatever is offered around it", async () => {
  const stage = new Stage(listens);
  stage.write(composer("● Which one do you prefer?"));
  await stage.pass(1000);
  stage.type("/mod");
  stage.write(composer("● Fixed.\r\n/model  Switch models\r\n/mode   Switch modes", "/mod"));
  await stage.pass(3000);
  assert.deepEqual(stage.changes.map(({ event }) => event), ["open"]);
});

test("an empty composer is told from one with words in it, and from one whose words are only in another colour", async () => {
  for (const [draft, isEmpty] of [["", true], ["\x1b[7mT\x1b[27;2mry a command\x1b[m", true], ["fix it", false], ["\x1b[36m/model\x1b[m", false], ["\x1b[7mx\x1b[27m", false]] as const) {
    const stage = new Stage(listens);
    stage.write(composer("● Done.", draft));
    await stage.pass(1000);
    assert.equal(stage.opened.at(-1)?.idle, true);
    assert.equal(stage.detector.isComposerEmpty, isEmpty, draft);
  }
});

test("a composer is not called empty while its screen moves", async () => {
  const stage = await atComposer();
  assert.equal(stage.detector.isComposerEmpty, true);
  stage.type("f");
  stage.write(composer("● Done.", "f"));
  await stage.detector.look(stage.now, () => undefined);
  assert.equal(stage.detector.isComposerEmpty, false);
});
