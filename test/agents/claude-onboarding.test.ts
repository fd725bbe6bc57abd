import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after } from "node:test";
import { AnthropicWorld } from "./anthropic-world.ts";
import { newestClaude } from "./claude.ts";
import { gate, type Step } from "./gate.ts";
import { onlyInFull } from "./tour.ts";

const styles = ["Auto (match terminal)", "Dark mode", "Light mode", "Dark mode (colorblind-friendly)", "Light mode (colorblind-friendly)", "Dark mode (ANSI colors only)", "Light mode (ANSI colors only)"];
const style = { dialog: "text style", asks: /Choose the text style that looks best with your terminal/, buttons: styles };
const login = { dialog: "login method", asks: /Select login method:/, buttons: ["Claude account with subscription · Individual, Team, or Ent…", "Anthropic Console account · API usage billing", "3rd-party platform · Bedrock, Microsoft Foundry, Google Ver…"] };

const world = onlyInFull === undefined ? await AnthropicWorld.start() : undefined;
after(() => world?.[Symbol.asyncDispose]());
const start = { agent: newestClaude, settled: "nothing", env: { ...world?.environment } } as const;

gate(
  {
    ...start,
    steps: [
      { ...style, taps: "Light mode" },
      { dialog: "API key", asks: /Do you want to use this API key\?/, buttons: ["Yes", "No (recommended)"], taps: "Yes" },
      { dialog: "security notes", asks: /Press Enter to continue/, buttons: ["Enter"], taps: "Enter" },
      { dialog: "trust this folder", asks: /Is this a project you created or one you trust\?/, buttons: ["Yes, I trust this folder", "No, exit"], taps: "Yes, I trust this folder" },
    ],
    async effect({ home }, phone) {
      await phone.turnOver();
      assert.match(readFileSync(join(home, ".claude.json"), "utf8") + readFileSync(join(home, ".claude/settings.json"), "utf8"), /"theme": ?"light"/);
    },
  },
  { skip: onlyInFull },
);

const back: Step = { dialog: "sign-in", asks: /How do you want to sign in\?/, buttons: ["Sign in with your Console account (recommended)", "Create an API key (legacy) · adds a key to your Console wor…", "Go back"], taps: "Go back" };
gate(
  {
    ...start,
    env: { ...start.env, ANTHROPIC_API_KEY: undefined },
    steps: [{ ...style, taps: "Dark mode" }, { ...login, taps: "Anthropic Console account · API usage billing" }, back, { ...login, taps: "3rd-party platform · Bedrock, Microsoft Foundry, Google Ver…" }],
    effect: (_studio, _phone, terminal) => terminal.shows(/Vertex/),
  },
  { skip: onlyInFull },
);
