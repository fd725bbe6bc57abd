import type { Agent } from "./agent.ts";
import { codex } from "./codex.ts";
import { copilot } from "./copilot.ts";
import { done, holds, isHeard, isMade, isNotMade, touching } from "./effects.ts";
import { gemini } from "./gemini.ts";
import { opencode } from "./opencode.ts";
import { database } from "./questions.ts";
import { qwen } from "./qwen.ts";
import { onlyInFull, tour, type Visit } from "./tour.ts";

/** What an agent's own dialogs call their choices. */
interface Words {
  readonly agent: Agent;
  readonly once: string;
  /** undefined: "No" opens a field for the reason, and only Esc declines at once. */
  readonly no: string | undefined;
  /** Whether its model may ask of its own accord; Codex's only while it plans. */
  readonly asks: boolean;
}

const all: readonly Words[] = [
  { agent: codex, once: "Yes, proceed (y)", no: "No, and tell Codex what to do differently (esc)", asks: false },
  { agent: gemini, once: "Allow once", no: "No, suggest changes (esc)", asks: true },
  { agent: qwen, once: "Yes, allow once", no: "No, suggest changes (esc)", asks: true },
  { agent: opencode, once: "Allow once", no: "Reject", asks: true },
  { agent: copilot, once: "Yes", no: undefined, asks: true },
];

function visits({ once, no, asks }: Words): Visit[] {
  const allowed: Visit = { dialog: "shell command", scene: touching("yes.txt"), moves: [{ asks: /touch yes\.txt/, taps: once }], effect: isMade("yes.txt") };
  const refused = (tap: string): Visit => ({ dialog: "shell command", scene: touching("no.txt"), moves: [{ asks: /touch no\.txt/, taps: tap }], effect: isNotMade("no.txt") });
  const written: Visit = {
    dialog: "new file",
    scene: (studio) => [[{ writes: studio.file("hello.txt"), content: "hello\nworld\n" }], done],
    moves: [{ asks: /hello\.txt/, taps: once }],
    effect: holds("hello.txt", /^hello\nworld\n$/),
  };
  const asked: Visit = { dialog: "question", scene: () => [[{ asks: [database] }], done], moves: [{ asks: /Which database/, taps: "SQLite" }], effect: isHeard(/SQLite/) };
  return [allowed, ...(no === undefined ? [] : [refused(no)]), written, ...(asks ? [asked] : [])];
}

for (const words of all) {
  tour("dialogs on the screen", words.agent, visits(words), { skip: words.agent === codex ? undefined : onlyInFull });
}
