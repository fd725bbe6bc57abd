import { randomBytes } from "node:crypto";
import type { Ask } from "../../../src/channel/channel.ts";
import type { Detection } from "../../../src/prompt/detection.ts";
import { NonceKey } from "../../../src/prompt/nonce.ts";
import { openPrompt } from "../../../src/prompt/prompt.ts";
import type { Decision, Receipt } from "../../../src/prompt/reply.ts";
import { offerFor } from "../../../src/prompt/routing.ts";

export const receipt: Receipt = { seq: 42, hash: "9f3ac1d2".repeat(8) };

const yesNo: Detection = {
  type: "yes_no",
  layer: "pattern",
  pattern: "generic.bracket-yn",
  confidence: 0.9,
  question: "Do you want to continue?",
  excerpt: "After this operation, 36.9 kB of additional disk space will be used.\nDo you want to continue? [Y/n]",
  choices: [
    { label: "No", keys: "n\r", declines: true },
    { label: "Yes", keys: "y\r", declines: false },
  ],
  default: "Yes",
  secret: false,
  idle: false,
  fingerprint: "f",
};

export const freeText: Partial<Detection> = { type: "free_text", question: "package name:", excerpt: "package name:", choices: [], default: undefined };

const key = new NonceKey(randomBytes(32));
let asked = 0;

/** What a session would ask: a yes/no question, unless `different`. Every call is a prompt of its own. */
export function askOf(different: Partial<Detection> = {}): Ask {
  const id = `prompt${String(++asked).padStart(4, "0")}`;
  const detection = { ...yesNo, ...different };
  return {
    prompt: openPrompt(detection, { id, sessionId: "k3v9", now: Date.now(), timeoutMs: 3_600_000 }),
    session: { id: "k3v9", name: "apt", command: ["apt-get", "install", "it's here"], cwd: "/home/ada" },
    offer: offerFor(detection, { freeText: true, secrets: "local" }),
    nonceFor: (slot, recipient) => key.nonceFor(id, slot, recipient),
  };
}

/** The decision that the page's answer `label` to `ask` would win. */
export function decisionOn(ask: Ask, label: string): Decision {
  const { id, sessionId } = ask.prompt;
  const by = { channel: "page", id: "local", name: "the local page" };
  return { promptId: id, sessionId, answer: { text: label }, label, by, at: Date.now(), nonce: undefined, recipient: "page:local" };
}
