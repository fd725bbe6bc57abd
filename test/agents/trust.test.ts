import assert from "node:assert/strict";
import { test } from "node:test";
import type { Agent } from "./agent.ts";
import { codex } from "./codex.ts";
import { copilot } from "./copilot.ts";
import { gemini } from "./gemini.ts";
import { Phone } from "./phone.ts";
import { keep } from "./results.ts";
import { onlyInFull, opened } from "./tour.ts";

/** What an agent asks of a folder that it has not seen before, and what it does at each answer. */
interface Gate {
  readonly agent: Agent;
  readonly asks: RegExp;
  readonly taps: string | RegExp;
  readonly afterwards: "goes on" | "ends";
}

/** Told that a folder is trusted, it starts anew: 2 to 4 s pass before its screen shows that it took the key. */
const relaunching: Agent = { ...gemini, environment: (home, modelUrl) => ({ ...gemini.environment(home, modelUrl), GEMINI_CLI_NO_RELAUNCH: "" }) };

const gates: readonly Gate[] = [
  { agent: codex, asks: /Trust this folder\?/, taps: "Trust and continue", afterwards: "goes on" },
  { agent: relaunching, asks: /Do you trust the files in this folder\?/, taps: /^Trust folder \(/, afterwards: "goes on" },
  { agent: gemini, asks: /Do you trust the files in this folder\?/, taps: "Don't trust", afterwards: "goes on" },
  { agent: copilot, asks: /Do you trust the files in this folder\?/, taps: "Yes", afterwards: "goes on" },
  { agent: copilot, asks: /Do you trust the files in this folder\?/, taps: "No (Esc)", afterwards: "ends" },
];

for (const { agent, asks, taps, afterwards } of gates) {
  test(`${agent.name} ${agent.version}: trusting the folder, ${taps}`, { skip: onlyInFull ?? false }, async (context) => {
    const studio = await opened(agent, context);
    if (studio === undefined) return;
    await using _ = studio;
    const terminal = studio.run({ settled: "onboarding" });
    const phone = new Phone(studio.desk);
    const trust = await phone.prompt();
    assert.match(trust.text, asks);
    const button = trust.buttons.find(({ text }) => (typeof taps === "string" ? text === taps : taps.test(text)));
    assert.ok(button, trust.buttons.map(({ text }) => text).join(", "));
    studio.desk.ada.presses(button, trust);
    const outcome = await phone.outcome(trust);
    assert.match(outcome, agent === relaunching ? /Delivered|the screen did not move on/ : /Delivered/);
    if (afterwards === "ends") await terminal.exit();
    else await phone.turnOver();
    if (/Delivered/.test(outcome)) keep([{ agent: agent.name, version: agent.version, dialog: "trust this folder", seen: "screen", answered: `"${typeof taps === "string" ? taps : button.text.replace(/ \(.*/, "")}"` }]);
  });
}
