import { newestClaude } from "./claude.ts";
import { done, isHeard } from "./effects.ts";
import { onlyInFull, tour, type Visit } from "./tour.ts";

const plan = "# Plan\n\n1. Create hello.txt\n2. Run the tests\n";
const planned: Visit["scene"] = () => [[{ drafts: plan }], [{ proposes: plan }], done];

tour(
  "plans",
  newestClaude,
  [
    { dialog: "plan", scene: planned, moves: [{ asks: /1\. Create hello\.txt/, buttons: [/^Yes, and accept edits$/, /^Yes, and ask for each edit$/, /^No, keep planning$/], replies: "Add a rollback step" }], effect: isHeard(/Add a rollback step/) },
    { dialog: "plan", scene: planned, moves: [{ asks: /ready to execute/, taps: "No, keep planning" }], effect: () => undefined },
    { dialog: "plan", scene: planned, moves: [{ asks: /ready to execute/, taps: "Yes, and accept edits" }], effect: isHeard(/approved your plan|Plan approved|has approved/i) },
  ],
  { args: ["--permission-mode", "plan"], skip: onlyInFull },
);
