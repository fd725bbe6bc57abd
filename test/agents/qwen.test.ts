import { done, holds, isHeard, isMade, isNotMade, touching } from "./effects.ts";
import { database, features, runtime } from "./questions.ts";
import { qwen } from "./qwen.ts";
import { onlyInFull, tour, type Visit } from "./tour.ts";

const no = "No, suggest changes (esc)";
const once = "Yes, allow once";
const editing = (from: string, to: string): Visit["scene"] => (studio) => [[{ reads: studio.file("notes.txt") }], [{ edits: studio.file("notes.txt"), from, to }], done];

tour(
  "dialogs on the screen",
  qwen,
  [
    { dialog: "shell command", scene: touching("yes.txt"), moves: [{ asks: /touch yes\.txt/, buttons: [/^Yes, allow once$/, /^Always allow run 'touch \*' commands in this project$/, /^Always allow run 'touch \*' commands for this user$/, /^No, /], taps: once }], effect: isMade("yes.txt") },
    { dialog: "shell command", scene: touching("no.txt"), moves: [{ asks: /touch no\.txt/, taps: no }], effect: isNotMade("no.txt") },
    { dialog: "shell command", says: "make a folder instead", scene: () => [done], moves: [], effect: isHeard(/make a folder instead/) },
    { dialog: "shell command", scene: touching("desk.txt"), moves: [{ asks: /touch desk\.txt/, types: "1", once: /Yes, allow once/ }], effect: isMade("desk.txt") },
    { dialog: "shell command", scene: touching("escape.txt"), moves: [{ asks: /touch escape\.txt/, types: "\x1b", once: /Yes, allow once/ }], effect: isNotMade("escape.txt") },
    { dialog: "shell command", scene: touching("all.txt"), moves: [{ asks: /touch all\.txt/, taps: "Always allow run 'touch *' commands in this project" }], effect: isMade("all.txt") },
    { dialog: "shell command", scene: touching("more.txt"), moves: [], effect: isMade("more.txt") },
    { dialog: "new file", scene: (studio) => [[{ writes: studio.file("hello.txt"), content: "hello\nworld\n" }], done], moves: [{ asks: /hello\.txt/, taps: once }], effect: holds("hello.txt", /^hello\nworld\n$/) },
    { dialog: "edit", scene: editing("beta", "BETA (y/n)"), moves: [{ asks: /BETA \(y\/n\)/, taps: no }], effect: holds("notes.txt", /^beta$/m) },
    { dialog: "question", scene: () => [[{ asks: [database] }], done], moves: [{ asks: /Which database should the project use\?/, taps: "SQLite" }], effect: isHeard(/SQLite/) },
    { dialog: "several questions", scene: () => [[{ asks: [database, runtime] }], done], moves: [{ asks: /Which database/, taps: "MySQL" }, { asks: /Which runtime/, taps: "Bun" }, { asks: /Ready to submit your answers\?/, taps: "Submit answers" }], effect: isHeard(/MySQL[\s\S]*Bun/) },
    { dialog: "question, several answers", scene: () => [[{ asks: [features] }], done], moves: [{ asks: /Which features/, taps: "Metrics" }, { asks: /\[✓\] 2\. Metrics/, taps: "Confirm" }], effect: isHeard(/Metrics/) },
    { dialog: "edit", scene: editing("beta", "BETA"), moves: [{ asks: /BETA/, taps: "Yes, allow always" }], effect: holds("notes.txt", /^BETA$/m) },
    { dialog: "edit", scene: editing("gamma", "GAMMA"), moves: [], effect: holds("notes.txt", /^GAMMA$/m) },
  ],
  { skip: onlyInFull },
);

const plan = "# Plan\n\n1. Create hello.txt\n2. Run the tests\n";
const planned: Visit["scene"] = () => [[{ proposes: plan }], done];

tour(
  "plans",
  { ...qwen, args: ["--auth-type", "openai", "--approval-mode", "plan"] },
  [
    { dialog: "plan", scene: planned, moves: [{ asks: /1\. Create hello\.txt/, taps: "No, keep planning (esc)" }], effect: () => undefined },
    { dialog: "plan", says: "Add a rollback step", scene: planned, moves: [{ asks: /Would you like to proceed\?/, taps: "Yes, and manually approve edits" }], effect: isHeard(/Add a rollback step/) },
  ],
  { skip: onlyInFull },
);
