import { newestClaude } from "./claude.ts";
import { done, isHeard, isMade, isNotHeard, isNotMade } from "./effects.ts";
import { onlyInFull, tour, type Visit } from "./tour.ts";

const plan = "# Plan\n\n1. Create hello.txt\n2. Run the tests\n";
const approved = /approved your plan|Plan approved|has approved/i;
const making = (name: string): Visit["scene"] => (studio) => [[{ writes: studio.file(name), content: "made\n" }], done];
const planned: Visit["scene"] = () => [[{ drafts: plan }], [{ proposes: plan }], done];

tour(
  "plans",
  newestClaude,
  [
    { dialog: "plan", scene: planned, moves: [{ asks: /1\. Create hello\.txt/, buttons: [/^Yes, and accept edits$/, /^Yes, and ask for each edit$/, /^No, keep planning$/], replies: "Add a rollback step" }], effect: isHeard(/Add a rollback step/) },
    { dialog: "plan", scene: planned, moves: [{ asks: /ready to execute/, taps: "No, keep planning" }], effect: isNotHeard(approved) },
    { dialog: "plan", scene: planned, moves: [{ asks: /ready to execute/, taps: "Yes, and accept edits" }], effect: isHeard(approved) },
    { dialog: "new file", scene: making("free.txt"), moves: [], effect: isMade("free.txt") },
  ],
  { args: ["--permission-mode", "plan"], skip: onlyInFull },
);

tour(
  "a plan whose edits are asked for",
  newestClaude,
  [
    { dialog: "plan", scene: planned, moves: [{ asks: /ready to execute/, taps: "Yes, and ask for each edit" }], effect: isHeard(approved) },
    { dialog: "new file", scene: making("asked.txt"), moves: [{ asks: /asked\.txt/, taps: "No" }], effect: isNotMade("asked.txt") },
  ],
  { args: ["--permission-mode", "plan"], skip: onlyInFull },
);
