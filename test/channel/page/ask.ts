import type { Ask } from "../../../src/channel/channel.ts";
import type { Detection } from "../../../src/prompt/detection.ts";
import type { SessionCard } from "../../../src/prompt/prompt.ts";
import type { Decision, Receipt } from "../../../src/prompt/reply.ts";
import { askOf as ask } from "../ask.ts";

export { freeText } from "../ask.ts";

export const receipt: Receipt = { seq: 42, hash: "9f3ac1d2".repeat(8) };

const question: Partial<Detection> = {
  question: "Do you want to continue?",
  excerpt: "After this operation, 36.9 kB of additional disk space will be used.\nDo you want to continue? [Y/n]",
};
const session: SessionCard = { id: "k3v9", name: "apt", command: ["apt-get", "install", "it's here"], cwd: "/home/ada" };

/** What a session would ask: a yes/no question, unless `different`. Every call is a prompt of its own. */
export function askOf(different: Partial<Detection> = {}): Ask {
  return ask({ ...question, ...different }, { session });
}

/** The decision that the page's answer `label` to `ask` would win. */
export function decisionOn(ask: Ask, label: string): Decision {
  const { id, sessionId } = ask.prompt;
  const by = { channel: "page", id: "local", name: "the local page" };
  return { promptId: id, sessionId, answer: { text: label }, label, by, at: Date.now(), nonce: undefined, recipient: "page:local" };
}
