import type { Agent } from "./agent.ts";
import { codex } from "./codex.ts";
import { copilot } from "./copilot.ts";
import { done, holds, isMade, isNotMade, touching } from "./effects.ts";
import { gemini } from "./gemini.ts";
import { opencode } from "./opencode.ts";
import { qwen } from "./qwen.ts";
import { onlyInFull, tour, type Visit } from "./tour.ts";

/** What an agent's own dialogs call their choices. */
interface Words {
  readonly agent: Agent;
  readonly once: string;
  readonly no: string;
}

const all: readonly Words[] = [
  { agent: codex, once: "Yes, proceed (y)", no: "No, and tell Codex what to do differently (esc)" },
  { agent: gemini, once: "Allow once", no: "No, suggest changes (esc)" },
  { agent: qwen, once: "Yes, allow once", no: "No, suggest changes (esc)" },
  { agent: opencode, once: "Allow once", no: "Reject" },
  { agent: copilot, once: "Yes", no: "No, and tell Copilot what to do differently (Esc to stop)" },
];

function visits({ once, no }: Words): Visit[] {
  return [
    { dialog: "shell command", scene: touching("yes.txt"), moves: [{ asks: /touch yes\.txt/, taps: once }], effect: isMade("yes.txt") },
    { dialog: "shell command", scene: touching("no.txt"), moves: [{ asks: /touch no\.txt/, taps: no }], effect: isNotMade("no.txt") },
    { dialog: "new file", scene: (studio) => [[{ writes: studio.file("hello.txt"), content: "hello\nworld\n" }], done], moves: [{ asks: /hello\.txt/, taps: once }], effect: holds("hello.txt", /^hello\nworld\n$/) },
  ];
}

for (const words of all) {
  tour("dialogs on the screen", words.agent, visits(words), { skip: words.agent === codex ? undefined : onlyInFull });
}
