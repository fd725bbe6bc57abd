import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { parseCast, type Cast, type CastEvent } from "../../src/detector/cast.ts";
import { replay, type TimedChange } from "../../src/detector/replay.ts";
import { packagedPatterns } from "../score/run.ts";

const patterns = packagedPatterns();
const stuckMs = 2000;
/** Small ones of every kind, so that cutting them to single bytes takes seconds. */
const names = ["7z-overwrite", "bash-select", "clack-widgets", "enquirer-widgets", "inquirer8-widgets", "git-add-p", "keytool", "psql", "rm-i", "zsh-rm", "tmux-confirm", "vim-enter", "readline-sync"];

function cast(path: string): Cast {
  return parseCast(readFileSync(path, "utf8"));
}

const small = readdirSync("fixtures/casts/programs")
  .filter((name) => names.some((wanted) => name === `${wanted}.cast`))
  .map((name) => ({ name, cast: cast(`fixtures/casts/programs/${name}`) }));
const agents = ["claude-2.1.330-bash-parallel", "codex-0.169.0-ask", "gemini-0.61.0-bash-allow"].map((name) => ({ name, cast: cast(`fixtures/casts/agents/${name}.cast`) }));

/** The same recording, each output cut where `cut` says, all pieces at the output's own time. */
function recut(recording: Cast, cut: (length: number) => readonly number[]): Cast {
  const events = recording.events.flatMap<CastEvent>((event) => {
    if (event.is !== "output") return [event];
    const borders = [0, ...cut(event.bytes.length), event.bytes.length];
    return borders.slice(1).map((end, index) => ({ ...event, bytes: event.bytes.subarray(borders[index], end) }));
  });
  return { ...recording, events };
}

async function seen(recording: Cast): Promise<TimedChange[]> {
  return replay(recording, patterns, stuckMs);
}

for (const { name, cast } of [...small, ...agents]) {
  test(`${name}: byte by byte gives what whole chunks give`, async () => {
    const bytewise = recut(cast, (length) => Array.from({ length: Math.max(0, length - 1) }, (_, index) => index + 1));
    assert.deepEqual(await seen(bytewise), await seen(cast));
  });
}

test("cutting any recording anywhere changes nothing", async () => {
  const whole = new Map(await Promise.all(small.map(async ({ name, cast }) => [name, await seen(cast)] as const)));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...small), fc.infiniteStream(fc.integer({ min: 1, max: 40 })), async ({ name, cast }, sizes) => {
      const cut = (length: number) => {
        const borders: number[] = [];
        for (let at = sizes.next().value ?? 1; at < length; at += sizes.next().value ?? 1) borders.push(at);
        return borders;
      };
      assert.deepEqual(await seen(recut(cast, cut)), whole.get(name));
    }),
    { numRuns: 40 },
  );
});

test("no prompt of any recording is raised twice while it stands", async () => {
  for (const { name, cast } of small) {
    const changes = await seen(cast);
    changes.forEach(({ change }, index) => {
      if (change.event === "open" && index > 0) assert.equal(changes[index - 1]?.change.event, "close", name);
    });
  }
});

test("words below an answered question are not asked, whatever they hold: who reads on in silence is a stall", async () => {
  const opened = (await seen(cast("fixtures/casts/programs/own-answered-then-reads.cast"))).flatMap(({ change }) => (change.event === "open" ? [change.detection] : []));
  assert.deepEqual(opened.map(({ layer, type }) => [layer, type]), [["pattern", "yes_no"], ["stall", "free_text"]]);
});

test("an option that has become a text field asks for text, once, while it is written", async () => {
  const opened = (await seen(cast("fixtures/casts/agents/claude-2.1.330-ask.cast"))).flatMap(({ change }) => (change.event === "open" && !change.detection.idle ? [change.detection] : []));
  assert.deepEqual(opened.map(({ type, choices }) => [type, choices.length]), [["multiple_choice", 5], ["multiple_choice", 5], ["free_text", 0]]);
  assert.equal(opened[2]?.question, "Which database should the project use?");
});

test("a declining choice is never the highlighted row of a menu that approves", async () => {
  for (const name of readdirSync("fixtures/casts/agents").filter((file) => file.endsWith(".cast"))) {
    for (const { change } of await seen(cast(`fixtures/casts/agents/${name}`))) {
      if (change.event === "close") continue;
      for (const choice of change.detection.choices.filter(({ declines }) => declines)) {
        assert.doesNotMatch(choice.label, /^(?:yes|allow|approve|accept|proceed)\b/i, name);
        if (choice.keys === "\r") assert.equal(change.detection.default, choice.label, name);
      }
    }
  }
});
