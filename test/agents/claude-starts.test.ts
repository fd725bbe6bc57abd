import assert from "node:assert/strict";
import { realpathSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import type { Agent } from "./agent.ts";
import { newestClaude, oldClaude } from "./claude.ts";
import { isMade, touching } from "./effects.ts";
import { Phone } from "./phone.ts";
import { keep, seenIn, type Result } from "./results.ts";
import type { Studio } from "./studio.ts";
import { onlyInFull, opened } from "./tour.ts";

/** A way to start Claude Code. */
interface Start {
  readonly title: string;
  readonly agent: Agent;
  readonly words: (studio: Studio) => readonly string[];
  readonly seen: Result["seen"];
  readonly skip?: string | undefined;
}

const starts: readonly Start[] = [
  { title: "npx", agent: newestClaude, words: throughNpx, seen: "hook", skip: onlyInFull },
  { title: "env", agent: newestClaude, words: ({ executable }) => ["env", "FOO=bar", executable], seen: "hook", skip: onlyInFull },
  { title: "a link of another name", agent: newestClaude, words: linked, seen: "hook", skip: onlyInFull },
  { title: "node", agent: oldClaude, words: ({ executable }) => [process.execPath, realpathSync(executable)], seen: "hook", skip: onlyInFull },
  { title: "--no-hooks", agent: newestClaude, words: ({ executable }) => ["--no-hooks", executable], seen: "screen", skip: onlyInFull },
];

for (const { title, agent, words, seen, skip } of starts) {
  test(`${agent.name} ${agent.version} started by ${title} asks by the ${seen}`, { skip: skip ?? false }, async (context) => {
    const studio = await opened(agent, context);
    if (studio === undefined) return;
    await using _ = studio;
    studio.model.plays("asking", touching("made.txt")(studio));
    studio.run({ start: words(studio) });
    const phone = new Phone(studio.desk);
    const over = await phone.turnOver();
    studio.desk.ada.replies("scene:asking", { to: over });
    const prompt = await phone.prompt();
    assert.equal(seenIn(prompt.text), seen, prompt.text);
    await studio.desk.ada.taps("Yes");
    assert.match(await phone.outcome(prompt), /Delivered/);
    await phone.turnOver();
    isMade("made.txt")(studio);
    assert.equal(phone.prompts.length, 1, phone.transcript);
    keep([{ agent: agent.name, version: agent.version, dialog: `shell command, started by ${title}`, seen, answered: '"Yes"' }]);
  });
}

/** npx takes what the folder has installed. */
function throughNpx(studio: Studio): string[] {
  symlinkSync(dirname(dirname(studio.executable)), studio.file("node_modules"));
  return ["npx", "@anthropic-ai/claude-code"];
}

function linked({ executable, home }: Studio): string[] {
  const link = join(home, "cc");
  symlinkSync(executable, link);
  return [link];
}
