import { setTimeout as delay } from "node:timers/promises";
import type { Choice, Detection } from "../../src/prompt/detection.ts";
import type { Stage } from "../../src/terminal/injector.ts";
import { spawned, type Spawned } from "./spawned.ts";

/** A real child with a reader that knows the fixtures' screens: a menu with "❯", its option "Type something" a field, a composer with ">", or a line that ends in "? ". */
export interface ReadStage extends Stage, Spawned {
  /** Every write, in order. */
  readonly written: string[];
  /** What a person pressed. */
  isContested: boolean;
  /** The question that stands now; waits for it. */
  asked(): Promise<Detection>;
  /** Called after every write. */
  onWrite: () => void;
}

/** Output is at rest when nothing came for so long. */
const quietMs = 60;

export function readStage(command: readonly string[]): ReadStage {
  const at = spawned(command, { graceMs: 100 });
  const written: string[] = [];
  let seen = 0;
  const standing = () => Promise.resolve(read(at.output().toString()));
  const stage: ReadStage = {
    ...at,
    written,
    isContested: false,
    onWrite: () => undefined,
    write: async (keys) => {
      at.child.writeNow(keys);
      written.push(keys);
      stage.onWrite();
    },
    standing,
    cursorText: () => Promise.resolve(at.output().toString().split(/\n|\x1b\[H/).at(-1) ?? ""),
    takesPastes: async () => at.output().includes("\x1b[?2004h"),
    keyedSince: () => stage.isContested,
    evidence: () => at.child.evidence(),
    alive: () => at.child.alive,
    async settled(signal) {
      while (!signal.aborted) {
        const before = at.output().length;
        await delay(quietMs, undefined, { signal }).catch(() => undefined);
        if (at.output().length === before && before !== seen) {
          seen = before;
          return;
        }
      }
    },
    async asked() {
      for (;;) {
        await stage.settled(AbortSignal.timeout(200));
        const detection = await standing();
        if (detection !== undefined) return detection;
      }
    },
  };
  return stage;
}

function read(output: string): Detection | undefined {
  const [question = "", ...rows] = (output.split("\x1b[H").at(-1) ?? "").split("\r\n");
  const highlighted = rows.findIndex((row) => row.startsWith("❯"));
  if (highlighted >= 0) {
    const labels = rows.filter((row) => row !== "").map((row) => row.slice(2));
    if (labels[highlighted]?.trim() === "Type something") return { ...detection(question, [], undefined), fingerprint: `${question} In words.` };
    return detection(question, labels.map((label, index) => choiceOf(label, index - highlighted)), labels[highlighted]);
  }
  if (question.startsWith("> ")) return question === "> " ? detection("composer", [], undefined) : undefined;
  const line = (output.split("\r\n").at(-1) ?? "").replace(/\x1b\[\?\d+[hl]/g, "");
  if (!line.endsWith("? ")) return undefined;
  const lines = [
    { label: "Yes", keys: "y\r", declines: false },
    { label: "No", keys: "n\r", declines: true },
  ];
  return { ...detection(line, line.startsWith("Name") || line.startsWith("Password") ? [] : lines, undefined), secret: line.startsWith("Password") };
}

/** "2. No" by its digit, "No" by arrows and Enter. */
function choiceOf(label: string, steps: number): Choice {
  const digit = /^(\d)\./.exec(label)?.[1];
  return { label, keys: digit ?? `${(steps < 0 ? "\x1b[A" : "\x1b[B").repeat(Math.abs(steps))}\r`, declines: label.includes("No") };
}

function detection(question: string, choices: readonly Choice[], preset: string | undefined): Detection {
  return {
    type: choices.length > 0 ? "multiple_choice" : "free_text",
    layer: "pattern",
    pattern: "test",
    confidence: 0.9,
    question,
    excerpt: question,
    choices,
    default: preset,
    secret: false,
    idle: false,
    fingerprint: question,
  };
}
