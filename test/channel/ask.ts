import { randomBytes } from "node:crypto";
import type { Ask } from "../../src/channel/channel.ts";
import type { Detection } from "../../src/prompt/detection.ts";
import { NonceKey } from "../../src/prompt/nonce.ts";
import { openPrompt, type SessionCard } from "../../src/prompt/prompt.ts";
import type { Decision, Receipt } from "../../src/prompt/reply.ts";
import { offerFor, type Offer } from "../../src/prompt/routing.ts";

export const receipt: Receipt = { seq: 217, hash: "9f2c41aa".repeat(8) };

const yesNo: Detection = {
  type: "yes_no",
  layer: "pattern",
  pattern: "generic.bracket-yn",
  confidence: 0.9,
  question: "Do you want to continue? [Y/n]",
  excerpt: "36.9 kB of additional disk space will be used.\nDo you want to continue? [Y/n]",
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
export const password: Partial<Detection> = { ...freeText, question: "Password:", excerpt: "[sudo] password for ada:", secret: true };

const key = new NonceKey(randomBytes(32));
let asked = 0;

const packages: SessionCard = { id: "k3v9", name: "packages", command: ["apt-get", "install", "hello"], cwd: "/home/ada" };

/** A prompt of its own with every call: a yes/no question, unless `different`. */
export function askOf(different: Partial<Detection> = {}, { offer, timeoutMs = 3_600_000, session = packages }: { offer?: Offer; timeoutMs?: number; session?: SessionCard } = {}): Ask {
  const id = `prompt${String(++asked).padStart(4, "0")}`;
  const detection = { ...yesNo, ...different };
  return {
    prompt: openPrompt(detection, { id, sessionId: session.id, now: Date.now(), timeoutMs }),
    session,
    offer: offer ?? offerFor(detection, { freeText: true, secrets: "local" }),
    nonceFor: (slot, recipient) => key.nonceFor(id, slot, recipient),
  };
}

/** Ada's decision on `ask`. */
export function decisionOn(ask: Ask, label = "Yes"): Decision {
  const { id, sessionId } = ask.prompt;
  const by = { channel: "telegram", id: "42", name: "Ada" };
  return { promptId: id, sessionId, answer: { text: label }, label, by, at: new Date(2026, 10, 21, 10, 42).getTime(), nonce: undefined, recipient: "telegram:42" };
}
